"""What does a person read where a feed prints markup?

Titles and texts become plain text: tags stripped, entities resolved, blanks squeezed, and the characters that
nobody sees (zero-width, bidirectional, control) removed, because they split words and hide quotes. Blocks of markup
become lines, so that a sentence never runs on into the next paragraph. Also here: links.

Refuses to do: nothing is judged or translated; the words stay as they were printed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from urllib.parse import urljoin, urlsplit

from watchers.markup import resolved, split_tags, tokens

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
_SEAM = "\0"  # parts texts that are cleaned together; it is taken out of each before
# "Next line": no feed means it as a blank, so it survives the next pass; and a text in Latin stays a byte a letter.
_BREAK = "\x85"
_BLANK = {"nbsp;": " "}
_JOINT = f"{_BREAK}{_SEAM}{_BREAK}"
_UNSEEN = re.compile(
    "[\x01-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f"
    "\u202a-\u202e\u2060-\u206f\u3164\ud800-\udfff\ufe00-\ufe0f\ufeff\uffa0\ufff0-\uffff\U000e0000-\U000e0fff]"
)
_PRINTED = bytes(range(0x20, 0x7F))
# Letters and signs of Latin, Cyrillic, Hangul and Han that nothing before or after them joins, and no blanks.
_WHOLE_LETTERS = re.compile(
    "[\n\0\x85\u2029\xa1-\xac\xae-\u02ff\u0400-\u0482\u048a-\u052f\u2010-\u2027\u2030-\u205e\u20a0-\u20bf"
    "\u2116\u2122\u4e00-\u9fff\uac00-\ud7a3]*+"
)
_MOST_MARKS = 30
"""On one letter (Unicode UAX #15, Stream-Safe Text Format)."""
_OTHER_BLANK = re.compile("[^\\S \n\x85\u2028\u2029]")
_BLANK_LINES = re.compile(r"\r?\n[ \t]*\r?\n\s*")
_WRAPS = "\t\r\n\f\v"
# Nothing to resolve, to encode or to take out.
_WHOLE_ADDRESS = re.compile(
    r"https?://[a-z0-9.-]++(?::\d{1,5})?/[\w./~%+,:@!$*=-]*+(?:\?[\w./~%+,:@!$*=&-]++)?", re.ASCII
)
_LEFT_ENTITY = re.compile(r"&(#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z]{2,31}\d{0,2});")
_LEFT_TAG = re.compile(
    r"</?(a|b|blockquote|br|div|em|font|h[1-6]|i|img|li|ol|p|span|strong|table|td|tr|u|ul)\b[^<>]*>|<!\[CDATA\["
)


def plain(markup: str) -> str:
    """Return the text of `markup`, one line a block; without markup, one line a paragraph."""
    return plain_all((markup,))[0]


def plain_all(markups: Sequence[str]) -> list[str]:
    """Return the text of each of some markups, as `plain` does.

    They are sewn together and cleaned in one go: calling everything for each of a feed's sixty pieces costs more than
    the cleaning.
    """
    if not markups:
        return []
    whole = _JOINT.join(markups)
    if whole.count(_SEAM) >= len(markups) or max(map(len, markups)) > _MARKUP_CAP:
        whole = _JOINT.join([markup[:_MARKUP_CAP].replace(_SEAM, "") for markup in markups])
    text = _untagged(whole)
    if text is None:
        pairs = [_bare(markup) for markup in whole.split(_JOINT)]
    elif _looks_marked_up(text) or "\n" in text:
        tagged = ["<" in markup for markup in whole.split(_JOINT)]
        pairs = list(zip(text.split(_JOINT), tagged, strict=True))
    else:  # as of most feeds: nothing to do to any of them alone
        return _squeezed(text)
    return _squeezed(_JOINT.join([_settled(text, tagged) for text, tagged in pairs]))


def title_of(markup: str) -> str:
    """Return the text of a title: one line."""
    return _one_line(plain(markup))


def text_of(*candidates: str) -> str:
    """Return the longest of several texts of one entry as plain text, cut at a blank below the cap."""
    # Feeds that print one text under two names are common.
    return _longest(plain_all(tuple(dict.fromkeys(candidates))))


def words_of(entries: Sequence[tuple[str, Sequence[str]]]) -> list[tuple[str, str]]:
    """Return title and text of each of a feed's entries, given their title and the candidates for their text."""
    texts = iter(plain_all([markup for title, candidates in entries for markup in (title, *candidates)]))
    return [(_one_line(next(texts)), _longest([next(texts) for _ in candidates])) for _title, candidates in entries]


def absolute(link: str, base: str) -> str:
    """Return `link` as an absolute http(s) address, "" when it is none."""
    if _WHOLE_ADDRESS.fullmatch(link):
        return link
    text = _UNSEEN.sub("", link.replace(_SEAM, "")).strip()
    if not text:
        return ""
    try:
        address = urljoin(base, text)
        parts = urlsplit(address)
        host = parts.hostname
    except ValueError:
        return ""
    return address.replace(" ", "%20") if parts.scheme in {"http", "https"} and host else ""


def _one_line(text: str) -> str:
    # Of what is plain, blanks are squeezed already.
    return text.replace("\n", " ")[:_TITLE_CAP].rstrip()


def _longest(texts: Sequence[str]) -> str:
    text = texts[0] if len(texts) == 1 else max(texts, key=len, default="")
    if len(text) <= TEXT_CAP:
        return text
    cut = text[:TEXT_CAP]
    return cut[: max(cut.rfind(" "), cut.rfind("\n"), TEXT_CAP - 200)].rstrip()


def _squeezed(whole: str) -> list[str]:
    """Remove what is not seen, compose letters, and squeeze blanks and empty lines; return the texts, parted."""
    for wrap in _WRAPS:
        whole = whole.replace(wrap, " ")
    if not (whole.isascii() and whole.isprintable()):
        whole = _composed(whole)
    while "  " in whole:
        whole = whole.replace("  ", " ")
    lines = [*filter(None, map(str.strip, whole.splitlines())), _SEAM]
    texts, start = [], 0
    while start < len(lines):
        end = lines.index(_SEAM, start)
        texts.append("\n".join(lines[start:end]))
        start = end + 1
    return texts


def _composed(text: str) -> str:
    """Remove what is not seen, compose letters, and make every blank a plain one."""
    rare = text.encode("utf-8", "surrogatepass").translate(None, _PRINTED).decode("utf-8", "surrogatepass")
    # Few letters are left, and they are quicker to look through than all; mostly they are as they should be.
    if _WHOLE_LETTERS.fullmatch(rare):
        return text
    if _UNSEEN.search(rare):
        text = _UNSEEN.sub("", text)
    text = unicodedata.normalize("NFC", _unpiled(text, rare))
    for blank in set(_OTHER_BLANK.findall(rare)):
        text = text.replace(blank, " ")
    return text


def _unpiled(text: str, letters: str) -> str:
    """Return a text with no more marks in a row than a language has; to order them takes the square of their number.

    Args:
        letters: all that may be marks.
    """
    marks = "".join(sorted(filter(_is_mark, set(letters))))
    return re.sub(f"([{marks}]{{{_MOST_MARKS}}})[{marks}]+", r"\1", text) if marks else text


def _is_mark(letter: str) -> bool:
    """Tell whether a letter is put in order with those beside it; some of Tibetan only once they are taken apart."""
    return unicodedata.combining(unicodedata.normalize("NFD", letter)[0]) > 0


def _looks_marked_up(text: str) -> bool:
    return ("<" in text and bool(_LEFT_TAG.search(text))) or ("&" in text and bool(_LEFT_ENTITY.search(text)))


def _settled(text: str, tagged: bool) -> str:
    """Read again what still looks like markup, as feeds escape twice and more, and mark the paragraphs of the rest."""
    for _ in range(2):
        if not _looks_marked_up(text):
            break
        text, again = _bare(text)
        tagged = tagged or again
    return text if tagged or "\n" not in text else _BLANK_LINES.sub(_BREAK, text)


def _bare(markup: str) -> tuple[str, bool]:
    """Return the text between the tags, blocks parted by _BREAK, and whether there were tags."""
    text = _untagged(markup)
    return _tokened(markup) if text is None else (text, "<" in markup)


def _untagged(markup: str) -> str | None:
    """The text alone; None for what needs `tokens`."""
    pieces = split_tags(markup)
    if pieces is None:
        return None
    names = pieces[1::2]
    parted = {name: _BREAK if name.lower() in _BLOCKS else "" for name in set(names)}
    pieces[1::2] = [parted[name] for name in names]
    text = "".join(pieces)
    return None if "<" in text else resolved(text, _BLANK)


def _tokened(markup: str) -> tuple[str, bool]:
    """The same for one that holds comments, scripts or broken tags."""
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
