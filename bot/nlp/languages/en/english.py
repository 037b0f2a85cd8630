"""English as the reader needs it: spaCy parses, judge.py and who.py answer.

Refuses to do: it knows no holder, no track and no cue.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from spacy.language import Language as Pipeline
from spacy.tokens import Doc, Span
from spacy.tokens import Token as SpacyToken

from bot.nlp.analysis import Attribution, Field, Judgement, Mention, Sentence, Token, Trigger
from bot.nlp.languages.en import parsing
from bot.nlp.languages.en.judge import judge
from bot.nlp.languages.en.tree import Tree
from bot.nlp.languages.en.who import agent, attribution

_PIECE = re.compile(r"[^\n;\s][^\n;]{24,}(?=;\s+[^\n;]{25})|[^\n;\s][^\n]*")
"""A line, or the parts of one that semicolons cut into headlines of their own."""
_LONGEST = 2_000
"""Characters parsed at once; a longer stretch without a line break is no prose."""


class English:
    """Implements bot.nlp.analysis.Language.

    Args:
        pipeline: spaCy with tagger, parser and lemmatizer.
    """

    code = "en"

    def __init__(self, pipeline: Pipeline) -> None:
        self._pipeline = pipeline

    @classmethod
    def load(cls, model: str = "") -> English:
        """Load the model package; ConfigError when it is not installed."""
        return cls(parsing.load(model))

    def analyse(self, text: str, *, title: bool) -> tuple[Sentence, ...]:
        """Split a field into parsed sentences; a title is one sentence, however it is punctuated."""
        return self.analyse_all(((text, title),))[0]

    def analyse_all(self, fields: Sequence[Field]) -> tuple[tuple[Sentence, ...], ...]:
        """Split several fields, all parsed together."""
        pieces = [(at, start, piece) for at, (text, _) in enumerate(fields) for start, piece in _pieces(text)]
        squeezed = [_squeezed(piece) for _, _, piece in pieces]
        found: list[list[Sentence]] = [[] for _ in fields]
        docs = parsing.parsed(self._pipeline, [text for text, _ in squeezed]) if pieces else ()
        for (at, start, piece), (_, places), doc in zip(pieces, squeezed, docs, strict=True):
            mine, title = found[at], fields[at][1]
            moved = [start + place for place in places]
            for span in [doc[:]] if title else doc.sents:
                sentence = _sentence(span, piece, moved, title, len(mine))
                if sentence:
                    mine.append(sentence)
        return tuple(tuple(sentences) for sentences in found)

    def lemmas(self, term: str) -> tuple[str, ...]:
        """Cut a term into words; cues are written in dictionary forms already."""
        return tuple(token.lower_ for token in self._pipeline.tokenizer(term) if not token.is_space)

    def judge(self, sentence: Sentence, trigger: Trigger) -> Judgement:
        """Return how factual the sentence makes the event."""
        return judge(_tree(sentence), trigger)

    def agent(self, sentence: Sentence, trigger: Trigger, mentions: Sequence[Mention]) -> Mention | None:
        """Return whose act the event is."""
        return agent(_tree(sentence), trigger, mentions)

    def attribution(self, sentence: Sentence, trigger: Trigger, mentions: Sequence[Mention]) -> Attribution:
        """Return who says so."""
        return attribution(_tree(sentence), trigger, mentions)


@lru_cache(maxsize=64)
def _tree(sentence: Sentence) -> Tree:
    return Tree(sentence)


def _pieces(text: str) -> Iterator[tuple[int, str]]:
    for found in _PIECE.finditer(text):
        for start in range(found.start(), found.end(), _LONGEST):
            yield start, text[start : min(start + _LONGEST, found.end())]


def _squeezed(piece: str) -> tuple[str, list[int]]:
    """Return the text with runs of blanks as one, which the parser expects, and where each character came from."""
    places = [i for i, char in enumerate(piece) if not (char.isspace() and piece[i - 1 : i].isspace())]
    return "".join(piece[i] for i in places), places


def _lemma(spoken: SpacyToken) -> str:
    """Return the dictionary form; "given" before a noun is a preposition: nobody gives anything there."""
    if spoken.lower_ == "given" and spoken.dep_ == "prep":
        return "given"
    return spoken.lemma_.lower() or spoken.lower_


def _sentence(span: Span | Doc, piece: str, places: Sequence[int], title: bool, index: int) -> Sentence | None:
    tokens = [token for token in span if not token.is_space]
    if not tokens:
        return None
    order = {token.i: i for i, token in enumerate(tokens)}
    made = tuple(
        Token(
            text=token.text,
            lemma=_lemma(token),
            start=places[token.idx],
            end=places[token.idx + len(token.text) - 1] + 1,
            pos=token.pos_,
            head=order.get(token.head.i, i),
            dep=token.dep_,
            morph=f"{token.tag_}|{token.morph}",
        )
        for i, token in enumerate(tokens)
    )
    first, last, origin = made[0].start, made[-1].end, places[0]
    return Sentence(piece[first - origin : last - origin], first, made, title, index)
