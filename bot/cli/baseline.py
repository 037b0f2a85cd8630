"""Which baseline do these articles state? `stancewatch baseline ARTICLE…`

Reads the articles and proposes, for every track and holder, the rung that they state, with the sentences; a person
puts it into storyline.yml.

Refuses to do: it changes no file, and it proposes nothing that no sentence carries.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.app import AsJson, ConfigDir, app
from bot.domain import Item, Reading, Register, Storyline, Track
from bot.errors import InputError
from bot.wiring import load_settings, reader_factory
from config import load_storyline


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


@dataclass(frozen=True, slots=True)
class Proposal:
    """What to put into the baseline for one register, and what else was stated in it."""

    chosen: Stated
    others: tuple[Stated, ...]


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
    reader = reader_factory(settings)()
    read = [(path.name, reading) for path in articles for reading in reader.read(_item(path, moment)).readings]
    proposals = propose(storyline, read)
    if as_json:
        rows = [{"track": p.chosen.track, "holder": p.chosen.holder, "rung": p.chosen.rung} for p in proposals]
        typer.echo(json.dumps(rows))
        return
    _print(storyline, proposals)


def propose(storyline: Storyline, read: Iterable[tuple[str, Reading]]) -> list[Proposal]:
    """Return a proposal for each (track, holder, register) that is stated, in the storyline's order.

    A deed is taken at its furthest; of the words the one that is stated most strongly, the lower one when equal.
    """
    found: dict[tuple[str, str, str], list[tuple[str, Reading]]] = defaultdict(list)
    for article, reading in read:
        found[reading.track, reading.holder, reading.rung].append((article, reading))
    stated = [
        Stated(track, holder, rung, tuple(sorted(rows, key=lambda row: -row[1].confidence)))
        for (track, holder, rung), rows in found.items()
    ]
    return [
        proposal
        for track in storyline.tracks
        for holder in dict.fromkeys(s.holder for s in stated if s.track == track.id)
        for register in Register
        if (proposal := _choose(track, [s for s in stated if (s.track, s.holder) == (track.id, holder)], register))
    ]


def _choose(track: Track, stated: Sequence[Stated], register: Register) -> Proposal | None:
    rows = [s for s in stated if track.rung(s.rung).register is register]
    if not rows:
        return None
    if register is Register.DEED:
        rows.sort(key=lambda s: -track.step(s.rung))
    else:
        rows.sort(key=lambda s: (-s.weight, track.step(s.rung)))
    return Proposal(rows[0], tuple(rows[1:]))


def _print(storyline: Storyline, proposals: Sequence[Proposal]) -> None:
    silent: Mapping[str, None] = dict.fromkeys(track.id for track in storyline.tracks)
    for proposal in proposals:
        chosen = proposal.chosen
        typer.echo(f"{chosen.track}  {chosen.holder}: {chosen.rung}")
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
