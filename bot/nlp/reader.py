"""Which positions does an item report?

    item | spell out, mask | gate | language | analyse the places found | names, cues | candidates | settle | readings
                           |                                                                          |
                           near? encoder: relevant? what does each sentence carry? ------------------ join
                                          without what is told again                                  origin, date

Refuses to do: it never raises for any text, never fetches, and keeps no memory between items: the same item gives
the same result.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta, timezone
from functools import partial

import structlog

from bot.collector import lasting
from bot.domain import Item, Reading, ReadResult, Storyline
from bot.nlp import languages
from bot.nlp.advising import advised
from bot.nlp.analysis import Language, Mention, Sentence
from bot.nlp.candidates import Candidate, Finder
from bot.nlp.capitals import Capitals
from bot.nlp.cues import CueBook
from bot.nlp.denying import denials
from bot.nlp.detect import detect
from bot.nlp.former import left_office
from bot.nlp.gate import Gate, GateResult
from bot.nlp.learned.advisor import Advisor
from bot.nlp.learned.denied import Deniable, Denied
from bot.nlp.learned.opinion import Opinion
from bot.nlp.learned.wished import Wished
from bot.nlp.lemmas import cutter
from bot.nlp.ownword import own_words
from bot.nlp.papers import Papers, known_papers
from bot.nlp.phrases import PhraseIndex
from bot.nlp.plain import Stretch, mask
from bot.nlp.polls import Polls
from bot.nlp.recalling import Recall
from bot.nlp.resolve import Resolver, mention_keys, take_up_names
from bot.nlp.scene import Scene, around
from bot.nlp.settle import settle, stated
from bot.nlp.spelling import spelled, written
from bot.nlp.strangers import Strangers
from bot.nlp.tenure import seated
from bot.nlp.toward import Toward
from bot.nlp.voices import voices

log = structlog.get_logger()

Credit = Callable[[Sentence, Sequence[Mention]], tuple[str, tuple[Mention, ...]]]
"""(sentence, mentions) → the paper that it credits, and the mentions that are no part of its name."""

CONFIDENCE_FLOOR = 0.5
"""Below it a reading of rules alone is kept for `why` and not acted on; the learned part brings its own."""

_KOREA = timezone(timedelta(hours=9))
_TITLE = 600
"""Characters of a title that are read; beyond that it is no title."""


@dataclass(frozen=True, slots=True)
class _Tongue:
    """What the reader needs of one language, built when its first item arrives."""

    language: Language
    index: PhraseIndex
    resolver: Resolver
    finder: Finder


class StorylineReader:
    """Reads items after one storyline; implements bot.ports.Reader.

    Args:
        storyline: what to look for.
        english_model: name of the spaCy package; "" for the language's own choice.
        advisor: the learned part; None for rules alone.

    Raises:
        ConfigError: a cue or topic of the storyline cannot be read.
    """

    def __init__(self, storyline: Storyline, english_model: str = "", advisor: Advisor | None = None) -> None:
        self._storyline = storyline
        self._advisor = advisor
        self._capitals = Capitals.of(storyline)
        self._papers = known_papers(storyline)
        self._polls = Polls(storyline)
        self._toward = Toward.of(storyline)
        self._deniable = Deniable.of(storyline.tracks)
        self._models = {"en": english_model}
        self._gate = Gate(storyline)  # reads every cue of every language, so that a wrong one is told at once
        self._tongues: dict[str, _Tongue] = {}

    def read(self, item: Item) -> ReadResult:
        """Return relevance and readings of one item; never raises for any text."""
        title, text = self._fields(item.title, item.text)
        gate = self._gate(title, text)
        if self._advisor is not None:
            return self._advised(self._advisor, item, title, text, gate)
        if not gate.passed:
            return ReadResult(item.id, gate.relevant, gate.reason, item.language)
        code = detect(title, text, item.language)
        recall = self._recall(code, item)
        scenes = self._scenes(code, item, title, recall.without(text), gate)
        fresh = recall.news(scenes)
        every = self._denied(fresh, code).read(self._candidates(fresh, code))
        every = self._wished(code, title).read(every)
        settled = settle(every, self._storyline.tracks)
        told = self._toward.told(settled, gate.named, title, text)
        asked = self._polls.credited(told, languages.crediting(code), title, text)
        language, wording = self._tongue(code).language, languages.advising(code)
        asked = advised(asked, every, scenes, language, wording, self._storyline.tracks)
        asked = left_office(asked, scenes, language, languages.former(code), self._storyline.tracks)
        return _result(item, gate.reason, code, asked, CONFIDENCE_FLOOR)

    def gate(self, title: str, text: str) -> GateResult:
        """Return what the gate finds; the sieve is trained on it."""
        return self._gate(*self._fields(title, text))

    def found(self, item: Item) -> tuple[GateResult, tuple[Candidate, ...]]:
        """Return what gate and rules find before anything is settled; the learned part is weighed against it."""
        title, text = self._fields(item.title, item.text)
        gate = self._gate(title, text)
        code = detect(title, text, item.language)
        return gate, self._candidates(self._scenes(code, item, title, text, gate), code) if gate.passed else ()

    def stated(self, item: Item) -> tuple[Reading, ...]:
        """Return what rules find the sentences of an item to state, be it news or what is known; for a baseline."""
        return tuple(_reading(candidate, item) for candidate in stated(self.found(item)[1]))

    def _fields(self, title: str, text: str) -> tuple[str, str]:
        """Return title and text as they are read: in plain letters, each of these in its place."""
        return self._capitals(mask(spelled(title)[:_TITLE])), self._capitals(mask(spelled(text)))

    def _advised(self, advisor: Advisor, item: Item, title: str, text: str, gate: GateResult) -> ReadResult:
        """Read with the learned part; it is asked before anything is parsed, for it is what most items end at."""
        if not gate.named:
            return ReadResult(item.id, False, gate.reason, item.language)
        if not advisor.near(title, text, gate.above, gate.below, topic=gate.relevant):
            return ReadResult(item.id, False, "far from the storyline", item.language)
        opinion = advisor.opinion(title, text, gate.places)
        relevant, sure = advisor.relevant(opinion, gate=gate.relevant)
        reason = f"{gate.reason}; learned: {sure:.2f} that it belongs to the storyline"
        if not relevant:
            return ReadResult(item.id, False, reason, item.language)
        return self._weighed(advisor, item, title, text, gate, opinion, reason)

    def _weighed(
        self, advisor: Advisor, item: Item, title: str, text: str, gate: GateResult, opinion: Opinion, reason: str
    ) -> ReadResult:
        """Read what belongs to the storyline, by rules and the learned part, without what is told again or denied.

        The title is always read by rules; of the text, what the gate found.
        """
        code = detect(title, text, item.language)
        recall = self._recall(code, item)
        if past := [how for unit in opinion.carrying() if (how := recall.known(unit))]:
            # a sentence is judged by its neighbours, too: what is no news must not be among them
            opinion = advisor.again([rest for unit in opinion.units if (rest := recall.rest(unit))])
            reason += f"; told again or of strangers, so no news: {', '.join(map(repr, past))}"
        text = recall.without(text)
        scenes = self._scenes(code, item, title, text, gate)
        if not gate.passed and any(map(languages.denying(code), (unit.text for unit in opinion.carrying()))):
            scenes = self._scenes(code, item, title, text, replace(gate, places=opinion.places()))
        fresh = recall.news(scenes)
        denied = self._denied(fresh, code)
        wished = self._wished(code, title)
        read = wished.read(denied.read(self._candidates(fresh, code)))
        opinion, made = advisor.undenied(opinion, denied, read)
        opinion = advisor.unwished(opinion, wished)
        every = (*read, *made)
        joined = denied.said(advisor.join(opinion, settle(every, self._storyline.tracks), every))
        joined = self._toward.told(joined, gate.named, title, text)
        if any(c.confidence >= advisor.floor for c in joined):
            # what the learned part alone has read is parsed only now, for who speaks in it
            if not gate.passed:
                scenes = self._scenes(code, item, title, text, replace(gate, places=opinion.places()))
            language = self._tongue(code).language
            credited = advisor.credit(joined, opinion, every, voices(language, scenes))
            credited = self._polls.credited(credited, languages.crediting(code), title, text)
            credited = advised(credited, every, scenes, language, languages.advising(code), self._storyline.tracks)
            joined = seated(credited, scenes, language, self._storyline.tracks)
            joined = own_words(joined, scenes, language, self._storyline.tracks)
            joined = left_office(joined, scenes, language, languages.former(code), self._storyline.tracks)
        return _result(item, reason, code, joined, advisor.floor)

    def _recall(self, code: str, item: Item) -> Recall:
        """Return what finds in an item what is no news of the storyline."""
        wording = languages.strangers(code)
        return Recall(languages.retelling(code), _day(item), Strangers(wording, self._gate) if wording else None)

    def _tongue(self, code: str) -> _Tongue:
        if code not in self._tongues:
            with lasting():
                language = languages.load(code, self._models.get(code, ""))
                lemmas = cutter(language)
                cues = CueBook(self._storyline, code, lemmas)
                resolver = Resolver(self._storyline, code, lemmas)
                index = PhraseIndex((*cues.phrases, *resolver.phrases))
                self._tongues[code] = _Tongue(language, index, resolver, Finder(self._storyline, language, cues))
        return self._tongues[code]

    def _denied(self, scenes: Sequence[Scene], code: str) -> Denied:
        """Return what the sentences deny."""
        return Denied(self._deniable, tuple(denials(languages.denying(code), scenes)))

    def _wished(self, code: str, title: str) -> Wished:
        """Return what finds in an item what is only wished of a holder."""
        return Wished(languages.wishing(code), self._gate.holders, title)

    def _candidates(self, scenes: Sequence[Scene], code: str) -> tuple[Candidate, ...]:
        """Return what the rules find in the sentences."""
        return tuple(found for scene in scenes for found in self._tongue(code).finder.candidates(scene))

    def _scenes(self, code: str, item: Item, title: str, text: str, gate: GateResult) -> tuple[Scene, ...]:
        """Return the sentences of the title and the gate's places, with what stands in them."""
        tongue = self._tongue(code)
        sentences = tuple(_analysed(tongue.language, title, text, gate.places))
        papers = Papers(languages.crediting(code), self._papers, item.publisher)
        credit = partial(papers.credited, title=title, text=text)
        return tuple(_scenes(tongue, sentences, _day(item), gate.named, credit))


