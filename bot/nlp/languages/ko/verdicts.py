"""What do a headline's last words say of what it was about before: 북한군 파병 질문에 "우리 일"…사실상 시인?

Between the event and the verdict stands what somebody answered; behind "…" only whether that owns or denies it.

Refuses to do: an event that is not asked about or told of, but done, needs no verdict, and gets none; who answers
"if it were so" owns nothing, whatever the headline makes of it.
"""

from __future__ import annotations

import re
from collections.abc import Callable

_ASKED = re.compile(
    r"(?:\S+/SSC )?(?:(?:위성|관련|여부)/NNG ){0,2}(?:설/NN\w|(?:질문|질의|물음|보도|주장|의혹|사진|영상|증거)/NNG) "
)
"""What is said, asked or shown of an event."""
_TAIL = re.compile(
    r"(?:…/\S+|\.{2,}/\S+) (?:사실/NNG 상/XSN |(?:사실상|공식|첫|처음|결국|끝내|뒤늦게)/\S+ )*"
    r"(?=(?:시인|인정|자인|부인|부정|일축|반박)/NNG )(?P<verdict>(?:(?!…|\.\.)\S+ ){1,5})$"
)
_SUPPOSED = re.compile(r"(?<!\S)(?:다면|ㄴ다면|는다면|라면|이라면)/E\w+ ")
_VERDICTS = frozenset({"owned", "confirm", "deny", "deny_not", "neither"})


def verdict(right: str, operator: Callable[[str, int], tuple[str, str] | None]) -> tuple[str, str] | None:
    """Return the operator that a headline ends with, and its words; None where it gives no verdict.

    Args:
        right: what stands behind the event, as line.py writes it.
        operator: returns the operator that begins at a place of it.
    """
    tail = _TAIL.search(right) if _ASKED.match(right) and not _SUPPOSED.search(right) else None
    found = operator(right, tail.start("verdict")) if tail else None
    if found is None or found[0] not in _VERDICTS:
        return None
    return ("owned", found[1]) if found[0] == "confirm" else found
