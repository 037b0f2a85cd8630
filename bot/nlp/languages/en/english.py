"""English as the reader needs it: spaCy parses, judge.py and who.py answer.

Refuses to do: it knows no holder, no track and no cue.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bot.nlp.analysis import Attribution, Field, Judgement, Mention, Sentence, Token, Trigger
from bot.nlp.languages.en.judge import judge
from bot.nlp.languages.en.parsing import Parse, Parser, load
from bot.nlp.languages.en.tree import Tree
from bot.nlp.languages.en.who import agent, attribution
from bot.nlp.plain import goes_on

_PIECE = re.compile(r"[^\n;\s][^\n;]{24,}(?=;\s+[^\n;]{25})|[^\n;\s][^\n]*")
"""A line, or the parts of one that semicolons cut into headlines of their own."""
_BLANKS = re.compile(r"\s\s")
_LONGEST = 2_000
"""Characters parsed at once; a longer stretch without a line break is no prose."""


class English:
    """Implements bot.nlp.analysis.Language.

    Args:
        parse: spaCy with tagger, parser and lemmatizer.
    """

    code = "en"

    def __init__(self, parse: Parser) -> None:
        self.analyser = parse.analyser
        self._parse = parse
        self._last: tuple[Sentence, Tree] | None = None

    @classmethod
    def load(cls, model: str = "") -> English:
        """Load the model package; ConfigError when it is not installed."""
        return cls(Parser(load(model)))

    def analyse(self, text: str, *, title: bool) -> tuple[Sentence, ...]:
        """Split a field into parsed sentences; a title is one sentence, however it is punctuated."""
        return self.analyse_all(((text, title),))[0]

    def analyse_all(self, fields: Sequence[Field]) -> tuple[tuple[Sentence, ...], ...]:
        """Split several fields, all parsed together."""
        pieces = [(at, start, piece) for at, (text, _) in enumerate(fields) for start, piece in _pieces(text)]
        squeezed = [_squeezed(piece) for _, _, piece in pieces]
        found: list[list[Sentence]] = [[] for _ in fields]
        parses = self._parse([text for text, _ in squeezed]) if pieces else []
        for (at, start, piece), (text, places), parse in zip(pieces, squeezed, parses, strict=True):
            mine, title = found[at], fields[at][1]
            moved = range(start, start + len(piece)) if len(places) == len(piece) else [start + p for p in places]
            for first, last in [(0, len(parse.forms))] if title else _whole(parse, text):
                sentence = _sentence(parse, first, last, piece, moved, title, len(mine))
                if sentence:
                    mine.append(sentence)
        return tuple(tuple(sentences) for sentences in found)

    def lemmas(self, term: str) -> tuple[str, ...]:
        """Cut a term into words; cues are written in dictionary forms already."""
        return self._parse.words(term)

    def judge(self, sentence: Sentence, trigger: Trigger) -> Judgement:
        """Return how factual the sentence makes the event."""
        return judge(self._tree(sentence), trigger)

    def agent(self, sentence: Sentence, trigger: Trigger, mentions: Sequence[Mention]) -> Mention | None:
        """Return whose act the event is."""
        return agent(self._tree(sentence), trigger, mentions)

    def attribution(self, sentence: Sentence, trigger: Trigger, mentions: Sequence[Mention]) -> Attribution:
        """Return who says so."""
        return attribution(self._tree(sentence), trigger, mentions)

    def _tree(self, sentence: Sentence) -> Tree:
        """Return the tree of a sentence; all that is asked of one is asked in a row."""
        if self._last is None or self._last[0] is not sentence:
            self._last = (sentence, Tree(sentence))
        return self._last[1]


def _pieces(text: str) -> Iterator[tuple[int, str]]:
    for found in _PIECE.finditer(text):
        for start in range(found.start(), found.end(), _LONGEST):
            yield start, text[start : min(start + _LONGEST, found.end())]


def _squeezed(piece: str) -> tuple[str, Sequence[int]]:
    """Return the text with runs of blanks as one, which the parser expects, and where each character came from."""
    if not _BLANKS.search(piece):
        return piece, range(len(piece))
    places = [i for i, char in enumerate(piece) if not (char.isspace() and piece[i - 1 : i].isspace())]
    return "".join(piece[i] for i in places), places


def _whole(parse: Parse, text: str) -> Iterator[tuple[int, int]]:
    """Yield the parser's sentences; those that it cuts after an abbreviation are one, as they are for the gate."""
    begun = 0
    for _, last in parse.sentences:
        after = parse.places[last] if last < len(parse.places) else len(text)
        end = len(text[:after].rstrip())
        if last < len(parse.places) and goes_on(text, end, after, parse.places[begun]):
            continue
        yield begun, last
        begun = last


def _sentence(
    parse: Parse, first: int, last: int, piece: str, places: Sequence[int], title: bool, index: int
) -> Sentence | None:
    written = [i for i in range(first, last) if not parse.forms[i].blank]
    if not written:
        return None
    order = {i: at for at, i in enumerate(written)}
    tokens = tuple(_token(parse, i, places, order.get(parse.heads[i], at)) for at, i in enumerate(written))
    start, end, origin = tokens[0].start, tokens[-1].end, places[0]
    return Sentence(piece[start - origin : end - origin], start, tokens, title, index)


def _token(parse: Parse, i: int, places: Sequence[int], head: int) -> Token:
    form, start = parse.forms[i], parse.places[i]
    end = places[start + len(form.text) - 1] + 1
    return Token(form.text, form.lemma, places[start], end, form.pos, head, form.dep, form.morph)