def _scenes(
    tongue: _Tongue, sentences: Sequence[Sentence], day: date | None, named: frozenset[str], credit: Credit
) -> Iterator[Scene]:
    found = [tongue.index.find(sentence.tokens) for sentence in sentences]
    credited = [
        credit(sentence, tongue.resolver.mentions(sentence, here, day, named))
        for sentence, here in zip(sentences, found, strict=True)
    ]
    mentions = take_up_names(sentences, [some for _, some in credited])
    item = frozenset(key for here in found for key in here) | frozenset(
        key for some in mentions for key in mention_keys(some)
    )
    holders = around(mentions)
    before: Mention | None = None
    for sentence, here, some, (paper, _) in zip(sentences, found, mentions, credited, strict=True):
        others = tongue.resolver.others(sentence, here, day)
        yield Scene(sentence, some, {**here, **mention_keys(some)}, item, holders, before, others, paper)
        before = next((mention for mention in some if mention.voice and mention.holder), before)


def _result(item: Item, reason: str, code: str, candidates: Iterable[Candidate], floor: float) -> ReadResult:
    """Tell apart what is acted on and what is kept for `why`; only relevant items come here."""
    readings = [_reading(candidate, item) for candidate in candidates]
    sure, doubtful = ([r for r in readings if (r.confidence >= floor) is over] for over in (True, False))
    return ReadResult(item.id, True, reason, code, tuple(sure), tuple(doubtful))


