"""Is the same told once, however badly the same news arrives?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random

import pytest

from bot.cli.stage import Stage
from bot.domain import AlertEventKind, By, Entry, Item, Reading, ReadResult, Source, Tier
from bot.replay import Arrival
from bot.wiring import load_settings

START = datetime(2024, 10, 1, tzinfo=UTC)
STORY = (
    # day, position, by, outlets that carry it
    (2, "pyongyang-war north-korea deploying", By.REPORTED, 5),
    (9, "pyongyang-war north-korea deploying", By.REPORTED, 2),
    (12, "seoul-arms south-korea conditional", By.OFFICIAL, 4),
    (13, "seoul-moscow south-korea condemning", By.OFFICIAL, 2),
    (20, "pyongyang-war north-korea denied", By.OFFICIAL, 2),
    (24, "pact russia ratified", By.OFFICIAL, 4),
    (31, "seoul-arms south-korea withhold", By.OFFICIAL, 3),
    (35, "pyongyang-war north-korea fighting", By.REPORTED, 4),
    (36, "moscow-tech russia transferring", By.REPORTED, 1),
    (60, "seoul-arms south-korea conditional", By.OFFICIAL, 3),
    (61, "moscow-seoul russia warning", By.OFFICIAL, 3),
    (90, "pyongyang-war north-korea withdrawing", By.REPORTED, 3),
    (97, "pyongyang-war north-korea fighting", By.REPORTED, 3),
)
WORDS = tuple(f"{a}{b}" for a in ("ka", "lo", "mi", "tu", "re", "so") for b in ("ban", "der", "fil", "gom", "hus"))
OUTLETS = ("Wire", "Paper", "Courier", "Gazette", "Herald")


def told_of(shape: str) -> list[Arrival]:
    """Return the story's articles as they arrive: plainly, or shaken."""
    random = Random(7)
    out = []
    for n, (day, position, by, outlets) in enumerate(STORY):
        for m, outlet in enumerate(OUTLETS[:outlets]):
            at = START + timedelta(days=day, hours=3 * m, minutes=n)
            source = Source(outlet, outlet, "", "replay", "en", outlet, outlet, Tier.OUTLET)
            title = f"{outlet}: {position} ({by}), item {n}"
            entry = Entry(f"{n}-{m}", f"https://{outlet}.example/{n}", title, " ".join(random.choices(WORDS, k=30)), at)
            out += [Arrival(at, source, entry)] if shape == "plain" else shaken(at, source, entry, random)
    return sorted(out, key=lambda arrival: arrival.at)


def shaken(at: datetime, source: Source, entry: Entry, random: Random) -> list[Arrival]:
    undated = replace(entry, published=None) if random.random() < 0.1 else entry
    edited = replace(undated, guid=random.choice((entry.guid, f"{entry.guid}-again")), title=f"[Update] {entry.title}")
    first, second = sorted(at + timedelta(hours=24 * random.random()) for _ in range(2))
    return [Arrival(first, source, undated), Arrival(second, source, edited)]


async def read(items: Sequence[Item]) -> list[ReadResult]:
    results = []
    for item in items:
        track, holder, rung = item.title.partition(": ")[2].split()[:3]
        by = By.OFFICIAL if "(official)" in item.title else By.REPORTED
        reading = Reading(track, holder, rung, by, item.title, 1.0)
        results.append(ReadResult(item.id, True, "read", "en", (reading,)))
    return results


async def played(shape: str) -> list[tuple[str, str, str]]:
    async def on(_: Arrival) -> None:
        return None

    with Stage(load_settings(console="json")) as stage:
        await stage.play(told_of(shape), read, on)
        posted = [alert for alert in stage.events() if alert.event is AlertEventKind.POSTED]
    return [(alert.track, alert.holder, alert.to_rung) for alert in posted]


@pytest.fixture(autouse=True)
def _quietly(capsys: pytest.CaptureFixture[str]) -> None:
    """Keep what the console is told out of the report."""


async def test_news_delivered_twice_shuffled_undated_and_edited_is_told_as_the_plain_news_is() -> None:
    plain, rough = await played("plain"), await played("shaken")
    # Seoul's condition comes twice, seven weeks apart, and the fighting once more after the troops had left.
    assert len(plain) == len(set(plain)) + 2
    assert sorted(rough) == sorted(plain)
