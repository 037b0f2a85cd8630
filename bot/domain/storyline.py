"""What is the storyline that is watched, as a value?

Tracks with their ladders, holders with their names, the baseline and the history: all of it is read from
config/storyline.yml and config/history.yml by config/storyline.py, which also checks it. Another team writes
another storyline without touching code.

Refuses to do: no file is read here and nothing is validated beyond what the types say.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from bot.domain.scales import Register


class Factuality(StrEnum):
    """What a text says of an event: polarity, modality, condition and time in one word (FactBank's idea)."""

    DONE = "done"
    """It happens or has happened: sent, signed, condemned, warned."""
    DECIDED = "decided"
    """It will happen, or has been decided, ordered, promised without a condition."""
    CONDITIONAL = "conditional"
    """It will happen once a named condition is met."""
    CONSIDERED = "considered"
    """It is being considered, reviewed, discussed; the act itself is left open."""
    POSSIBLE = "possible"
    """It may, could or is expected to happen; not ruled out."""
    REFUSED = "refused"
    """It will not happen; there is no plan to."""
    NEGATED = "negated"
    """It has not happened."""
    DENIED = "denied"
    """Somebody accused of it, or speaking for them, denies it or calls it false."""
    ENDED = "ended"
    """It has stopped or been undone."""


@dataclass(frozen=True, slots=True)
class Rung:
    """One answer on a track's ladder.

    Args:
        quiet: what holders say between moves; shown in the brief, never told.
        reversal: a named reversal, which alone undoes a deed; it stands beside the ladder.
        label: language → short name on the drawn ladder.
        now: language → predicate of "South Korea now …": "says it is reviewing arms for Ukraine".
        before: language → predicate of "it … before": "ruled them out".
        confirms, falsifies: language → what would confirm or falsify it, in one clause.
    """

    id: str
    register: Register
    label: Mapping[str, str]
    now: Mapping[str, str]
    before: Mapping[str, str]
    quiet: bool = False
    reversal: bool = False
    confirms: Mapping[str, str] = field(default_factory=dict)
    falsifies: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class EventFrame:
    """One kind of event that a track is about, and what each factuality of it says on the ladder.

    Args:
        agents: holders whose act it is; the reading's holder is one of them.
        rungs: factuality → rung id. A factuality that is absent gives no reading.
        cues: language → patterns in the notation of bot/nlp/cues.py.
        default_agent: holder to take where the text names no agent; "" for none.
        covert: its agent does not announce it; told without a source it counts as reported, not as official.
        spoken: saying it is doing it (warns, welcomes, asks); whoever the sentence quotes is its agent.
    """

    id: str
    agents: tuple[str, ...]
    rungs: Mapping[Factuality, str]
    cues: Mapping[str, tuple[str, ...]]
    default_agent: str = ""
    covert: bool = False
    spoken: bool = False


@dataclass(frozen=True, slots=True)
class Track:
    """A question with a ladder of answers.

    Args:
        holders: whose positions it holds, in the order of the brief.
        rungs: in the order of the ladder, reversals last.
        alerts: False for a track that is shown in the brief and never told.
        deeds_outrank_words: a word below the deed reached is a dispute or an outlook, never a shift.
        baseline: holder → rung; empty where it was decided that there is none.
        voices: holder → holder whose acts it may confirm or deny: Russia for North Korea's part in its war. What such
            a voice says is told in the other's ledger; its own is for the brief.
        toward: holders of whom an item must name one: what Russia says to Seoul names Seoul. Empty for anybody.
    """

    id: str
    title: Mapping[str, str]
    question: Mapping[str, str]
    holders: tuple[str, ...]
    rungs: tuple[Rung, ...]
    events: tuple[EventFrame, ...]
    alerts: bool = True
    deeds_outrank_words: bool = False
    baseline: Mapping[str, str] = field(default_factory=dict)
    voices: Mapping[str, str] = field(default_factory=dict)
    toward: tuple[str, ...] = ()

    def rung(self, rung_id: str) -> Rung:
        """Return the rung of that id; KeyError when the ladder has none."""
        for rung in self.rungs:
            if rung.id == rung_id:
                return rung
        raise KeyError(f"track {self.id} has no rung {rung_id!r}")

    def step(self, rung_id: str) -> int:
        """Return the place of a rung on the ladder, 0 at the foot."""
        return next(i for i, rung in enumerate(self.rungs) if rung.id == rung_id)


@dataclass(frozen=True, slots=True)
class Person:
    """An office-holder: whose voice theirs is, and when.

    Args:
        names: language → forms of the name.
        office: id of an office such as "president" or "defence-minister".
        since, until: first and last day in office; None for open.
    """

    id: str
    names: Mapping[str, tuple[str, ...]]
    office: str
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody whose position is watched, or who speaks of others' positions.

    Args:
        kind: state, bloc, public, party, experts, …
        names: language → name in cards.
        aliases: language → forms found in text: country, capital, adjective, headline short forms.
        offices: language → offices and bodies that speak for it ("the presidential office", "Kremlin").
    """

    id: str
    kind: str
    names: Mapping[str, str]
    aliases: Mapping[str, tuple[str, ...]]
    offices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    people: tuple[Person, ...] = ()


POLLSTER = "pollster"
"""Kind of a speaker that asks people what they think."""


@dataclass(frozen=True, slots=True)
class Speaker:
    """A body that reports on others and is an origin of its own: a spy agency, a news agency.

    Args:
        holder: whom it belongs to, "" for none.
        kind: intelligence, military, agency, thinktank, pollster, …
    """

    id: str
    kind: str
    aliases: Mapping[str, tuple[str, ...]]
    holder: str = ""


@dataclass(frozen=True, slots=True)
class PastMove:
    """One entry of the ledger that no article of ours carries: of the baseline or the history.

    Args:
        note: what happened, in our own words; for the baseline with article and paragraph.
        baseline: it is part of the baseline, at the baseline's date.
    """

    day: date
    track: str
    holder: str
    rung: str
    note: str
    baseline: bool = False


@dataclass(frozen=True, slots=True)
class Storyline:
    """The whole of it.

    Args:
        id, title: of the storyline.
        baseline_day: date of the baseline.
        terms: language → lexicon name → forms; cues refer to them as `$name`.
        topics: language → what makes an item relevant: conditions in the notation of bot/nlp/cues.py, `@holder` and
            `$term` joined by " + ", alternatives by "|"; an item that meets none is dropped by the gate.
        past: baseline and history, by date.
    """

    id: str
    title: Mapping[str, str]
    baseline_day: date
    tracks: tuple[Track, ...]
    holders: tuple[Holder, ...]
    speakers: tuple[Speaker, ...]
    terms: Mapping[str, Mapping[str, tuple[str, ...]]]
    topics: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    past: tuple[PastMove, ...] = ()

    def track(self, track_id: str) -> Track:
        """Return the track of that id; KeyError when there is none."""
        found = self.find_track(track_id)
        if found is None:
            raise KeyError(f"no track {track_id!r}")
        return found

    def find_track(self, track_id: str) -> Track | None:
        """Return the track of that id, None for one that a later storyline has dropped."""
        for track in self.tracks:
            if track.id == track_id:
                return track
        return None

    def find_rung(self, track_id: str, rung_id: str | None) -> Rung | None:
        """Return the rung of that id on a track, None for one that a later storyline has dropped."""
        track = self.find_track(track_id)
        return next((rung for rung in track.rungs if rung.id == rung_id), None) if track else None

    def without_positions(self, tracks: Collection[str], holders: Collection[str]) -> bool:
        """Tell whether none of some holders holds a position on any of some tracks; none named means all."""
        asked = [track for track in self.tracks if not tracks or track.id in tracks]
        return bool(holders) and not any(holder in track.holders for track in asked for holder in holders)

    def bodies(self) -> dict[str, str]:
        """Return speaker → the holder that it is a body of."""
        return {speaker.id: speaker.holder for speaker in self.speakers if speaker.holder}

    def holder(self, holder_id: str) -> Holder:
        """Return the holder of that id; KeyError when there is none."""
        for holder in self.holders:
            if holder.id == holder_id:
                return holder
        raise KeyError(f"no holder {holder_id!r}")
