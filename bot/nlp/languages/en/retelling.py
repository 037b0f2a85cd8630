"""How do English newsrooms mark what is told again?

Refuses to do: what follows from it is decided elsewhere.
"""

from __future__ import annotations

import re

from bot.nlp.lasting import Lasting
from bot.nlp.retelling import Retelling

MONTHS = "january february march april may june july august september october november december".split()
_SAID = (
    r"(?:said|denied|dismissed|rejected|warned|threatened|vowed|pledged|promised|announced|condemned|called|urged|asked"
    r"|described|confirmed|acknowledged|estimated|insisted|claimed|ruled out|signalled|signaled|refused|declined)\b"
)
_SUBJECT = r"(?:(?:The|A|An) )?[A-Z][\w’'.-]*(?: (?!said|says|say|that|who|which)[\w’'-]+){0,5}?"
_MONTH = "(?P<month>" + "|".join(month.title() for month in MONTHS) + ")"
_REPORT = r"(?:report|story|dispatch|headline)"
_ITS = r"(?:(?:our|its|their|the|this|that|an?) )?(?:[\w’'-]+ ){0,2}?"
_WAR = (
    r"(?:the )?(?:start|beginning|outbreak|onset) of (?:the|its|Russia[’']s) (?:[\w-]+ )?(?:war|invasion)|the war began"
    r"|(?:Russia|Moscow)(?:[’']s (?:full-scale )?invasion| invaded)"
)
_ANCHOR = (
    r"since (?:early |late |mid-?|the \w+ of )?"
    rf"(?:{_WAR}|(?P<lately>last (?:year|autumn|fall|winter|spring|summer))"
    rf"|(?:last )?{_MONTH}(?:,? (?=20))?(?P<year>20\d\d)?|(?P<plain>20\d\d))(?![\w-])"
)
_OFTEN = (
    r"(?:repeatedly|often|frequently|consistently|routinely|regularly|long|in the past|time and again"
    r"|on (?:several|many|numerous|various) occasions)"
)
_SO_FAR = r"(?:so far|thus far|until now|to date|up to now)"
_HELD = (
    r"(?:\w+ )?(?:only|limited|confined|restricted|refrained|resisted|refused|declined|avoided|ruled out|stopped short"
    r"|held back|held off|stayed|stuck)\b"
)
"""What somebody has held to: no deed, for the dead or the shells that are counted so far are news."""
_POLICY = (
    r"(?:(?:(?:long )?(?:maintained|kept|had|held to) )?(?:a|its|their) (?:long-?standing|long-held|long-time)"
    r"|(?:long )?(?:maintained|kept|held to|stuck to) (?:a|its|their))"
    r" (?:policy|position|stance|practice|ban|rule|principle)\b"
)
_THEY = (
    r"(?!(?:We|I|You)\b)(?:Both |The |A |An )?[A-Z][\w’'.-]*"
    r"(?: (?!(?:sa(?:id|ys?)|that|who|which|has|have|had)\b)[\w’'-]+){0,5}?"
    r"(?:, (?!who\b|which\b)[^,]{1,80},)? (?:has|have|had) "
)
_TURN = (
    r"(?i:(?<!until )now|but|yet|however|although|though|while|today|tonight|yesterday|again|latest|no longer"
    r"|for the first time|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|this (?:week|month|morning)|according to)"
)
_QUOTED = r"[,”\"] (?:[^,]* )?(?:said|says?|told|adds?|added|noted|reports?|reported)\b"
_HABIT = (
    rf"(?!.*(?:\b{_TURN}\b|{_QUOTED}))(?:"
    rf"{_THEY}(?:{_OFTEN} \w+(?:ed|ld|id|ght)\b|{_SO_FAR} {_HELD}|{_POLICY}|[^,;]* in the past\W*$)"
    rf"|(?i:{_SO_FAR}),? [^;]*?\b(?:has|have|had) {_HELD})"
)

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
    # Articles of a treaty are withdrawn, too, and a report may say that troops are; what others ask for is not done.
    retracted=re.compile(
        r"^\W?(?:corrections?|retraction|withdrawn|retracted)\W? ?[:–—|]"
        rf"|\b(?:(?:we retract|retracts|retracted|retracting|retraction of) {_ITS}(?:{_REPORT}|article)"
        rf"|(?:we withdraw|withdraws|withdrew|withdrawn|withdrawing|took back|takes back) {_ITS}{_REPORT})\b"
        rf"|\b(?:{_REPORT}|article)\b(?: [“\"«‘'][^”\"»’]+[”\"»’'])? (?:has been|was|is) (?:retracted|withdrawn)\b"
        rf"|\b(?:{_REPORT}|article)\b [^.!?]{{1,200}} (?:has been|was|is) retracted\b",
        re.IGNORECASE,
    ),
    habit=re.compile(_HABIT),
    lasting=Lasting(
        clause=re.compile(
            r"\b(?:which|who|that|whose (?:\w+ ){1,3}|where (?:[\w-]+ ){1,4}) ?(?:has|have) "
            rf"(?:[^,;:.]|[,.](?=\d)){{0,200}}?{_ANCHOR}(?:[^,;:.]|[,.](?=\d)){{0,200}}"
        ),
        whole=re.compile(rf"{_SUBJECT} (?:has|have) [^;:\"“”]*?{_ANCHOR}[^,;:\"“”]*$"),
        news=re.compile(
            r"(?i)\b(?:sa(?:id|ys|ying)|according|told|reports?|reported|report\w*|estimat\w+|believ\w+|confirm\w*|announc\w+"
            r"|claim\w*|assess\w*|show\w*|reveal\w*|more|additional|another|further|new|extra|fresh|again|now|no longer"
            r"|for the first time|tripled|doubled)\b"
        ),
    ),
)
