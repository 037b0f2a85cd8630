"""Where does a sentence end, and which words is it made of?

News has its own marks: a dateline before the first sentence, initials, abbreviations, dates with points, emoji,
"Читать далее" tails. Every span is exact, because a reading quotes it.

Refuses to do: no repair of the text; what is cut is cut by offsets.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.nlp.analysis import Sentence, Token
from bot.nlp.slavic.morphology import Morphology

_TOKEN = re.compile(
    r"\d+(?:[.,:]\d+)*(?:-?[а-яіїєґ]{1,3}\b)?"  # 1,5  155-мм  2022-го
    r"|[^\W\d_]+(?:['’ʼ`\u2010\u2011\u00ad-][^\W_]+)*"  # вице-премьер  об'єднання  К-9
    r"|\.{3}|[^\w\s]",
)
_BREAK = re.compile(r"[.!?…]+[»”\")\]]*(?=\s+[^\sа-яёіїєґa-z]|\s*$)|\n+")
_ABBREVIATED = re.compile(
    r"(?:^|[\s(«\"])(?:[А-ЯЁІЇЄҐA-Z]|г|гг|р|рр|ст|п|тыс|тис|млн|млрд|трлн|им|ім|т|тт|кв|просп|ул|вул|см|др|проч|т\.д|т\.п"
    r"|ок|прим|акад|проф|ген|полк|чел|экз|руб|грн|дол|долл|напр|ин|обл|р-н|тел|мин|хв|сек|рис|табл|сб|ред|нач|зам|гл)$"
)
_DATELINE = re.compile(
    r"^\s*[А-ЯЁІЇЄҐA-Z][А-ЯЁІЇЄҐA-Z/,. -]{2,40}"  # СЕУЛ/МОСКВА
    r"(?:[,.]?\s*\d{1,2}(?:\.\d{2}(?:\.\d{2,4})?|\s+[а-яіїє]{3,9}))?"  # , 20 июня  , 22.10
    r"\s*[.:—–-]+\s*(?:/?[А-ЯЁІЇЄҐа-яёіїєґ\w ]{2,20}/?\.?\s*[—–-]\s*|/[^/]{2,25}/\.?\s*)?"  # /ТАСС/.  РИА Новости -
)
_LONGEST = 1_500
"""A "sentence" without an end, such as a table, is cut here: cost must stay linear in length."""


def sentence_spans(text: str) -> Iterator[tuple[int, int]]:
    """Yield (start, end) of every sentence of a field, in order, without the space around them."""
    start = 0
    dateline = _DATELINE.match(text[:120])
    if dateline and dateline.end() < len(text) and any(c.isdigit() or c in "/—–" for c in dateline[0]):
        yield from _trimmed(text, 0, dateline.end())
        start = dateline.end()
    for mark in _BREAK.finditer(text, start):
        if (
            mark[0][0] == "."
            and mark.end() < len(text)
            and _ABBREVIATED.search(text[max(start, mark.start() - 8) : mark.start()])
        ):
            continue
        yield from _trimmed(text, start, mark.end())
        start = mark.end()
    yield from _trimmed(text, start, len(text))


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for left in range(start, end, _LONGEST):
        right = min(left + _LONGEST, end)
        piece = text[left:right]
        lead = len(piece) - len(piece.lstrip())
        if stripped := piece.strip():
            yield left + lead, left + lead + len(stripped)


def tokenise(text: str, start: int, morphology: Morphology) -> tuple[Token, ...]:
    """Return the tokens of one sentence.

    Args:
        start: offset of the sentence in its field; tokens carry offsets in the field.
    """
    return tuple(_token(match, start, morphology) for match in _TOKEN.finditer(text))


def _token(match: re.Match[str], start: int, morphology: Morphology) -> Token:
    form, begin, end = match[0], start + match.start(), start + match.end()
    if form[0].isdigit():
        return Token(form, form.lower(), begin, end, "NUM")
    if not form[0].isalpha():
        return Token(form, form, begin, end, "PUNCT")
    word = morphology.word(form)
    return Token(form, word.lemma, begin, end, word.pos, morph=word.morph)


def cut(text: str, morphology: Morphology, *, title: bool) -> tuple[Sentence, ...]:
    """Return the sentences of a field with their tokens."""
    return tuple(
        Sentence(text[begin:end], begin, tokenise(text[begin:end], begin, morphology), title, i)
        for i, (begin, end) in enumerate(sentence_spans(text))
    )
