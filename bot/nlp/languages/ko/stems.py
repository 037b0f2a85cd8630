"""Into which pieces does a Korean text fall where no analyser is installed?

Every run of Hangul is parted into a stem and what hangs on it: a particle after a noun, or 하다/되다 and the common
endings after a verb. The pieces carry the tags that Kiwi would give them, so that what reads them need not know.

Refuses to do: no dictionary. A stem that ends like a particle is cut wrongly now and then; that is the price.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from bot.nlp.analysis import Token

_RUN = re.compile(r"[가-힣]+|[\u4e00-\u9fff]|[A-Za-z]+|\d[\d,.]*|\.{2,}|[^\s가-힣A-Za-z\d]")
_PARTICLES = {
    "JKS": ("이", "가", "께서"),
    "JX": ("은", "는", "도", "만", "까지", "부터", "엔", "땐"),
    "JKO": ("을", "를"),
    "JKG": ("의",),
    "JKB": ("에", "에서", "에게", "으로", "로", "보다", "에는", "에도"),
    "JC": ("와", "과"),
}
_PARTICLE = {form: tag for tag, forms in _PARTICLES.items() for form in forms}
_LONGEST_PARTICLE = max(map(len, _PARTICLE))
_KEEP = (
    "정부",
    "러시아",
    "회의",
    "결의",
    "합의",
    "동의",
    "논의",
    "협의",
    "항의",
    "여부",
    "국가",
    "평가",
    "대가",
    "추가",
    "참가",
    "우의",
    "제의",
    "예의",
    "서로",
    "스스로",
    "기로",
)

_SIGNS = {
    ".": "SF",
    "?": "SF",
    "!": "SF",
    "…": "SE",
    ",": "SP",
    "·": "SP",
    "(": "SSO",
    ")": "SSC",
    "[": "SSO",
    "]": "SSC",
}
_SIGNS |= {"“": "SSO", "”": "SSC", "‘": "SSO", "’": "SSC", "「": "SSO", "」": "SSC", "『": "SSO", "』": "SSC"}

_ENDINGS: tuple[tuple[str, str], ...] = (
    ("지", "EC"), ("다고", "EC"), ("ㄴ다고", "EC"), ("는다고", "EC"), ("다며", "EC"), ("ㄴ다며", "EC"),
    ("는다며", "EC"), ("라고", "EC"), ("라며", "EC"), ("다는", "ETM"), ("ㄴ다는", "ETM"), ("는다는", "ETM"),
    ("ㄴ다면", "EC"), ("다면", "EC"), ("는다면", "EC"), ("면", "EC"), ("으면", "EC"), ("면서", "EC"),
    ("며", "EC"), ("으며", "EC"), ("고", "EC"), ("지만", "EC"), ("는데", "EC"), ("어야", "EC"), ("ㄴ다", "EF"),
    ("는다", "EF"), ("다", "EF"), ("습니다", "EF"), ("ㅂ니다", "EF"), ("어", "EF"), ("음", "EF"), ("ㅁ", "EF"),
    ("ㄹ", "ETM"), ("을", "ETM"), ("ㄴ", "ETM"), ("은", "ETM"), ("는", "ETM"), ("ㄹ지", "EC"), ("을지", "EC"),
    ("기", "ETN"), ("게", "EC"), ("자", "EC"), ("니", "EC"), ("려고", "EC"), ("라", "EF"), ("나", "EC"),
    ("으나", "EC"),
)  # fmt: skip
_TAGS = dict(_ENDINGS)
_VERBS = {
    "않": "VX", "못하": "VX", "있": "VX", "없": "VA", "아니": "VCN", "어렵": "VA", "보내": "VV", "넘기": "VV",
    "주": "VV", "밝히": "VV", "알리": "VV", "알려지": "VV", "전해지": "VV", "보이": "VX", "따르": "VV",
    "건네": "VV", "막": "VV", "맞서": "VV", "늘리": "VV", "부르": "VV", "돕": "VV", "싸우": "VV", "죽": "VV",
    "숨지": "VV", "옮기": "VV", "멈추": "VV", "달라지": "VV", "열": "VV", "나서": "VV", "갈리": "VV", "하": "VV",
    "되": "VV",
}  # fmt: skip
_PAST = ("ㅆ", "었", "았")
_FINALS = {"\u11ab": "ㄴ", "\u11af": "ㄹ", "\u11b7": "ㅁ", "\u11b8": "ㅂ", "\u11bb": "ㅆ"}


def stem_tokens(text: str) -> Iterator[Token]:
    """Yield the pieces of a text in order, with their offsets; pieces of a contracted verb share characters."""
    quoted = False
    for run in _RUN.finditer(text):
        word, start, end = run.group(), run.start(), run.end()
        if word[0] in "\"'":
            quoted = not quoted
            yield Token(word, word, start, end, "SSO" if quoted else "SSC")
        elif "가" <= word[0] <= "힣":
            yield from _hangul(word, start)
        else:
            yield Token(word, word.lower(), start, end, _sign(word))


def _sign(word: str) -> str:
    if word[0].isdigit():
        return "SN"
    if word[0].isalpha():
        return "SL" if word.isascii() else "SH"
    return "SE" if word.startswith("..") else _SIGNS.get(word, "SW")


def _hangul(word: str, start: int) -> Iterator[Token]:
    pieces = _verb(word) or _noun(word)
    at = 0
    for form, length, pos in pieces:
        first, last = (at, at + length) if length else (max(0, at - 1), at)
        lemma = form + "다" if pos in {"VV", "VA", "VX", "VCN", "XSV"} else form
        yield Token(word[first:last], lemma, start + first, start + last, pos)
        at += length


def _noun(word: str) -> list[tuple[str, int, str]]:
    if not word.endswith(_KEEP):
        for length in range(min(_LONGEST_PARTICLE, len(word) - 1), 0, -1):
            tag = _PARTICLE.get(word[-length:])
            if tag and len(word) - length > 1:
                return [(word[:-length], len(word) - length, "NNG"), (word[-length:], length, tag)]
    return [(word, len(word), "NNG")]


def _verb(word: str) -> list[tuple[str, int, str]] | None:
    """Return (form, characters, tag) of a verb's pieces, None where the word does not look like one."""
    for cut in range(len(word) - 1, -1, -1):
        stem = _verb_at(word, cut)
        if stem:
            return stem
    return None


