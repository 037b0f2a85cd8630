"""Which baseline do these articles state? `stancewatch baseline ARTICLE…`

Reads the articles and proposes, for every track and holder, the rung that they state, with the sentences; a person
puts it into storyline.yml. A baseline is what is known, not only what is news: where the reader takes nothing of a
track for news, what rules find sentences to state counts, and theirs are the sentences quoted for both. What is
proposed must be more likely than not, all its sentences together. A quiet rung counts only where nothing else is said,
for a register keeps the last one that is not quiet. Those who speak with many voices (a public, experts) and are told
to think two things are divided. Of a track on which nothing is sure, what a rule has found is proposed as unsure.

Refuses to do: it changes no file, and it proposes nothing that no sentence carries.
"""

from __future__ import annotations

import json
import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.app import AsJson, ConfigDir, app
from bot.domain import Item, Reading, Register, Storyline, Track
from bot.errors import InputError
from bot.nlp.building import build_reader
from bot.wiring import load_settings
from config import load_storyline

_LIKELY = 0.5
"""Probability from which on a rung is proposed."""

_FAINT = 0.2
"""Confidence from which on a rule's word is worth a person's look."""

_FAINT_DEED = 1 / 3
"""The same for a deed, which claims more than a word."""

_BESIDE = 0.5
"""Share of the chosen rung's weight from which on another one is mentioned beside it."""

_MANY_VOICES = frozenset({"public", "experts"})
"""Kinds of holders that are no one body."""


_Position = tuple[str, str, str]
"""Track, holder and rung."""


@dataclass(frozen=True, slots=True)
class Stated:
    """One rung that articles state.

    Args:
        readings: article and reading, the most certain first.
    """

    track: str
    holder: str
    rung: str
    readings: tuple[tuple[str, Reading], ...]

    @property
    def weight(self) -> float:
        """How strongly it is stated: the confidence of all its readings."""
        return sum(reading.confidence for _, reading in self.readings)

    @property
    def likelihood(self) -> float:
        """Probability that at least one of its readings is right."""
        return 1.0 - math.prod(1.0 - reading.confidence for _, reading in self.readings)


@dataclass(frozen=True, slots=True)
class Proposal:
    """What to put into the baseline for one register, and what else was stated in it."""

    chosen: Stated
    others: tuple[Stated, ...]
    unsure: bool = False


@app.command()
def baseline(
    articles: Annotated[list[Path], typer.Argument(metavar="ARTICLE...", help="Text files, one article each.")],
    day: Annotated[str, typer.Option("--date", help="Day of the articles, for office-holders: 2024-06-21.")] = "",
    as_json: AsJson = False,
    config: ConfigDir = None,
) -> None:
    """Read articles and propose the baseline they state: a rung for each track and holder, with the sentences."""
    settings = load_settings(config=config)
    storyline = load_storyline(settings.config_dir)
    moment = _day(day) or datetime.combine(storyline.baseline_day, datetime.min.time(), UTC)
    reader = build_reader(settings.config_dir, settings.english_model)
    found: list[tuple[str, Reading]] = []
    doubtful: list[tuple[str, Reading]] = []
    news: set[_Position] = set()
    for path in articles:
        item = _item(path, moment)
        result = reader.read(item)
        news |= {_position(reading) for reading in result.readings}
        whole = together(reader.stated(item), result.readings, result.doubtful)
        found += [(path.name, reading) for reading in whole]
        doubtful += [(path.name, reading) for reading in result.doubtful]
    read = [row for row in found if _position(row[1]) in news]
    stated = [row for row in found if _position(row[1]) not in news]
    proposals = propose(storyline, read, stated, doubtful)
    if as_json:
        rows = [{"track": p.chosen.track, "holder": p.chosen.holder, "rung": p.chosen.rung} for p in proposals]
        typer.echo(json.dumps(rows))
        return
    _print(storyline, proposals)


def together(stated: Sequence[Reading], read: Sequence[Reading], doubtful: Sequence[Reading]) -> list[Reading]:
    """Return what one article states: what rules find in its sentences, and what only the learned part sees.

    A rung that both find is as likely as either makes it, told by the sentence of which the rules are surest.

    Args:
        stated: what rules find, sentence by sentence.
        read: what the reader takes for the article's news.
        doubtful: likewise, too unsure to be acted on; it only adds to what a sentence states.
    """
    rows = sorted(stated, key=lambda reading: -reading.confidence)
    places = {_position(reading): at for at, reading in reversed(list(enumerate(rows)))}
    for reading in (*read, *doubtful):
        at = places.get(_position(reading))
        if at is not None:
            both = 1.0 - (1.0 - rows[at].confidence) * (1.0 - reading.confidence)
            rows[at] = replace(rows[at], by=reading.by, confidence=round(both, 3))
        elif reading in read:
            rows.append(reading)
    return rows


def _position(reading: Reading) -> _Position:
    return reading.track, reading.holder, reading.rung


