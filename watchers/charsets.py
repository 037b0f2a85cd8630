"""In which letters is this body written?

A body says it up to three times (header, byte order mark, XML declaration or HTML meta), and each lies somewhere.
UTF-8 cannot be mistaken for anything else, even where a letter of it is broken, so it is tried first; a declaration
that decodes, or does but for a few broken letters, is believed next, unless it names a Latin alphabet over what can be
none; then the letters are asked.

Refuses to do: nothing raises; a body in no known charset comes back with replacement characters.
"""

from __future__ import annotations

import codecs
import contextlib
import re

from charset_normalizer import from_bytes

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"<\x00?\x00", "utf-16-le"),
    (b"\x00<\x00?", "utf-16-be"),
)
_DECLARED = re.compile(rb"<\?xml[^>]*?encoding\s*=\s*[\"']([\w.:-]+)[\"']", re.IGNORECASE)
_HEADER = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
_META = re.compile(rb"<meta\s[^<>]*?\bcharset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
_LATIN = frozenset({"ascii", "iso8859-1", "iso8859-15", "cp1252"})
_WIDE = ("utf-16", "utf-32")
# UTF-8 has been tried already; the others are Python's codecs for other ends, and some are slow on purpose-made input.
_NO_CHARSETS = frozenset({"utf-8", "utf-7", "idna", "punycode", "unicode-escape", "raw-unicode-escape", "undefined"})
# Four accented letters in a row occur in no Latin alphabet, and all over Cyrillic and Hangul ones.
_HIGH_RUN = re.compile(rb"[\x80-\xff]{4,}")
_WIDER = {"gb2312": "gb18030", "gbk": "gb18030", "euc_kr": "cp949", "iso8859-1": "cp1252", "ascii": "cp1252"}
_TAGS = re.compile(rb"<[^>]*>|[\x00-\x7f]{40,}")
_CANDIDATES = [
    "cp1251", "koi8_r", "koi8_u", "cp866", "iso8859_5", "cp949", "euc_kr", "cp1252", "cp1250", "iso8859_2",
    "shift_jis", "euc_jp", "gb18030", "big5",
]  # fmt: skip
_SAMPLE = 100_000
_HEAD = 4_000
"""Bytes of a page in which it says its charset; HTML asks for 1,024, and some say it later."""
_CONTROLS = bytes(code for code in range(0x20) if code not in {0x09, 0x0A, 0x0D})
_LETTERLESS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def decode(body: bytes, content_type: str = "") -> str:
    """Return the text of a body without byte order mark and without characters that XML forbids.

    Args:
        content_type: the header as received.
    """
    text = plain_utf8(body)
    if text is None:
        text = _LETTERLESS.sub("", _decode(body, content_type))
    return text.lstrip("\ufeff \t\r\n")


def plain_utf8(body: bytes) -> str | None:
    """Return the text of a body that is UTF-8 throughout and holds no character that XML forbids; None for others."""
    # Half of what decoding costs is the search for such characters; among bytes it is cheap.
    if len(body.translate(None, _CONTROLS)) < len(body):
        return None
    text = _strict(body, "utf-8")
    return None if text is None or "\ufffe" in text or "\uffff" in text else text


def _decode(body: bytes, content_type: str) -> str:
    for mark, name in _MARKS:
        if body.startswith(mark):
            return body.decode(name, "replace")
    text = _mostly(body, "utf-8")
    if text is not None:
        return text
    foreign = len(_HIGH_RUN.findall(body, 0, _SAMPLE)) >= 3
    declared = [_WIDER.get(name, name) for name in _declared(body, content_type) if not (foreign and name in _LATIN)]
    if b"\0" not in body:  # hardly any bytes are not letters of the wide ones; but markup in them is half of zeros
        declared = [name for name in declared if not name.startswith(_WIDE)]
    for read in (_strict, _mostly):
        for name in declared:
            text = read(body, name)
            if text is not None:
                return text
    return _guess(body)


def _declared(body: bytes, content_type: str) -> list[str]:
    """The charsets that XML, the header and HTML name, as Python names them; unknown ones are left out."""
    within, header, meta = _DECLARED.search(body, 0, 1_000), _HEADER.search(content_type), _META.search(body, 0, _HEAD)
    stated = [within[1].decode("ascii")] if within else []
    stated += [header[1]] if header else []
    stated += [meta[1].decode("ascii")] if meta else []
    names = []
    for name in stated:
        with contextlib.suppress(LookupError):
            names.append(codecs.lookup(name).name)
    return [name for name in dict.fromkeys(names) if name not in _NO_CHARSETS]


def _strict(body: bytes, charset: str) -> str | None:
    try:
        return body.decode(charset)
    except (UnicodeError, LookupError):
        return None


def _mostly(body: bytes, charset: str) -> str | None:
    """Return the text of a body that is in a charset or little of which is broken; None for others."""
    text = _strict(body, charset)  # as most are; to count letters costs more than to read them
    if text is not None:
        return text
    text = body.decode(charset, "replace")
    sample = text[:_SAMPLE]
    letters = len(sample) - len(sample.encode("ascii", "ignore"))
    return text if text.count("\ufffd") * 20 <= letters else None


def _guess(body: bytes) -> str:
    """Ask the letters by their statistics."""
    high = len(_HIGH_RUN.findall(body, 0, _SAMPLE))
    sample = b" ".join(_TAGS.sub(b" ", body[:_SAMPLE]).split())
    best = from_bytes(sample, cp_isolation=_CANDIDATES).best() if high else None
    return body.decode(best.encoding if best else "cp1252", "replace")
