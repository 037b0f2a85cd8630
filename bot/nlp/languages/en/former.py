"""How does English name who has left an office?

Refuses to do: whether somebody holds another today is decided elsewhere, but where the sentence says so.
"""

from __future__ import annotations

import re

from bot.nlp.former import Former

_BESIDE = r"(?<!\blike )(?<!\bunlike )(?<!\bwith )(?<!\balongside )(?<!\bthan )"
"""Who is only compared with the one who speaks, or met by him, does not speak."""
_ONCE = rf"{_BESIDE}\b(?:[Ff]ormer|FORMER|[Rr]etired|[Oo]ne-?time|[Ee]rstwhile|[Ee]x|EX)\b"
_OFFICE = (
    r"(?:chief|head|president|prime minister|premier|pm|minister|secretary|ambassador|envoy|diplomat|commander|general"
    r"|admiral|colonel|marshal|officer|official|advis[eo]r|aide|spokes(?:man|woman|person)|chairman|chair|director|leader"
    r"|lawmaker|senator|congressman|negotiator|chancellor|deputy|speaker|boss|veep)s?"
)
_COUNTRY = r"(?:the )?(?:(?:South|North|United|US|Security) )?[A-Z][\w-]+"
_SAYS = (
    r"(?:says?|said|tells?|told|urges?|urged|warns?|warned|writes?|wrote|argues?|argued|calls?|called|admits?|admitted"
    r"|claims?|claimed|insists?|insisted|suggests?|suggested|believes?)"
)

FORMER = Former(
    office=re.compile(
        rf"{_ONCE}[ -](?:(?!{_SAYS}\b)[\w.’'&/-]+ ){{0,4}}?(?i:{_OFFICE})\b(?:[ -](?i:general|{_OFFICE})\b)*"
        rf"(?: (?:of|for|to|in|at) {_COUNTRY})?"
    ),
    before=re.compile(
        rf"(?:^[\"“‘']?|[,.\"”’'] (?:according to|{_SAYS}) )(?:(?:[Aa]n?|[Tt]he|its|their|one) )?"
        r"(?:[A-Z][\w.-]*(?:['’]s?)? ){0,2}$"
    ),
    after=re.compile(rf"(?:(?: [A-Z][\w.’'-]*){{1,4}},?)? {_SAYS}\b"),
    now=re.compile(r"\b(?:now|currently|today|turned)\b"),
)
