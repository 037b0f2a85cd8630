"""What do tests of reading stand on: a count of the work that it is."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

import pytest


@pytest.fixture
def lines_run() -> Callable[[Callable[[], object]], int]:
    """Return what counts the lines of Python that something runs: the same on every machine, however busy it is."""

    def count(act: Callable[[], object]) -> int:
        number = 0

        def step(_frame: FrameType, _event: str, _about: Any) -> Any:
            nonlocal number
            number += 1
            return step

        before = sys.gettrace()
        sys.settrace(step)
        try:
            act()
        finally:
            sys.settrace(before)
        return number

    return count
