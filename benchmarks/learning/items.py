"""What do the labelled items of our own say, and are they written right?

    .venv/bin/python benchmarks/learning/items.py [FILE.txt ...]

Reads the items that the learned part is trained on (benchmarks/learning/items/<language>.txt): blocks divided by an
empty line,

    @ 2024-10-19               date or "-"; then "off" for an item that is not relevant, "on" (the default) else
    T: title
    1: first sentence          0 to 8 of them, one a line
    = pyongyang-war deploying north-korea reported 1      track, rung, holder, by, and where: T or a sentence

Prints every mistake with file and line, and counts for each track and rung; ends with 1 where there is a mistake.

Refuses to do: it judges form, never whether a label is right.
"""

from __future__ import annotations

import argparse
import os
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ITEMS = Path(__file__).resolve().parent / "items"
if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    _PYTHON = ROOT / ".venv/bin/python"
    if _PYTHON.exists() and Path(sys.prefix) != ROOT / ".venv":
        os.execv(_PYTHON, [str(_PYTHON), *sys.argv])  # the checker needs the project's own packages

from bot.domain import By, Storyline  # noqa: E402 -- the path above comes first
from config import load_storyline  # noqa: E402

_SENTENCES = 8
_HEAD = re.compile(r"@\s+(-|\d{4}-\d{2}-\d{2})(?:\s+(on|off))?\s*")
_SENTENCE = re.compile(r"(\d):\s*(.*\S)\s*")
_BYS = tuple(by.value for by in By)


@dataclass(frozen=True, slots=True)
class Marked:
    """A position that a person marked. `place` is 0 for the title, else the number of the sentence."""

    track: str
    rung: str
    holder: str
    by: str
    place: int


@dataclass(slots=True)
class Written:
    """One item of our own writing. `line` is where its block begins."""

    source: str
    line: int
    day: date | None = None
    relevant: bool = True
    title: str = ""
    sentences: list[str] = field(default_factory=list)
    labels: list[Marked] = field(default_factory=list)

    @property
    def id(self) -> str:
        """Name of the item: its file and line."""
        return f"{self.source}:{self.line}"

    @property
    def language(self) -> str:
        """The language is the name of the file, up to a hyphen."""
        return self.source.split(".")[0].split("-")[0]

    def at(self, place: int) -> str:
        """Return the sentence at a place."""
        return self.sentences[place - 1] if place else self.title


def blocks(lines: Iterable[str]) -> Iterator[list[tuple[int, str]]]:
    """Yield the blocks of a file as (line number from 1, line)."""
    block: list[tuple[int, str]] = []
    for number, line in enumerate(lines, 1):
        if line.strip():
            block.append((number, line.rstrip()))
        elif block:
            yield block
            block = []
    if block:
        yield block


