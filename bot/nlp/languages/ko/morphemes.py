"""Into which morphemes does a Korean text fall?

Kiwi cuts it; what Kiwi guesses differently from sentence to sentence (a country joined to the next noun, a row of
hanja, 북러) is cut once more, always the same way, so that a cue finds its words wherever they stand. Verbs and
adjectives get their dictionary form in -다, prefixes a hyphen, endings keep their form.

Refuses to do: no sentence is judged here. Without kiwipiepy it says so once and stems.py cuts instead.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from importlib.metadata import version
from itertools import pairwise
from typing import TYPE_CHECKING

import structlog

from bot.nlp.analysis import Token
from bot.nlp.languages.ko.pairs import SHORT, pair_parts
from bot.nlp.languages.ko.stems import stem_tokens
from bot.nlp.languages.ko.words import COMPOUNDS, COUNTRY_HEADS, NAMES, NOUNS, OFFICE_TAILS

if TYPE_CHECKING:
    from kiwipiepy import Kiwi

log = structlog.get_logger()

_PREDICATES = ("VV", "VA", "VX", "VCP", "VCN", "XSV", "XSA")
_JAMO = str.maketrans("\u11ab\u11af\u11b7\u11b8\u11bb", "ㄴㄹㅁㅂㅆ")
_SINGLE = re.compile(r"[\u4e00-\u9fff\uf900-\ufaff·ㆍ・]")
_NOMINAL = ("NNG", "NNP", "SH")
_HEAD = re.compile(
    rf"(?:{'|'.join(sorted(COUNTRY_HEADS, key=len, reverse=True))})(?=.)|국가(?=안보실)|살상(?=무기)"
    r"|무기(?=지원|거래)|군사(?=협력|지원|기술)|수출(?=통제)|독자(?=제재)|탄도(?=미사일)|방공(?=무기|체계)"
)
_PREFIX = re.compile(
    r"(?:재(?=검토|파병|투입|확인|배치|반출|개입)|미(?=지원|제공|참여)|비(?=살상|군사|우호)|초(?=정밀))"
)
_TAIL = re.compile(rf"(?<=.)대사$|(?<=..)(?:{'|'.join(sorted(OFFICE_TAILS, key=len, reverse=True))})$")
_WHOLE = frozenset((*NAMES, *NOUNS))
_SHORT_NAME = 2
_AFTER_NAME = {"의": "JKG", "와": "JC", "가": "JKS", "는": "JX", "도": "JX", "에": "JKB"}
_LONGEST = 20_000
"""Characters that are looked at; what follows is no news lead any more."""


def morphemes(text: str) -> tuple[Token, ...]:
    """Return the morphemes of a text with their offsets in it; contracted ones share characters."""
    kiwi = _kiwi()
    if kiwi is None:
        pieces: Iterator[Token] = stem_tokens(text[:_LONGEST])
    else:
        pieces = (
            Token(text[piece.start : piece.end], piece.form, piece.start, piece.end, piece.tag.partition("-")[0])
            for piece in kiwi.tokenize(text[:_LONGEST])
        )
    return tuple(_undotted([part for piece in pieces for part in _cut(_named(text, piece))]))


def installed() -> str:
    """Return the versions of Kiwi and its model, "" where stems stand in for them; the model is not loaded for it."""
    try:
        # What is installed may not be what this machine can run, and stems would then meet Kiwi's lemmas.
        import kiwipiepy  # noqa: F401, PLC0415 - as below

        return ", ".join(f"{package} {version(package)}" for package in ("kiwipiepy", "kiwipiepy_model"))
    except ImportError:
        return ""


@lru_cache(maxsize=1)
def _kiwi() -> Kiwi | None:
    try:
        from kiwipiepy import Kiwi  # noqa: PLC0415 - the model is loaded by whoever reads Korean, and only then
    except ImportError:
        log.warning("korean_model_missing", install="pip install 'stancewatch[ko]'", fallback="stems")
        return None
    # Without the dictionary of names of several words (actors, films, firms), which is 200 MB of memory: what it
    # joins, no cue looks for.
    kiwi = Kiwi(num_workers=1, load_multi_dict=False)
    for tag, words in (("NNP", NAMES), ("NNG", (*NOUNS, *COMPOUNDS))):
        for word in words:
            kiwi.add_user_word(word, tag, 1.0)
    return kiwi


def _named(text: str, piece: Token) -> Token:
    """Take 러 for Russia where it begins a word (an ending hangs on a verb), 북 and 미 where they are words alone."""
    if piece.text == "러" and piece.pos == "EC" and not (piece.start and "가" <= text[piece.start - 1] <= "힣"):
        return Token("러", "러", piece.start, piece.end, "NNP")
    if piece.text == "북" and _alone(text, piece):
        return Token("북", "북", piece.start, piece.end, "NNP")
    if piece.text == "미" and text[piece.end : piece.end + 1].isspace():
        return Token("미", "미", piece.start, piece.end, "NNP")
    return piece


def _alone(text: str, piece: Token) -> bool:
    """Tell whether no Hangul touches a piece."""
    around = text[max(0, piece.start - 1) : piece.start] + text[piece.end : piece.end + 1]
    return not any("가" <= char <= "힣" for char in around)


def _cut(piece: Token) -> Iterator[Token]:
    """Cut a guessed compound where countries and offices always part, and give every other piece its lemma."""
    form = piece.lemma
    if piece.pos not in _NOMINAL or form != piece.text:
        yield Token(piece.text, _lemma(form, piece.pos), piece.start, piece.end, piece.pos)
        return
    places = sorted({0, len(form), *_joints(form, piece.pos)})
    for first, last in pairwise(places):
        at = piece.start + first
        if first and (particle := _particle(form, piece.pos)) and last == len(form):
            yield Token(form[-1], form[-1], at, piece.end, particle)
            continue
        pos = "XPN" if _PREFIX.match(form[first:]) and last - first == 1 else piece.pos
        for text, lemma in _parts(form[first:last], pos):
            yield Token(text, lemma, at, at + len(text), pos)
            at += len(text)


def _parts(form: str, pos: str) -> tuple[tuple[str, str], ...]:
    parts = pair_parts(form)
    if parts and sum(len(text) for text, _ in parts) == len(form):
        return parts
    if pos == "XPN":
        return ((form, form + "-"),)
    return ((form, (SHORT.get(form, form) if pos == "NNP" else form).lower()),)


def _lemma(form: str, pos: str) -> str:
    lemma = form.translate(_JAMO).lower()
    if pos in _PREDICATES and not lemma.endswith("다"):
        return lemma + "다"
    return lemma + "-" if pos == "XPN" else lemma


def _particle(form: str, pos: str) -> str:
    """Return the tag of a particle that Kiwi has taken into a name: 전선서, 러의; "" where there is none."""
    if len(form) == _SHORT_NAME and form[0] == "러":
        return _AFTER_NAME.get(form[1], "")
    return "JKB" if len(form) > _SHORT_NAME and form.endswith("서") and pos == "NNP" else ""


def _joints(form: str, pos: str = "") -> Iterator[int]:
    """Yield where a noun parts."""
    for hanja in _SINGLE.finditer(form):
        yield from hanja.span()
    if form in _WHOLE:
        return
    if _particle(form, pos):
        yield len(form) - 1
        form = form[:-1]
    head = sum(len(text) for text, _ in pair_parts(form)) if len(form) > 1 else 0
    if not head and (found := _HEAD.match(form) or _PREFIX.match(form)):
        head = found.end()
    if 0 < head < len(form):
        yield head
        yield from (head + joint for joint in _joints(form[head:]))
    elif tail := _TAIL.search(form):
        yield tail.start()


def _undotted(tokens: list[Token]) -> Iterator[Token]:
    """Leave out the dot of 북·러 and 한·미·일, so that they read as 북러 and 한미일 do."""
    shorts = frozenset(SHORT.values())
    for i, token in enumerate(tokens):
        between = 0 < i < len(tokens) - 1 and token.text in "·ㆍ・-"
        if between and len(tokens[i - 1].text) == len(tokens[i + 1].text) == 1:
            sides = {SHORT.get(side.text, side.text) for side in (tokens[i - 1], tokens[i + 1])}
            if sides <= shorts:
                continue
        yield _shortened(tokens, i)


def _shortened(tokens: list[Token], at: int) -> Token:
    """Give one syllable beside a dot the lemma of its country: 한·미."""
    token = tokens[at]
    beside = [tokens[i].text for i in (at - 1, at + 1) if 0 <= i < len(tokens)]
    joined = any(
        tokens[i].text in SHORT and tokens[i].pos in _NOMINAL and token.start in {tokens[i].end, tokens[i].start - 1}
        for i in (at - 1, at + 1)
        if 0 <= i < len(tokens)
    )
    if token.text in SHORT and token.pos in _NOMINAL and (joined or any(mark in "·ㆍ・" for mark in beside)):
        return Token(token.text, SHORT[token.text], token.start, token.end, "NNP")
    return token
