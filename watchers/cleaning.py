"""What does a person read where a feed prints markup?

Titles and texts become plain text: tags stripped, entities resolved, blanks squeezed, and the characters that
nobody sees (zero-width, bidirectional, control) removed, because they split words and hide quotes. Blocks of markup
become lines, so that a sentence never runs on into the next paragraph. Also here: links.

Refuses to do: nothing is judged or translated; the words stay as they were printed.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterable
from urllib.parse import urljoin, urlsplit

from watchers.markup import split_tags, tokens

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
_PRINTED = bytes(range(0x20, 0x7F))
_OTHER_BLANK = re.compile("[^\\S\n\u2028\u2029]")
_BLANK_LINES = re.compile(r"\r?\n[ \t]*\r?\n\s*")
_WRAPS = "\t\r\n\f\v"
# Nothing to resolve, to encode or to take out.
_WHOLE_ADDRESS = re.compile(
    r"https?://[a-z0-9.-]++(?::\d{1,5})?/[\w./~%+,:@!$*=-]*+(?:\?[\w./~%+,:@!$*=&-]++)?", re.ASCII
)
_LEFT_ENTITY = re.compile(r"&(#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z]{2,31}\d{0,2});")
_LEFT_TAG = re.compile(r"</?(a|b|blockquote|br|div|em|font|h[1-6]|i|img|li|ol|p|span|strong|table|td|tr|u|ul)\b[^<>]*>")


def plain(markup: str) -> str:
    """Return the text of `markup`, one line a block; without markup, one line a paragraph."""
    text, marked = markup[:_MARKUP_CAP].replace("&nbsp;", " "), False
    if text.isascii() and "<" not in text and "&" not in text and text.isprintable():
        return " ".join(text.split())
    for _ in range(3):  # feeds escape twice and more; text that still looks like markup is read again
        if "<" in text or "&" in text:
            text, tags = _text_of(text)
            marked = marked or tags
        if not (("<" in text and _LEFT_TAG.search(text)) or ("&" in text and _LEFT_ENTITY.search(text))):
            break
    if not marked and "\n" in text:
        text = _BLANK_LINES.sub(_BREAK, text)
    for wrap in _WRAPS:
        text = text.replace(wrap, " ")
    return squeeze(text)


def title_of(markup: str) -> str:
    """Return the text of a title: one line."""
    return " ".join(plain(markup).split())[:_TITLE_CAP].rstrip()


def text_of(*candidates: str) -> str:
    """Return the longest of several texts of one entry as plain text, cut at a blank below the cap."""
    # Feeds that print one text under two names are common.
    text = max((plain(candidate) for candidate in dict.fromkeys(candidates)), key=len, default="")
    if len(text) <= TEXT_CAP:
        return text
    cut = text[:TEXT_CAP]
    return cut[: max(cut.rfind(" "), cut.rfind("\n"), TEXT_CAP - 200)].rstrip()


def squeeze(text: str) -> str:
    """Remove what is not seen, compose letters, and squeeze blanks within lines and empty lines."""
    if not (text.isascii() and text.isprintable()):
        text = unicodedata.normalize("NFC", text)
        rare = text.encode("utf-8", "surrogatepass").translate(None, _PRINTED).decode("utf-8", "surrogatepass")
        # Few letters are left, and they are quicker to look through than all.
        if _UNSEEN.search(rare):
            text = _UNSEEN.sub("", text)
        if _OTHER_BLANK.search(rare):
            return _lines(" ".join(line.split()) for line in text.splitlines())
    if "  " in text:
        return _lines(" ".join(line.split()) for line in text.splitlines())
    return _lines(line.strip() for line in text.splitlines())


def absolute(link: str, base: str) -> str:
    """Return `link` as an absolute http(s) address, "" when it is none."""
    if _WHOLE_ADDRESS.fullmatch(link):
        return link
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


def _lines(lines: Iterable[str]) -> str:
    return "\n".join(line for line in lines if line)


def _text_of(markup: str) -> tuple[str, bool]:
    """Return the text between the tags, blocks parted by _BREAK, and whether there were tags."""
    pieces = split_tags(markup)
    if pieces is not None:
        pieces[1::2] = [_BREAK if name in _BLOCKS else "" for name in pieces[1::2]]
        if "&" in markup:
            pieces[::2] = [html.unescape(text) if "&" in text else text for text in pieces[::2]]
        return "".join(pieces), len(pieces) > 1
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
