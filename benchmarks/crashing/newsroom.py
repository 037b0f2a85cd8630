"""What do four papers print, and what does a reader of the channels have to see of it?

Every story is of a holder of its own, so that each comes to one alert whose state follows from what was printed:

    official   the holder says it itself           confirmed
    seconded   one paper has it, then another      a signal, then confirmed
    single     one paper has it                    a signal
    retracted  the holder says it; taken back      withdrawn, or never told

Refuses to do: nothing is read here; a story says what is in it.
"""

from __future__ import annotations

import hashlib
import json
import random
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from bot.domain import By, Entry, Holder, Item, Poll, PollState, Reading, ReadResult, Register, Rung, Source, Storyline
from bot.domain import Track as Ladder

PAPERS = ("courier", "gazette", "herald", "tribune")
CHANNELS = ("4000000000001", "C1")
"""Of Discord and of Slack."""

KINDS = ("official", "seconded", "single", "retracted")
WEIGHTS = (45, 35, 12, 8)
NEWEST = 120
"""Stories that a paper's feed holds."""

DIGEST_MINUTES, HOURS = 10, 10
_WORDS = {
    "official": "Holder {n} says it sends arms, writes the {paper}",
    "seconded": "Arms of holder {n} are on their way, sources tell the {paper}",
    "single": "Arms of holder {n} are on their way, sources tell the {paper}",
    "gone": "Holder {n} never said it, the {paper} regrets",
}
_HOLDER = re.compile(r"older (\d+)\b")


@dataclass
class Newsroom:
    """Prints into a file, which the bot's watcher reads.

    Args:
        luck: chooses what is printed.
        due: stories that another paper takes up, or that are taken back, with the round of it.
    """

    file: Path
    luck: random.Random
    printed: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    states: dict[int, str] = field(default_factory=dict)
    due: list[tuple[int, int, str, str]] = field(default_factory=list)
    late: int = 0

    def print(self, stories: int, turn: int, now: float) -> None:
        """Print some new stories and what is due of older ones.

        Args:
            turn: number of the round.
            now: seconds since 1970.
        """
        for _ in range(stories):
            number, kind = len(self.states) + 1, self.luck.choices(KINDS, WEIGHTS)[0]
            paper, other = self.luck.sample(PAPERS, 2)
            self._add(paper, number, kind, now)
            self.states[number] = "Signal" if kind in {"single", "seconded"} else "Confirmed"
            if kind == "seconded":
                self.due.append((turn + self.luck.randint(0, 4), number, other, kind))
            if kind == "retracted":
                self.due.append((turn + self.luck.randint(1, 6), number, paper, "gone"))
        for entry in [entry for entry in self.due if entry[0] <= turn]:
            self.due.remove(entry)
            _, number, paper, words = entry
            self.states[number] = "Confirmed" if words == "seconded" else "Withdrawn"
            self.printed[paper] = [one for one in self.printed[paper] if one["number"] != number]
            self._add(paper, number, words, now)
        self.write()

    def open_paper(self, now: float) -> str:
        """Let one more paper appear, with an old story of nobody's; return its name."""
        self.late += 1
        self.printed[f"late{self.late}"] = [{"number": 0, "words": "single", "at": now - 86_400}]
        self.write()
        return f"late{self.late}"

    def papers(self) -> list[str]:
        """Return all papers that there are."""
        return [*PAPERS, *(f"late{number}" for number in range(1, self.late + 1))]

    def write(self) -> None:
        """Bring the file up to date."""
        for paper in PAPERS:
            self.printed.setdefault(paper, [])
        part = self.file.with_suffix(".part")
        part.write_text(json.dumps(self.printed), "utf-8")
        part.rename(self.file)

    def _add(self, paper: str, number: int, words: str, now: float) -> None:
        words = "official" if words == "retracted" else words
        self.printed[paper].append({"number": number, "words": words, "at": now})


