"""What does the learned part think of an item?

For each unit (the title, a rough sentence) how strongly it carries each rung, whose it is and who says so; for the
item whether it belongs to the storyline.

Refuses to do: it sees no rules; who is believed where they differ is decided in joining.py.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from bot.domain import By, Storyline
from bot.errors import ConfigError
from bot.nlp.capitals import Capitals
from bot.nlp.learned.encoder import Encoder, Floats, Table
from bot.nlp.learned.pieces import Pieces
from bot.nlp.learned.sieve import Sieve
from bot.nlp.learned.windows import UNIT, UNKNOWN, windows

HERE = Path(__file__).parent
VERSION = 2
"""Of the artefact's form; an artefact of another version is not read."""

_MOST = 3
"""Windows of an item that are read: about its first 500 words that the gate hands on."""

HEARD = -2.0
"""Log odds of a unit from which on a rung is heard there."""

_FAINT = -30.0


@dataclass(frozen=True, slots=True)
class Unit:
    """A piece of text that is judged as one: the title or a rough sentence of the text.

    Args:
        start: character offset in its field.
    """

    text: str
    start: int
    title: bool


@dataclass(frozen=True, slots=True)
class Opinion:
    """What the learned part thinks of one item.

    Args:
        rungs: [units, rungs] log odds that the unit carries the rung.
        bys: [units, tracks, 3] scores of official, reported, analyst.
        holders: [units, holders] scores.
        relevance: log odds.
    """

    units: tuple[Unit, ...]
    rungs: Floats
    bys: Floats
    holders: Floats
    relevance: float

    def item(self) -> Floats:
        """Return the log odds that the item reports each rung: the units' together."""
        top = self.rungs.max(axis=0)
        return np.asarray(top + np.log(np.exp(self.rungs - top).sum(axis=0)), dtype=np.float32)

    def carrying(self) -> tuple[Unit, ...]:
        """Return the units in which any rung is heard."""
        return tuple(unit for unit, odds in zip(self.units, self.rungs, strict=True) if odds.max() >= HEARD)

    def places(self) -> tuple[tuple[int, int], ...]:
        """Return where in the text its units stand."""
        return tuple((unit.start, unit.start + len(unit.text)) for unit in self.units if not unit.title)


def strange_rungs(storyline: Storyline, folder: Path = HERE) -> tuple[str, ...]:
    """Return the rungs that the artefact was trained on and the storyline does not have."""
    known = {(track.id, rung.id) for track in storyline.tracks for rung in track.rungs}
    return tuple(f"{track} {rung}" for track, rung in _manifest(folder)["rungs"] if (track, rung) not in known)


def _manifest(folder: Path) -> Mapping[str, Any]:
    path = folder / "manifest.json"
    manifest: Mapping[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    if manifest["version"] != VERSION:
        raise ConfigError(f"{path}: version {manifest['version']}, wanted {VERSION}; train it anew: make learn")
    return manifest


class Learned:
    """The trained artefact, loaded.

    Args:
        storyline: its tracks, rungs and holders must be those that the artefact was trained on.

    Raises:
        ConfigError: the artefact is of another version, or of another storyline.
    """

    def __init__(self, storyline: Storyline, folder: Path = HERE) -> None:
        self.manifest = _manifest(folder)
        self.rungs: tuple[tuple[str, str], ...] = tuple((track, rung) for track, rung in self.manifest["rungs"])
        self.tracks: tuple[str, ...] = tuple(dict.fromkeys(track for track, _ in self.rungs))
        self.holders: tuple[str, ...] = tuple(self.manifest["holders"])
        self.bys = tuple(By(by) for by in self.manifest["bys"])
        if strange := strange_rungs(storyline, folder):
            raise ConfigError(f"{folder}: trained for another storyline: this one has no {', '.join(strange)}")
        with np.load(folder / "pieces.npz", allow_pickle=False) as kept:
            known = bytes(kept["pieces"]).decode().split("\n")
            self._pieces = Pieces(known, kept["scores"], UNKNOWN, Capitals.of(storyline))
            table = Table(kept["scales"], kept["nibbles"], kept["positions"], kept["gain"], kept["shift"])
            self.sieve = Sieve(kept["sieve"].astype(np.float32), float(kept["sieve_bias"]))
        self._encoder = Encoder(table, folder / "encoder.onnx")

    def opinion(self, units: Sequence[Unit]) -> Opinion:
        """Judge the units of one item; those beyond the first few windows count as saying nothing."""
        if not units:
            return self._silence()
        pieces = [self._pieces.encode(unit.text)[:UNIT] or [UNKNOWN] for unit in units]
        rungs = np.full((len(units), len(self.rungs)), _FAINT, dtype=np.float32)
        bys = np.zeros((len(units), len(self.tracks) * len(self.bys)), dtype=np.float32)
        holders = np.zeros((len(units), len(self.holders)), dtype=np.float32)
        relevance: float | None = None
        for _, window in zip(range(_MOST), windows(pieces, [unit.title for unit in units]), strict=False):
            found = self._encoder(window.ids, [(start, end) for _, start, end in window.spans])
            at = [unit for unit, _, _ in window.spans]
            rungs[at], bys[at], holders[at] = found[0], found[1], found[2]
            relevance = float(found[3].ravel()[0]) if relevance is None else relevance
        shaped = bys.reshape(len(units), len(self.tracks), len(self.bys))
        return Opinion(tuple(units), rungs, shaped, holders, relevance if relevance is not None else _FAINT)

    def _silence(self) -> Opinion:
        """Return the opinion of no text at all."""
        unit = (Unit("", 0, title=True),)
        rungs = np.full((1, len(self.rungs)), _FAINT, dtype=np.float32)
        bys = np.zeros((1, len(self.tracks), len(self.bys)), dtype=np.float32)
        return Opinion(unit, rungs, bys, np.zeros((1, len(self.holders)), dtype=np.float32), _FAINT)