def _analysed(language: Language, title: str, text: str, places: Sequence[Stretch]) -> Iterator[Sentence]:
    """Yield the sentences of the title and of the places found, with offsets in their field."""
    fields = ((title, True), *((text[start:end], False) for start, end in places))
    for start, sentences in zip((0, *(start for start, _ in places)), language.analyse_all(fields), strict=True):
        for sentence in sentences:
            yield _moved(sentence, start)


def _moved(sentence: Sentence, by: int) -> Sentence:
    if not by:
        return sentence
    tokens = tuple(replace(token, start=token.start + by, end=token.end + by) for token in sentence.tokens)
    return replace(sentence, start=sentence.start + by, tokens=tokens, index=sentence.index + 1)


def _reading(candidate: Candidate, item: Item) -> Reading:
    """Quote the field itself, not its masked copy."""
    sentence = candidate.sentence
    field = item.title if sentence.title else item.text
    return Reading(
        track=candidate.track,
        holder=candidate.holder,
        rung=candidate.rung,
        by=candidate.by,
        quote=written(field, sentence.start, sentence.start + len(sentence.text)).strip(),
        confidence=round(candidate.confidence, 3),
        origin=candidate.origin,
        trace=candidate.trace,
    )


def _day(item: Item) -> date | None:
    """Return the day by which offices are resolved; they change hands in Korean time."""
    if item.date is None:
        return None
    try:
        return (item.date.astimezone(_KOREA) if item.date.tzinfo else item.date).date()
    except OverflowError:  # the last hours of the calendar are none in Korea
        return item.date.date()