def _verb_at(word: str, cut: int) -> list[tuple[str, int, str]] | None:
    """Try to read a verb whose stem's last syllable is `word[cut]`."""
    open_syllable, final = _open(word[cut])
    for stem, tag in _VERBS.items():
        body, past = _conjugated(word[: cut + 1], open_syllable, final, stem)
        if body < 0:
            continue
        pieces = [(word[:body], body, "NNG")] if body else []
        pieces.append((stem, cut + 1 - body, "XSV" if body and stem in {"하", "되"} else tag))
        ending = _ending(word[cut + 1 :], "" if past else final if word[cut] != stem[-1] else "")
        if past:
            pieces.append(("었", 0, "EP"))
        if ending is None:
            continue
        return [*pieces, *ending] if body == 0 or stem in {"하", "되"} else None
    return None


def _conjugated(head: str, open_syllable: str, final: str, stem: str) -> tuple[int, bool]:
    """Return where the stem starts in `head` (-1: it is not there) and whether a past tense is melted into it."""
    plain = head[:-1] + open_syllable
    melted = {
        "하": "해",
        "되": "돼",
        "보내": "보내",
        "밝히": "밝혀",
        "넘기": "넘겨",
        "알려지": "알려져",
        "전해지": "전해져",
        "보이": "보여",
        "주": "줘",
        "건네": "건네",
        "나서": "나서",
        "갈리": "갈려",
        "숨지": "숨져",
        "늘리": "늘려",
        "옮기": "옮겨",
    }
    if head.endswith(stem):
        return len(head) - len(stem), False
    if plain.endswith(stem) and final and final != "ㅆ":
        return len(head) - len(stem), False
    if stem in melted and plain.endswith(melted[stem]) and final in {"", "ㅆ"}:
        return len(head) - len(melted[stem]), final == "ㅆ"
    return -1, False


def _ending(rest: str, final: str) -> list[tuple[str, int, str]] | None:
    """Cut what follows a stem into endings; None where it is no ending we know."""
    if not rest:
        return [(final, 0, _TAGS[final])] if final in _TAGS else [] if not final else None
    pieces: list[tuple[str, int, str]] = []
    if rest[0] in _PAST:
        pieces.append(("었", 1, "EP"))
        rest = rest[1:]
    if rest.startswith("겠"):
        pieces.append(("겠", 1, "EP"))
        rest = rest[1:]
    if not rest:
        return pieces
    if rest == "기로" and not final:
        return [*pieces, ("기", 1, "ETN"), ("로", 1, "JKB")]
    for form in sorted(_TAGS, key=len, reverse=True):
        if (final and form == final + rest) or (not final and form == rest):
            return [*pieces, (form, len(rest), _TAGS[form])]
    return None


def _open(syllable: str) -> tuple[str, str]:
    """Part a syllable from a final consonant that an ending may have left on it."""
    letters = unicodedata.normalize("NFD", syllable)
    if len(letters) == 3 and letters[2] in _FINALS:
        return unicodedata.normalize("NFC", letters[:2]), _FINALS[letters[2]]
    return syllable, ""
