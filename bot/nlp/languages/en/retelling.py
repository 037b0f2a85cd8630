"""How do English newsrooms mark what is told again?

Refuses to do: what follows from it is decided elsewhere.
"""

from __future__ import annotations

import re

from bot.nlp.retelling import Retelling

MONTHS = "january february march april may june july august september october november december".split()
_SAID = (
    r"(?:said|denied|dismissed|rejected|warned|threatened|vowed|pledged|promised|announced|condemned|called|urged|asked"
    r"|described|confirmed|acknowledged|estimated|insisted|claimed|ruled out|signalled|signaled|refused|declined)\b"
)
_SUBJECT = r"(?:(?:The|A|An) )?[A-Z][\w’'.-]*(?: (?!said|says|say|that|who|which)[\w’'-]+){0,5}?"
_MONTH = "(?P<month>" + "|".join(month.title() for month in MONTHS) + ")"

RETELLING = Retelling(
    opening=re.compile(
        r"(?:Last year|(?:A|One) year ago|(?:Two|Three|Four|Five|Six|\d+) years ago|Back in (?:\w+ )?20\d\d"
        r"|Earlier this year|At the time|Until then)\b"
        rf"|{_SUBJECT} (?:has |have |had )?(?:previously|earlier|initially|originally|at first) {_SAID}"
    ),
    dated=re.compile(
        rf"(?:In|On|Back in|{_SUBJECT} {_SAID}(?: [\w’'-]+){{0,2}}? in) (?:early |late |mid-)?"
        rf"(?:\d+ )?{_MONTH}(?: \d\d?)?\b(?:,? (?P<year>20\d\d)\b)?"
    ),
    months=MONTHS,
    corrected=re.compile(
        r"(?:earlier|previous|original|first) versions? (?:of (?:this|the|our) (?:story|article|report|headline|item)"
        r"|(?:\w+ly )?(?:said|stated|reported|misstated|claimed|suggested)\b)"
        r"|(?:this|the) (?:story|article|report|headline|item) (?:has been|was|is) corrected"
        r"|(?:we|this (?:story|article|report)) (?:incorrectly|wrongly|erroneously|mistakenly) ",
        re.IGNORECASE,
    ),
)