def propose(
    storyline: Storyline,
    read: Iterable[tuple[str, Reading]],
    known: Iterable[tuple[str, Reading]] = (),
    doubtful: Iterable[tuple[str, Reading]] = (),
) -> list[Proposal]:
    """Return a proposal for each (track, holder, register) that is stated, in the storyline's order.

    A deed is taken at its furthest; of the words the one that is stated most strongly, the lower one when equal.

    Args:
        read: article and reading.
        known: likewise, of what is stated but no news; it counts for a track of which nothing is read.
        doubtful: likewise, of readings that are too unsure to be acted on; for a track of which nothing is known.
    """
    many = {holder.id for holder in storyline.holders if holder.kind in _MANY_VOICES}
    found: list[Proposal] = []
    for rows in (read, known):
        said = {proposal.chosen.track for proposal in found}
        likely = [stated for stated in _stated(rows) if stated.likelihood >= _LIKELY and stated.track not in said]
        found += [proposal for track in storyline.tracks for proposal in _of_track(track, likely, many)]
    said = {proposal.chosen.track for proposal in found}
    # what only the learned part has a feeling of is no reason to look at a sentence
    faint = _stated((article, reading) for article, reading in doubtful if _worth_a_look(reading))
    found += [
        replace(proposal, unsure=True)
        for track in storyline.tracks
        if track.id not in said
        for proposal in _of_track(track, faint, many)
        if track.rung(proposal.chosen.rung).register is Register.WORD or proposal.chosen.likelihood >= _FAINT_DEED
    ]
    order = {track.id: i for i, track in enumerate(storyline.tracks)}
    return sorted(found, key=lambda proposal: order[proposal.chosen.track])


def _stated(read: Iterable[tuple[str, Reading]]) -> list[Stated]:
    found: dict[tuple[str, str, str], list[tuple[str, Reading]]] = defaultdict(list)
    for article, reading in read:
        found[reading.track, reading.holder, reading.rung].append((article, reading))
    return [
        Stated(track, holder, rung, tuple(sorted(rows, key=lambda row: -row[1].confidence)))
        for (track, holder, rung), rows in found.items()
    ]


def _worth_a_look(reading: Reading) -> bool:
    rule = any(step.startswith(("event: ", "joined: rules")) for step in reading.trace)
    return rule and reading.confidence >= _FAINT


def _of_track(track: Track, stated: Sequence[Stated], many: Collection[str]) -> Iterator[Proposal]:
    for holder in dict.fromkeys(s.holder for s in stated if s.track == track.id):
        for register in Register:
            mine = [s for s in stated if (s.track, s.holder) == (track.id, holder)]
            if proposal := _choose(track, mine, register, many=holder in many):
                yield proposal


def _choose(track: Track, stated: Sequence[Stated], register: Register, *, many: bool) -> Proposal | None:
    rows = [s for s in stated if track.rung(s.rung).register is register]
    rows = [s for s in rows if not track.rung(s.rung).quiet] or rows
    if not rows:
        return None
    if register is Register.DEED:
        rows.sort(key=lambda s: -track.step(s.rung))
    else:
        rows.sort(key=lambda s: (-s.weight, track.step(s.rung)))
    if many and len(rows) > 1 and (between := _between(track, rows)):
        rows = [between, *(s for s in rows if s.rung != between.rung)]
    return Proposal(rows[0], tuple(s for s in rows[1:] if s.weight >= _BESIDE * rows[0].weight))


def _between(track: Track, rows: Sequence[Stated]) -> Stated | None:
    """Return the rung between those that many voices are told to hold, with all their sentences; None where none is."""
    middle = sum(track.step(s.rung) for s in rows) / len(rows)
    inner = [rung.id for rung in track.rungs if not rung.reversal][1:-1]
    if not inner:
        return None
    rung = min(inner, key=lambda one: abs(track.step(one) - middle))
    readings = sorted((row for s in rows for row in s.readings), key=lambda row: -row[1].confidence)
    return next((s for s in rows if s.rung == rung), Stated(track.id, rows[0].holder, rung, tuple(readings)))


def _print(storyline: Storyline, proposals: Sequence[Proposal]) -> None:
    silent: Mapping[str, None] = dict.fromkeys(track.id for track in storyline.tracks)
    for proposal in proposals:
        chosen = proposal.chosen
        doubt = " (unsure: read the sentence)" if proposal.unsure else ""
        typer.echo(f"{chosen.track}  {chosen.holder}: {chosen.rung}{doubt}")
        for article, reading in chosen.readings:
            typer.echo(f'    {article} ({reading.by.value}, {reading.confidence:.2f}): "{reading.quote}"')
        for other in proposal.others:
            typer.echo(f"    also stated: {other.rung} ({len(other.readings)} sentences)")
    stated = {proposal.chosen.track for proposal in proposals}
    if missing := [track for track in silent if track not in stated]:
        typer.echo(f"not stated: {', '.join(missing)}")


def _item(path: Path, day: datetime) -> Item:
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is not UTF-8 text"
        raise InputError(f"{path}: cannot be read ({reason}); give text files, one article each") from None
    return Item(path.name, "", text, "", day)


def _day(text: str) -> datetime | None:
    if not text:
        return None
    try:
        return datetime.combine(datetime.fromisoformat(text).date(), datetime.min.time(), UTC)
    except ValueError:
        raise InputError(f"--date {text!r} is no day; write it as 2024-06-21") from None
