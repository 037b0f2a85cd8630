"""What does a text say whose letters are written otherwise: as entities, in parts, or with joints that nobody sees?

"Seoul&nbsp;says", Hangul in its jamo and a name with a soft hyphen are plain words to whoever looks at a page, and none
to cues and encoder. They are read from a copy in plain letters; what is quoted of it is the item's own.

Refuses to do: tags and controls stay, for a mask that keeps every place is enough for them.
"""

from __future__ import annotations

import html
import re
import unicodedata

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
    first, last, gone = start, end, 0
    for found in _OTHERWISE.finditer(text) if _PERHAPS.search(text) else ():
        begins = found.start() - gone
        if begins >= end:
            break
        ends = begins + len(_letters(found))
        gone += len(found.group()) - (ends - begins)
        first = first if begins > start else found.start() if ends > start else start + gone
        last = found.end() if ends >= end else end + gone
    return text[first:last]


def _letters(found: re.Match[str]) -> str:
    if found["joint"]:
        return ""
    if found["entity"]:
        return html.unescape(f"&{found['entity']};")
    return unicodedata.normalize("NFC", found.group())
