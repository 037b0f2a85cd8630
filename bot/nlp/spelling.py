"""What does a text say whose letters are written otherwise: as entities, in parts, or with joints that nobody sees?

"Seoul&nbsp;says", Hangul in its jamo and a name with a soft hyphen are plain words to whoever looks at a page, and none
to cues and encoder. They are read from a copy in plain letters; what is quoted of it is the item's own.

Refuses to do: tags and controls stay, for a mask that keeps every place is enough for them.
"""

from __future__ import annotations

import html
import re
import unicodedata
from bisect import bisect_left, bisect_right
from functools import lru_cache

_PERHAPS = re.compile("[&\u0300-\u036f\u1100-\u11ff\u00ad\u200b-\u200d\u2060\ufeff]")
"""Without one of them all letters are plain; to look for one costs little."""
_OTHERWISE = re.compile(
    r"&(?:amp;){0,3}(?P<entity>#\d{1,7}|#[xX][\da-fA-F]{1,6}|[a-zA-Z]{2,31}\d{0,2});"
    "|(?P<joint>(?<=\\w)[\u00ad\u200b-\u200d\u2060\ufeff]+(?=\\w))"
    "|[^\\W\\d_][\u0300-\u036f]+|[\u1100-\u1112][\u1161-\u1175][\u11a8-\u11c2]?"
)


def spelled(text: str) -> str:
    """Return the text in plain letters; a feed may have escaped them twice and more."""
    return _OTHERWISE.sub(_letters, text) if _PERHAPS.search(text) else text


def written(text: str, start: int, end: int) -> str:
    """Return what stands in the text for the characters from `start` to before `end` of its spelling."""
    begins, ends, places = _otherwise(text)
    first, last = bisect_right(ends, start), bisect_left(begins, end) - 1
    if first < len(begins) and begins[first] <= start:
        left = places[first][0]
    else:
        left = start + (places[first - 1][1] - ends[first - 1] if first else 0)
    if last >= 0 and ends[last] >= end:
        return text[left : places[last][1]]
    return text[left : end + (places[last][1] - ends[last] if last >= 0 else 0)]


@lru_cache(maxsize=2)
def _otherwise(text: str) -> tuple[list[int], list[int], list[tuple[int, int]]]:
    """Return where in its spelling what is written otherwise begins and ends, and its place in the text; for quotes."""
    begins: list[int] = []
    ends: list[int] = []
    places: list[tuple[int, int]] = []
    for found in _OTHERWISE.finditer(text) if _PERHAPS.search(text) else ():
        begins.append(found.start() - (places[-1][1] - ends[-1] if places else 0))
        ends.append(begins[-1] + len(_letters(found)))
        places.append(found.span())
    return begins, ends, places


def _letters(found: re.Match[str]) -> str:
    if found["joint"]:
        return ""
    if found["entity"]:
        return html.unescape(f"&{found['entity']};")
    return unicodedata.normalize("NFC", found.group())
