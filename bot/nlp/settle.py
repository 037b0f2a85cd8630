"""Which of an item's candidates does it report as its news?

One reading for a (track, holder, rung), with the sentence that carries it best; where one sentence gives two
answers to one question of one track, the surer one.

Refuses to do: no grammar, no ledger: two rungs that an item does report both stay.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from bot.domain import By, Register, Track
from bot.nlp.candidates import Candidate

ASIDE = 0.6
"""Confidence up to which a position counts as said aside: in a clause that modifies something else."""


def settle(candidates: Iterable[Candidate], tracks: Sequence[Track]) -> tuple[Candidate, ...]:
    """Return one candidate for each (track, holder, rung), in the order of tracks and ladders."""
    groups: dict[tuple[str, str, str], list[Candidate]] = defaultdict(list)
    for candidate in _one_answer_each(_without_asides(list(candidates))):
        groups[candidate.track, candidate.rung, candidate.holder].append(candidate)
    chosen = _body_before_title([max(group, key=_strength) for group in groups.values()], tracks)
    chosen = _furthest_deed(chosen, tracks)
    told = {c.track for c in chosen}
    rungs = [(track.id, rung.id) for track in tracks if track.id in told for rung in track.rungs]
    return tuple(sorted(chosen, key=lambda c: rungs.index((c.track, c.rung))))


def stated(candidates: Iterable[Candidate]) -> tuple[Candidate, ...]:
    """Return what sentences state, whether or not it is the item's news: one for each (sentence, track, rung, holder).

    What is said aside counts where nothing is said outright on its track, or the same.
    """
    every = list(candidates)
    outright = {(c.track, c.rung) for c in every if c.confidence > ASIDE}
    tracks = {track for track, _ in outright}
    best: dict[tuple[bool, int, str, str, str], Candidate] = {}
    for c in _one_answer_each(c for c in every if c.track not in tracks or (c.track, c.rung) in outright):
        place = c.sentence.title, c.sentence.start, c.track, c.rung, c.holder
        if place not in best or c.confidence > best[place].confidence:
            best[place] = c
    return tuple(best.values())


def _body_before_title(chosen: list[Candidate], tracks: Sequence[Track]) -> list[Candidate]:
    """Drop the word that only the title says where the body gives another one: it is more exact. Deeds stay."""
    words = {track.id for track in tracks if not track.deeds_outrank_words}
    answered = {(c.track, c.holder) for c in chosen if not c.sentence.title and c.track in words}
    deeds = {(track.id, rung.id) for track in tracks for rung in track.rungs if rung.register is Register.DEED}
    return [
        c for c in chosen if not c.sentence.title or (c.track, c.holder) not in answered or (c.track, c.rung) in deeds
    ]


def _furthest_deed(chosen: list[Candidate], tracks: Sequence[Track]) -> list[Candidate]:
    """Drop deeds short of the furthest where a deed implies those below it: who fights has been deployed."""
    implied: set[tuple[str, str]] = set()
    for track in (track for track in tracks if track.deeds_outrank_words):
        deeds = [r.id for r in track.rungs if r.register is Register.DEED and not r.reversal]
        done = [rung for rung in deeds if any((c.track, c.rung) == (track.id, rung) for c in chosen)]
        implied.update((track.id, rung) for rung in done[:-1])
    return [c for c in chosen if (c.track, c.rung) not in implied]


def _one_answer_each(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Keep of one frame in one sentence what is surest; equals stay together (several holders)."""
    groups: dict[tuple[bool, int, str, str], list[Candidate]] = defaultdict(list)
    for c in candidates:
        groups[c.sentence.title, c.sentence.start, c.track, c.frame].append(c)
    kept: list[Candidate] = []
    for group in groups.values():
        best = max(group, key=lambda c: (c.confidence, -c.trigger[0], c.plain))
        kept.extend(c for c in group if c.rung == best.rung)
    return kept


def _without_asides(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Drop what is said aside where the item says something outright on the same track."""
    outright = {c.track for c in candidates if c.confidence > ASIDE}
    return [c for c in candidates if c.confidence > ASIDE or c.track not in outright]


def _strength(candidate: Candidate) -> tuple[float, bool, bool, int]:
    """Rank sentences that say the same: the surer first, a body sentence before the title, the earlier first."""
    return (
        round(candidate.confidence, 1),
        not candidate.sentence.title,
        candidate.by is By.OFFICIAL,
        -candidate.sentence.start,
    )
