"""Are values that are made quickly the same as those made by their class?"""

from __future__ import annotations

from dataclasses import FrozenInstanceError, dataclass, field, fields, replace
from datetime import UTC, datetime

import pytest

from bot.domain import Article, Entry, Item, maker
from bot.intake import Arrival

NOW = datetime(2026, 5, 4, 3, 2, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class _Note:
    text: str
    marks: dict[str, int] = field(default_factory=dict)
    place: int = 7


def test_what_is_made_is_of_the_class_equal_and_hashed_alike() -> None:
    """Nobody can tell by which way a value came about."""
    make = maker(Item)
    made, usual = make("a1", "Seoul", "No arms.", "en", NOW), Item("a1", "Seoul", "No arms.", "en", NOW)
    assert type(made) is Item
    assert made == usual
    assert hash(made) == hash(usual)
    assert repr(made) == repr(usual)
    assert replace(made, title="Kyiv") == replace(usual, title="Kyiv")


def test_what_is_made_is_frozen() -> None:
    """It may be filled while it is made, and never after."""
    made = maker(_Note)("one")
    with pytest.raises(FrozenInstanceError):
        made.text = "two"  # type: ignore[misc]


def test_defaults_are_those_of_the_class_and_shared_by_nobody() -> None:
    """A default that is made anew for each value is made anew here too."""
    make = maker(_Note)
    one, other = make("one"), make("other", place=8)
    assert (one.place, other.place) == (7, 8)
    assert one.marks == {}
    assert one.marks is not other.marks


def test_a_field_that_is_missing_is_told_as_by_the_class() -> None:
    """No half-filled value comes about."""
    with pytest.raises(TypeError, match="text"):
        maker(_Note)()


@pytest.mark.parametrize("kind", [Article, Arrival, Entry, Item])
def test_no_value_that_is_made_quickly_checks_itself(kind: type) -> None:
    """A class with a check of its own would be made without it."""
    assert not hasattr(kind, "__post_init__")
    assert tuple(f.name for f in fields(maker(kind))) == tuple(f.name for f in fields(kind))
