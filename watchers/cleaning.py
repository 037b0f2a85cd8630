"""What does a person read where a feed prints markup?

Titles and texts become plain text: tags stripped, entities resolved, blanks squeezed, and the characters that
nobody sees (zero-width, bidirectional, control) removed, because they split words and hide quotes. Blocks of markup
become lines, so that a sentence never runs on into the next paragraph. Also here: links.

Refuses to do: nothing is judged or translated; the words stay as they were printed.
"""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import urljoin, urlsplit

from watchers.markup import tokens

TEXT_CAP = 20_000
"""Characters of an entry's text that are kept."""
_MARKUP_CAP = 200_000
_TITLE_CAP = 1_000
_BLOCKS = frozenset(
    (
        *("address", "article", "aside", "blockquote", "br", "dd", "div", "dl", "dt", "fieldset", "figcaption"),
        *("figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav"),
        *("ol", "p", "pre", "section", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul"),
    )
)
_BREAK = "\u2029"  # the paragraph separator: no feed means it as a blank, so it survives the next pass
_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f"
    "\u202a-\u202e\u2060-\u206f\u3164\ud800-\udfff\ufe00-\ufe0f\ufeff\uffa0\ufff0-\uffff\U000e0000-\U000e0fff]"
)
_BLANK_LINES = re.compile(r"\r?\n[ \t]*\r?\n\s*")
_WRAPS = re.compile(r"[ \t\r\n\f\v]+")
_LINE_ENDS = re.compile("[\r\n\x85\u2028\u2029]+")
_LEFT_ENTITY = re.compile(r"&(#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z]{2,31}\d{0,2});")
_LEFT_TAG = re.compile(r"</?(a|b|blockquote|br|div|em|font|h[1-6]|i|img|li|ol|p|span|strong|table|td|tr|u|ul)\b[^<>]*>")


def plain(markup: str) -> str:
    """Return the text of `markup`, one line a block; without markup, one line a paragraph."""
    text, marked = markup[:_MARKUP_CAP], False
    for _ in range(3):  # feeds escape twice and more; text that still looks like markup is read again
        if "<" in text or "&" in text:
            text, tags = _text_of(text)
            marked = marked or tags
        if not (_LEFT_TAG.search(text) or _LEFT_ENTITY.search(text)):
            break
    if not marked:
        text = _BLANK_LINES.sub(_BREAK, text)
    return squeeze(_WRAPS.sub(" ", text))


def title_of(markup: str) -> str:
    """Return the text of a title: one line."""
    return " ".join(plain(markup).split())[:_TITLE_CAP].rstrip()


def text_of(*candidates: str) -> str:
    """Return the longest of several texts of one entry as plain text, cut at a blank below the cap."""
    text = max((plain(candidate) for candidate in candidates), key=len, default="")
    if len(text) <= TEXT_CAP:
        return text
    cut = text[:TEXT_CAP]
    return cut[: max(cut.rfind(" "), cut.rfind("\n"), TEXT_CAP - 200)].rstrip()


def squeeze(text: str) -> str:
    """Remove what is not seen, compose letters, and squeeze blanks within lines and empty lines."""
    lines = _LINE_ENDS.split(_UNSEEN.sub("", unicodedata.normalize("NFC", text)))
    return "\n".join(line for line in (" ".join(line.split()) for line in lines) if line)


def absolute(link: str, base: str) -> str:
    """Return `link` as an absolute http(s) address, "" when it is none."""
    text = _UNSEEN.sub("", link).strip()
    if not text:
        return ""
    try:
        address = urljoin(base, text)
        parts = urlsplit(address)
        host = parts.hostname
    except ValueError:
        return ""
    return address.replace(" ", "%20") if parts.scheme in {"http", "https"} and host else ""


def _text_of(markup: str) -> tuple[str, bool]:
    """Return the text between the tags, blocks parted by _BREAK, and whether there were tags."""
    parts: list[str] = []
    tagged = False
    for token in tokens(markup):
        if isinstance(token, str):
            parts.append(token)
            continue
        tagged = True
        if token.name in _BLOCKS:
            parts.append(_BREAK)
    return "".join(parts), tagged
