"""What storyline is watched?

Reads config/storyline.yml and config/history.yml into one Storyline, or tells every mistake in them at once.

Refuses to do: patterns of cues are taken as they stand; the reader compiles and judges them.
"""

from __future__ import annotations

from pathlib import Path

from bot.domain import EventFrame, Holder, PastMove, Person, Rung, Speaker, Storyline, Track
from config.checks import check_history, check_storyline
from config.folder import find
from config.shapes import (
    EventShape,
    HistoryShape,
    HolderShape,
    MoveShape,
    RungShape,
    StorylineShape,
    TrackShape,
)
from config.yamlfile import fit, read_yaml


def load_storyline(directory: Path | None = None) -> Storyline:
    """Read and check the storyline, with baseline and history as its past.

    Args:
        directory: overrides the shipped files one by one; None for those that ship.

    Raises:
        ConfigError: with every mistake of the first file that has any, one a line.
    """
    document = read_yaml(find("storyline.yml", directory))
    shape = fit(document, StorylineShape)
    if shape:
        check_storyline(document, shape)
    document.settle()
    assert shape is not None, "what does not fit has been told"
    history_document = read_yaml(find("history.yml", directory))
    history = fit(history_document, HistoryShape)
    if history:
        check_history(history_document, history, shape.tracks)
    history_document.settle()
    assert history is not None, "what does not fit has been told"
    return _storyline(shape, history)


def _storyline(shape: StorylineShape, history: HistoryShape) -> Storyline:
    past = [*(_past_move(move) for move in history.moves), *_baseline(shape)]
    return Storyline(
        id=shape.id,
        title=shape.title,
        baseline_day=shape.baseline_day,
        tracks=tuple(_track(name, track) for name, track in shape.tracks.items()),
        holders=tuple(_holder(name, holder) for name, holder in shape.holders.items()),
        speakers=tuple(
            Speaker(id=name, kind=speaker.kind, aliases=speaker.aliases, holder=speaker.holder or "")
            for name, speaker in shape.speakers.items()
        ),
        terms=shape.terms,
        topics=shape.topics,
        past=tuple(sorted(past, key=lambda move: move.day)),
    )


def _track(name: str, shape: TrackShape) -> Track:
    return Track(
        id=name,
        title=shape.title,
        question=shape.question,
        holders=shape.holders,
        rungs=tuple(_rung(rung_name, rung) for rung_name, rung in shape.rungs.items()),
        events=tuple(_event(event_name, event) for event_name, event in shape.events.items()),
        alerts=shape.alerts,
        deeds_outrank_words=shape.deeds_outrank_words,
        baseline={holder: position.rung for holder, position in shape.baseline.positions.items()},
        voices=shape.voices,
        toward=shape.toward,
    )


def _rung(name: str, shape: RungShape) -> Rung:
    return Rung(
        id=name,
        register=shape.register_,
        label=shape.label,
        now=shape.now,
        before=shape.before,
        quiet=shape.quiet,
        reversal=shape.reversal,
        confirms=shape.confirms,
        falsifies=shape.falsifies,
    )


def _event(name: str, shape: EventShape) -> EventFrame:
    return EventFrame(
        id=name,
        agents=shape.agents,
        rungs=shape.rungs,
        cues=shape.cues,
        default_agent=shape.default_agent or "",
        covert=shape.covert,
        spoken=shape.spoken,
    )


def _holder(name: str, shape: HolderShape) -> Holder:
    people = [
        Person(
            id=person_name if len(person.terms) == 1 else f"{person_name}:{term.office}",
            names=person.names,
            office=term.office,
            since=term.since,
            until=term.until,
        )
        for person_name, person in shape.people.items()
        for term in person.terms
    ]
    return Holder(
        id=name,
        kind=shape.kind,
        names=shape.names,
        aliases=shape.aliases,
        offices=shape.offices,
        implied=shape.implied,
        people=tuple(people),
    )


def _past_move(shape: MoveShape) -> PastMove:
    note = f"{shape.note} (the day is approximate)" if shape.about else shape.note
    return PastMove(day=shape.day, track=shape.track, holder=shape.holder, rung=shape.rung, note=note)


def _baseline(shape: StorylineShape) -> list[PastMove]:
    return [
        PastMove(
            day=shape.baseline_day,
            track=track_name,
            holder=holder,
            rung=position.rung,
            note="; ".join(f"article {e.article}, paragraph {e.paragraph}: {e.says}" for e in position.evidence),
            baseline=True,
        )
        for track_name, track in shape.tracks.items()
        for holder, position in track.baseline.positions.items()
    ]
