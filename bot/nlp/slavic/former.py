"""How do Russian and Ukrainian name who has left an office?

Refuses to do: the words are the languages'.
"""

from __future__ import annotations

import re

from bot.nlp.former import Former

_CAPITAL = "А-ЯЁІЇЄҐA-Z"


def former_in(once: str, offices: str, of_what: str, says: str, now: str) -> Former:
    """Return the wordings of a language; each argument but `once` is a list of alternatives, parted by "|".

    Args:
        once: what marks an office as left, up to the office.
        offices: what offices begin with.
        of_what: what an office is of, beside a holder: "of defence".
        says: what verbs of saying begin with.
        now: what begins another office, which is not left.
    """
    offices, of_what, says = (_listed(words) for words in (offices, of_what, says))
    return Former(
        office=re.compile(
            rf"(?<!\w)(?:{once})(?:(?!{says})[\w.’'-]+ ){{0,3}}?(?:[\w’'-]+-)?{offices}\w*(?: {of_what})*"
        ),
        before=re.compile(r"(?:^[«\"]?|[,.»\"—–-] (?:[а-яіїєґ]+ )?)$"),
        after=re.compile(rf"(?: [{_CAPITAL}][\w.’'-]*){{0,5}}(?::|,? {says})"),
        now=re.compile(rf"(?<!\w){_listed(now)}"),
    )


def _listed(words: str) -> str:
    return "(?:" + re.sub(r"\s*\n\s*", "", words.strip()) + ")"
