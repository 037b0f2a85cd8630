"""Where does a Korean field fall into sentences?

At full stops after endings, at line breaks, at the bullets of official notices and of bulletins, and where a news
search glues a publisher on. A quotation stays with the words round it. A dateline is a piece of its own: it names
the agency, and the sentence after it starts clean.

Refuses to do: no morphemes are needed here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_BREAK = re.compile(r"\s*\n\s*|\s*[□■▲△▶◆◇●○◎▷☞※]\s*|\s{2,}|(?<=[가-힣\"”’')])\s[-|]\s(?=[^-|]{2,20}$)")
_DATELINE = re.compile(
    r"^\s*[\[(（][^\])）]{1,40}(?:=|＝)[^\])）]{1,30}[\])）]\s*(?:[가-힣·\s]{2,40}?(?:기자|특파원|통신원|논설위원)\s*)?(?:=|＝)?\s*"
)
_BYLINE = re.compile(r"^\s*[가-힣A-Za-z]{2,12}\s*=\s*")
_STOP = re.compile(r"[.!?。]+[\"”’')\]]*(?=\s|$)")
_OPEN, _CLOSE = "“‘「『", "”’」』"
_LONGEST_QUOTE = 300
_LONGEST = 800
"""Characters of a sentence; what goes on for longer (the longest that a newspaper printed had 250) is a list or a
torn page, and is cut: each event looks at its whole sentence, and cost must stay linear in length."""


def spans(text: str, *, title: bool) -> Iterator[tuple[int, int]]:
    """Yield (start, end) of each sentence, without blanks round it.

    Args:
        title: a headline; a stop in it ends nothing.
    """
    at = 0
    for gap in [*_BREAK.finditer(text), None]:
        end = gap.start() if gap else len(text)
        yield from _trimmed(text, at, end, title)
        at = gap.end() if gap else end


def _trimmed(text: str, start: int, end: int, title: bool) -> Iterator[tuple[int, int]]:
    for first, last in _paragraph(text, start, end, title):
        for left, right in _cut(text, first, last):
            body = text[left:right]
            if body.strip():
                yield left + len(body) - len(body.lstrip()), left + len(body.rstrip())


def _cut(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut what is too long for a sentence, between words where it has any."""
    while end - start > _LONGEST:
        blank = text.rfind(" ", start + _LONGEST // 2, start + _LONGEST)
        stop = blank if blank > 0 else start + _LONGEST
        yield start, stop
        start = stop
    yield start, end


def _paragraph(text: str, start: int, end: int, title: bool) -> Iterator[tuple[int, int]]:
    if title:
        yield start, end
        return
    line = _DATELINE.match(text[start:end]) or _BYLINE.match(text[start:end])
    if line:
        yield start, start + line.end()
        start += line.end()
    at = start
    for stop in _STOP.finditer(text, start, end):
        if not _quoting(text[at : stop.start()], text[stop.start() : stop.end()]):
            yield at, stop.end()
            at = stop.end()
    yield at, end


def _quoting(before: str, stop: str) -> bool:
    """Tell whether a stop stands within a quotation that is still open."""
    depth = sum(before.count(sign) for sign in _OPEN) - sum(before.count(sign) for sign in _CLOSE)
    depth -= sum(stop.count(sign) for sign in _CLOSE)
    straight = before.count('"') + stop.count('"')
    opened = max((before.rfind(sign) for sign in (*_OPEN, '"')), default=0)
    return (depth > 0 or straight % 2 == 1) and len(before) - opened < _LONGEST_QUOTE