def entries(file: Path, paper: str) -> tuple[Entry, ...]:
    """Return what a paper's feed holds."""
    printed = json.loads(file.read_text("utf-8"))[paper]
    return tuple(_entry(paper, **story) for story in printed[-NEWEST:])


def _entry(paper: str, number: int, words: str, at: float) -> Entry:
    # Every text has words of its own: copies of one text would be one origin.
    digest = hashlib.sha512(f"{paper} {number}".encode()).hexdigest()
    text = " ".join(digest[place : place + 6] for place in range(0, len(digest), 6))
    title, when = _WORDS[words].format(n=number, paper=paper), datetime.fromtimestamp(at, UTC)
    return Entry(f"{paper}-{number}", f"https://{paper}.example/{number}", title, text, when)


class Shelf:
    """A watcher whose sources are that file.

    Args:
        step: called when a poll is done.
    """

    kind = "rss"

    def __init__(self, file: Path, step: Any) -> None:
        self._file, self._step = file, step

    async def poll(self, source: Source, state: PollState) -> Poll:
        """Return what a paper has printed."""
        found = entries(self._file, source.key)
        self._step("poll")
        return Poll(found, replace(state, etag=str(len(found))), changed=True)


class PreRead:
    """Knows what is in each story, so that no model is asked."""

    async def read(self, items: Sequence[Item]) -> list[ReadResult]:
        """Return a result an item."""
        return [self._one(item) for item in items]

    def _one(self, item: Item) -> ReadResult:
        found = _HOLDER.search(item.title)
        number = int(found[1]) if found else 0
        if not number or "regrets" in item.title:
            return ReadResult(item.id, bool(number), "passed: pre-read", "en")
        by = By.OFFICIAL if "says" in item.title else By.REPORTED
        reading = Reading("arms", f"h{number}", "sending", by, item.title, 0.95)
        return ReadResult(item.id, True, "passed: pre-read", "en", (reading,))


def storyline(holders: int) -> Storyline:
    """Return a storyline of one question to very many holders."""

    def rung(name: str, said: str) -> Rung:
        words = {"en": said, "ko": said}
        return Rung(name, Register.DEED, words, words, words)

    names = [f"h{number}" for number in range(1, holders + 1)]
    rungs = (rung("holding", "holds back"), rung("sending", "sends arms"))
    title = {"en": "Arms", "ko": "Arms"}
    track = Ladder("arms", title, title, tuple(names), rungs, (), baseline=dict.fromkeys(names, "holding"))
    called = [{"en": f"Holder {name[1:]}", "ko": f"Holder {name[1:]}"} for name in names]
    people = tuple(Holder(name, "state", words, {}) for name, words in zip(names, called, strict=True))
    return Storyline("crash", title, date(2024, 1, 1), (track,), people, (), {})


def write_config(folder: Path, papers: Sequence[str], begin: datetime) -> None:
    """Write the sources, and routes to both platforms with a digest every few minutes for some hours."""
    folder.mkdir(exist_ok=True)
    sources = [
        f"  {name}: {{name: {name.title()}, url: 'https://{name}.example/feed', language: en, interval: 60, "
        f"publisher: {name.title()}, origin_group: {name}, tier: outlet}}\n"
        for name in papers
    ]
    (folder / "sources.yml").write_text("sources:\n" + "".join(sources), "utf-8")
    hours = [(begin.hour + more) % 24 for more in range(HOURS)]
    times = ", ".join(f"'{hour:02}:{minute:02}'" for hour in hours for minute in range(0, 60, DIGEST_MINUTES))
    routes = [
        f"  {platform}: {{platform: {platform}, channel: '{channel}', digest: [{times}]}}\n"
        for platform, channel in zip(("discord", "slack"), CHANNELS, strict=True)
    ]
    (folder / "routes.yml").write_text("routes:\n" + "".join(routes), "utf-8")
