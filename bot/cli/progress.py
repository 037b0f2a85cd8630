"""How does long work show that it goes on?

A progress bar on a terminal's standard error; nothing where there is no terminal, so that logs and pipes stay clean.

Refuses to do: nothing is measured here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TextIO

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

Steps = Callable[[int], None]
"""Call it with the number of steps done."""


@contextmanager
def steps(out: TextIO, total: int, what: str) -> Iterator[Steps]:
    """Show `what` with a bar of `total` steps while the block runs."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(file=out), transient=True, disable=not out.isatty()) as progress:
        task = progress.add_task(what, total=total)
        yield lambda done: progress.advance(task, done)
