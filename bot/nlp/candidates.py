"""Which positions does one sentence report?

Every cue that holds gives an event; the language says how factual the sentence makes it, whose act it is and who
says so; the frame's ladder turns that into a rung. What remains open (which of several to believe, title against
body) is settled over the whole item in settle.py.

Refuses to do: it looks at one sentence, with nothing of its neighbours but the keys found in the item.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache, partial

from bot.domain import By, EventFrame, Factuality, Register, Storyline, Track
from bot.nlp.analysis import Attribution, Judgement, Language, Sentence, Trigger
from bot.nlp.cues import CueBook, CueHit
from bot.nlp.phrases import Span
from bot.nlp.scene import Scene
from bot.nlp.whose import Act, whose

_NEGATIVE = frozenset({Factuality.REFUSED, Factuality.NEGATED, Factuality.DENIED})

_IDIOM = 0.75
"""Confidence of a cue that itself says how factual the event is, however little the grammar shows."""


_DOUBTFUL = 0.1
"""Confidence that is left of what is doubted, for `why`."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A position that a sentence may report.

    Args:
        origin: speaker, holder or paper that it comes from, "" where the sentence names none.
        trigger: place of the event in the sentence, for telling events of one sentence apart.
        plain: the sentence says it in words that allow no other rung of the frame.
    """

    track: str
    frame: str
    rung: str
    holder: str
    by: By
    origin: str
    confidence: float
    sentence: Sentence
    trigger: Span
    trace: tuple[str, ...]
    plain: bool = False


def doubtful(candidate: Candidate, why: str) -> Candidate:
    """Return a candidate that is kept for `why` and not acted on."""
    trace = (*candidate.trace, f"doubtful: {why}")
    return replace(candidate, confidence=min(candidate.confidence, _DOUBTFUL), trace=trace)


class Finder:
    """Finds candidates with the cues and the grammar of one language."""

    def __init__(self, storyline: Storyline, language: Language, cues: CueBook) -> None:
        self._tracks = {track.id: track for track in storyline.tracks}
        self._kinds = {speaker.id: speaker.kind for speaker in storyline.speakers}
        self._experts = {holder.id for holder in storyline.holders if holder.kind == "experts"}
        self._publics = {holder.id for holder in storyline.holders if holder.kind == "public"}
        self._language = language
        self._cues = cues

    def candidates(self, scene: Scene) -> Iterator[Candidate]:
        """Yield a candidate for each (cue, holder) that gives a rung."""
        # many cues share a trigger, and the grammar says the same of it to each of them
        judge = cache(lambda trigger: self._language.judge(scene.sentence, trigger))
        attribute = cache(lambda trigger: self._language.attribution(scene.sentence, trigger, scene.mentions))
        agent = cache(lambda trigger: self._language.agent(scene.sentence, trigger, scene.mentions))
        for hit in self._cues.hits(scene.sentence.tokens, scene.found, scene.item):
            judgement = judge(hit.trigger)
            if not judgement.current:
                continue
            factuality = hit.cue.read_as(judgement.factuality)
            rung = hit.frame.rungs.get(factuality)
            if rung is None:
                continue
            source = attribute(hit.trigger)
            if source.named_before and source.mention is None:
                source = replace(source, mention=scene.before)
            track = self._tracks[hit.track]
            if hit.frame.covert and factuality in _NEGATIVE and not (_deed(track, rung) or _own_word(track, source)):
                continue
            for holder in whose(Act(track, hit, factuality, source), scene, partial(agent, hit.trigger)):
                yield self._candidate(track, hit, rung, holder, factuality, judgement, source, scene)

    def _candidate(
        self,
        track: Track,
        hit: CueHit,
        rung: str,
        holder: str,
        factuality: Factuality,
        judgement: Judgement,
        source: Attribution,
        scene: Scene,
    ) -> Candidate:
        by = self._by(holder, hit.frame, source, scene)
        trace = (
            f"sentence: {scene.sentence.text.strip()[:160]}",
            f"event: {hit.frame.id} ({_words(scene.sentence, hit.trigger)!r}, cue {hit.cue.source!r})",
            *judgement.steps,
            f"holder: {holder}",
            *(source.steps or ("source: the article itself",)),
            *((f"credited: {scene.paper}",) if scene.paper and not _origin(source) else ()),
            f"rule: {hit.frame.id} {factuality} → {track.id}/{rung}, {by}",
        )
        return Candidate(
            track=track.id,
            frame=hit.frame.id,
            rung=rung,
            holder=holder,
            by=by,
            origin=_origin(source) or scene.paper,
            confidence=max(judgement.certainty, _IDIOM) if hit.cue.factuality is factuality else judgement.certainty,
            sentence=scene.sentence,
            trigger=(hit.trigger.first, hit.trigger.last),
            trace=trace,
            plain=judgement.plain or (hit.cue.plain and hit.cue.factuality is factuality),
        )

    def _by(self, holder: str, frame: EventFrame, source: Attribution, scene: Scene) -> By:
        if holder in self._publics:
            return By.REPORTED
        if source.analyst or (holder in self._experts and frame.spoken and not source.mention):
            return By.ANALYST
        speaker = source.mention
        if speaker is not None and self._kinds.get(speaker.speaker) not in {"agency", "media"}:
            if self._kinds.get(speaker.speaker) == "thinktank":
                return By.ANALYST
            return By.OFFICIAL if speaker.holder == holder else By.REPORTED
        if source.unnamed or (scene.paper and speaker is None):
            return By.REPORTED
        own_agency = any(m.speaker and m.holder == holder for m in scene.mentions)
        return By.REPORTED if frame.covert and not own_agency else By.OFFICIAL


def _deed(track: Track, rung: str) -> bool:
    """Tell whether a rung is something done: troops that have not left are there, whoever says so."""
    return track.rung(rung).register is Register.DEED


def _own_word(track: Track, source: Attribution) -> bool:
    """Tell whether one of the track's own holders says so: of what is covert, nobody else can deny it."""
    return source.mention is not None and not source.mention.speaker and source.mention.holder in track.holders


def _origin(source: Attribution) -> str:
    return (source.mention.speaker or source.mention.holder) if source.mention else ""


def _words(sentence: Sentence, trigger: Trigger) -> str:
    return " ".join(token.text for token in sentence.tokens[trigger.first : trigger.last + 1])
