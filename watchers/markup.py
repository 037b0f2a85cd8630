"""Which tags and which texts does a piece of HTML hold?

A tokenizer that takes a time proportional to its input, whatever the input: the standard library's takes the square
of it on unclosed comments, and a stranger's feed may be nothing else. It knows no grammar: an unclosed tag ends with
the text, a "<" that opens nothing is text.

Refuses to do: no tree is built, nothing is corrected.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

# Quoted values may hold ">", but no "<": so no scan runs past the next tag.
_TAG = re.compile(r"<(/?)([a-zA-Z][^\s<>/\"']*+)((?:[^<>\"']|\"[^\"<]*+\"|'[^'<]*+')*+)>")
# The same, never across the seam (NUL) of texts that are sewn together.
_PLAIN_TAG = re.compile(
    r"</?([a-zA-Z][^\s<>/\"'\0]*+)(?:>|[^<>\"'\0]*+(?:(?:\"[^\"<\0]*+\"|'[^'<\0]*+')[^<>\"'\0]*+)*+>)"
)
_LOOSE_TAG = re.compile(r"<(/?)([a-zA-Z][^\s<>/]*+)([^<>]*+)>?")
_OTHER = re.compile(r"<[!?/][^<>]*+>?")
_CDATA = "<![CDATA["
_RAW = {name: re.compile(rf"</{name}[\s/>]", re.IGNORECASE) for name in ("script", "style", "template")}
_ATTRIBUTE = re.compile(r"([a-zA-Z][\w:.-]*)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'<>]+))")

# As HTML has references, the last semicolon optional: those that html.unescape resolves, and some that it leaves.
_REFERENCE = re.compile(r"&(#[0-9]++;?|#[xX][0-9a-fA-F]++;?|[^\t\n\f <&#;]{1,32}+;?)")
_USUAL_REFERENCE = 40
"""Characters of a reference that is remembered."""
_LONGEST_REFERENCE = 4_000
"""Characters of a number that is read; Python refuses to read one of 4,300 digits."""


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag: its name in lower case, whether it closes, and its attributes as they stand."""

    name: str
    closes: bool
    inside: str

    @property
    def attributes(self) -> Mapping[str, str]:
        """Attribute names in lower case with their values; the first of a name counts."""
        found: dict[str, str] = {}
        for name, double, single, bare in _ATTRIBUTE.findall(self.inside):
            found.setdefault(name.lower(), resolved(double or single or bare))
        return found


def split_tags(markup: str) -> list[str] | None:
    """Return text, name of a tag, text, … and so on to the last text, as `tokens` has them but quickly.

    Entities and names are left as they stand. What needs `tokens` is None where it holds scripts, and has a "<" left in
    a text where it holds comments or broken tags.
    """
    pieces = _PLAIN_TAG.split(markup)
    return pieces if _RAW.keys().isdisjoint(map(str.lower, set(pieces[1::2]))) else None


def tokens(markup: str) -> Iterator[str | Tag]:
    """Yield the texts (entities resolved) and the tags of `markup`; comments, scripts and styles are left out.

    What a CDATA section holds is read as what surrounds it: feeds that wrap a text twice have markup in it.
    """
    last_comment = markup.rfind("-->") - 4
    place = 0
    wrapper = ""
    while (start := markup.find("<", place)) != -1:
        if text := markup[place:start].replace(wrapper, ""):
            yield resolved(text)
        if markup.startswith(_CDATA, start):
            place, wrapper = start + len(_CDATA), "]]>"
            continue
        if markup.startswith("<!--", start):
            # One that is never closed is a stray mark: the text behind it is kept.
            place = markup.index("-->", start + 4) + 3 if start <= last_comment else start + 4
            continue
        match = _TAG.match(markup, start) or _LOOSE_TAG.match(markup, start)
        if match is None:
            other = _OTHER.match(markup, start)
            place = other.end() if other else start + 1
            if other is None:
                yield "<"
            continue
        tag = Tag(match[2].lower(), bool(match[1]), match[3])
        yield tag
        place = _past_raw_text(markup, tag, match.end())
    if text := markup[place:].replace(wrapper, ""):
        yield resolved(text)


def _past_raw_text(markup: str, tag: Tag, place: int) -> int:
    """Where to go on behind a tag: behind what a script or style holds, else at `place`."""
    if tag.closes or tag.name not in _RAW or tag.inside.endswith("/"):
        return place
    closing = _RAW[tag.name].search(markup, place)
    return closing.start() if closing else len(markup)


def resolved(text: str, known: Mapping[str, str] = MappingProxyType({})) -> str:
    """Resolve the references of a text as html.unescape does, but for a number that is too long for it to read.

    Args:
        known: what some of them, without their "&", stand for here.
    """
    pieces = _REFERENCE.split(text)
    references = pieces[1::2]
    letters = {reference: known.get(reference) or _letter(reference) for reference in set(references)}
    pieces[1::2] = map(letters.__getitem__, references)
    return "".join(pieces)


def _letter(reference: str) -> str:
    """Return what a reference stands for, given without its "&"; a number as long as an article stands for nothing."""
    if len(reference) <= _USUAL_REFERENCE:
        return _usual_letter(reference)
    return html.unescape(f"&{reference}") if len(reference) < _LONGEST_REFERENCE else "\ufffd"


@lru_cache(maxsize=4096)
def _usual_letter(reference: str) -> str:
    """The same for a short one, remembered: feeds use a few of them over and over."""
    return html.unescape(f"&{reference}")