class Checker:
    """Reads blocks and gathers what is wrong with them."""

    def __init__(self, storyline: Storyline, source: str) -> None:
        self._rungs = {track.id: [rung.id for rung in track.rungs] for track in storyline.tracks}
        self._holders = {track.id: track.holders for track in storyline.tracks}
        self._source = source
        self.mistakes: list[str] = []

    def item(self, block: list[tuple[int, str]]) -> Written:
        """Return the item of a block; mistakes are kept in `mistakes`."""
        item = Written(self._source, block[0][0])
        for i, (number, line) in enumerate(block):
            reason = self._line(item, line, first=i == 0)
            if reason:
                self.mistakes.append(f"{self._source}:{number}: {reason}")
        if not item.title:
            self.mistakes.append(f"{self._source}:{item.line}: no title; write a line `T: ...`")
        if item.labels and not item.relevant:
            self.mistakes.append(f"{self._source}:{item.line}: an item that is off has labels")
        return item

    def _line(self, item: Written, line: str, *, first: bool) -> str:
        """Take up one line; return what is wrong with it, "" where nothing is."""
        if first:
            return self._head(item, line)
        if line.startswith("T:"):
            if item.title or item.sentences or not line[2:].strip():
                return "the title stands once, first, and is not empty"
            item.title = line[2:].strip()
            return ""
        if line.startswith("="):
            return self._label(item, line[1:].split())
        return self._sentence(item, line)

    @staticmethod
    def _head(item: Written, line: str) -> str:
        found = _HEAD.fullmatch(line)
        if not found:
            return f"a block begins with `@ YYYY-MM-DD`, `@ -` or either with ` off`; here: {line[:60]!r}"
        item.relevant = found[2] != "off"
        try:
            item.day = None if found[1] == "-" else date.fromisoformat(found[1])
        except ValueError:
            return f"{found[1]} is no day"
        return ""

    @staticmethod
    def _sentence(item: Written, line: str) -> str:
        found = _SENTENCE.fullmatch(line)
        if not found:
            return f"expected `T: `, `1: ` or `= `; here: {line[:60]!r}"
        if item.labels or int(found[1]) != len(item.sentences) + 1 or int(found[1]) > _SENTENCES:
            return f"sentences are numbered 1 to {_SENTENCES} in order and stand before the labels; here: {found[1]}"
        item.sentences.append(found[2])
        return ""

    def _label(self, item: Written, words: list[str]) -> str:
        if len(words) != 5:
            return f"a label is `= track rung holder by PLACE`; here {len(words)} words"
        track, rung, holder, by, place = words
        places = ("T", *map(str, range(1, len(item.sentences) + 1)))
        known = (
            (track, "track", tuple(self._rungs)),
            (rung, f"rung of {track}", self._rungs.get(track, ())),
            (holder, f"holder of {track}", self._holders.get(track, ())),
            (by, "by", _BYS),
            (place, "place of this item", places),
        )
        for word, kind, among in known:
            if word not in among:
                return f"{word!r} is no {kind}; there are {', '.join(among)}"
        label = Marked(track, rung, holder, by, 0 if place == "T" else int(place))
        if any((label.track, label.rung, label.holder) == (x.track, x.rung, x.holder) for x in item.labels):
            return f"{track} {rung} {holder} is marked twice"
        item.labels.append(label)
        return ""


def read_written(path: Path, storyline: Storyline) -> tuple[list[Written], list[str]]:
    """Return the items of a file, and its mistakes as `file:line: what`."""
    checker = Checker(storyline, path.name)
    with path.open(encoding="utf-8") as lines:
        return [checker.item(block) for block in blocks(lines)], checker.mistakes


def as_row(item: Written) -> dict[str, object]:
    """Return the item in the form of the labelled JSON lines that benchmarks read."""
    return {
        "id": item.id,
        "date": item.day.isoformat() if item.day else None,
        "lang": item.language,
        "title": item.title,
        "text": " ".join(item.sentences),
        "relevant": item.relevant,
        "labels": [
            {"track": x.track, "rung": x.rung, "holder": x.holder, "by": x.by, "quote": item.at(x.place)}
            for x in item.labels
        ],
        "form": "article" if len(item.sentences) > 2 else "feed",
        "spans": [item.title, *item.sentences],
    }


def table(items: list[Written], storyline: Storyline) -> Iterator[str]:
    """Yield the lines of the counts."""
    labelled = sum(bool(item.labels) for item in items)
    off = sum(not item.relevant for item in items)
    short = Counter(min(len(item.sentences), 3) for item in items)
    yield (
        f"{len(items)} items: {labelled} with labels, {len(items) - labelled - off} relevant without, {off} off; "
        f"sentences 0: {short[0]}, 1-2: {short[1] + short[2]}, 3+: {short[3]}"
    )
    counts: Mapping[tuple[str, str, str], int] = Counter((x.track, x.rung, x.by) for i in items for x in i.labels)
    yield f"{'':32}{'all':>6}" + "".join(f"{by:>10}" for by in _BYS)
    for track in storyline.tracks:
        for rung in track.rungs:
            cells = [counts.get((track.id, rung.id, by), 0) for by in _BYS]
            yield f"{track.id + ' ' + rung.id:32}{sum(cells):6}" + "".join(f"{n or '':>10}" for n in cells)


def main() -> int:
    """Check the files and print the counts."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path)
    storyline = load_storyline()
    wrong = False
    for path in parser.parse_args().files or sorted(ITEMS.glob("*.txt")):
        items, mistakes = read_written(path, storyline)
        for mistake in mistakes:
            print(mistake)
        wrong = wrong or bool(mistakes)
        print(f"== {path.name}")
        print("\n".join(table(items, storyline)))
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())
