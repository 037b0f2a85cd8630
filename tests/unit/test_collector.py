"""Python looks for garbage less often, and not while what lasts is built."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest

from bot.collector import NEW_OBJECTS, lasting


@pytest.fixture(autouse=True)
def collector_as_it_was() -> Iterator[None]:
    """Leave the collector to the other tests as it was."""
    before = gc.get_threshold()
    yield
    gc.unfreeze()
    gc.set_threshold(*before)
    gc.enable()


def test_nothing_is_looked_for_while_what_lasts_is_built() -> None:
    """The collector rests within, and leaves alone afterwards what is there."""
    with lasting():
        assert not gc.isenabled()
    assert gc.isenabled()
    assert gc.get_freeze_count() > 0
    assert gc.get_threshold()[0] == NEW_OBJECTS


def test_a_failure_leaves_the_collector_on() -> None:
    """What could not be built does not leave a process that never looks for garbage."""
    gc.unfreeze()
    with pytest.raises(ValueError, match="no model"), lasting():
        raise ValueError("no model")
    assert gc.isenabled()
    assert not gc.get_freeze_count(), "what was not built does not last"


def test_who_switched_it_off_finds_it_off() -> None:
    """A process that does without the collector is not made to have one."""
    gc.disable()
    with lasting():
        pass
    assert not gc.isenabled()
