"""Which readers do tests of reading share? A process loads each of them, and so each model, once.

Refuses to do: a reader of another storyline, or one that a test changes, is the test's own.
"""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache

from bot.domain import Item, Reading
from bot.nlp.building import build_reader
from bot.nlp.reader import StorylineReader
from config import load_storyline


@cache
def reader(*, learned: bool) -> StorylineReader:
    """Return a reader of the storyline that ships: with the learned part, as the bot reads, or by rules alone."""
    return build_reader(None, "") if learned else StorylineReader(load_storyline())


def readings(language: str, title: str, text: str = "", *, day: datetime, learned: bool = True) -> tuple[Reading, ...]:
    """Return what an item of a day reports surely enough to act on."""
    return reader(learned=learned).read(Item("x", title, text, language, day)).readings


def positions(
    language: str, title: str, text: str = "", *, day: datetime, learned: bool = True
) -> set[tuple[str, str]]:
    """Return the track and rung of each of an item's `readings`."""
    return {(r.track, r.rung) for r in readings(language, title, text, day=day, learned=learned)}


def origins(language: str, title: str, text: str, publisher: str = "", *, learned: bool = True) -> set[str]:
    """Return whom the readings of an item of 1 March 2025 are credited to."""
    item = Item("x", title, text, language, datetime(2025, 3, 1, tzinfo=UTC), publisher=publisher)
    return {r.origin for r in reader(learned=learned).read(item).readings}
