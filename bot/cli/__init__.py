"""What can a person type? One file a command; `main` is the console script.

Refuses to do: no command decides or stores anything by itself; each calls what bot/wiring.py puts together.
"""

from __future__ import annotations

import errno
import io
import os
import sys

from bot.cli import (
    backtest,
    baseline,
    brief,
    check,
    db,
    demo,
    feedback,
    feeds,
    health,
    ledger,
    mute,
    read,
    replay,
    run,
    timeline,
    why,
)
from bot.cli.app import app
from bot.cli.logs import set_up_logs
from bot.errors import InputError, StancewatchError

__all__ = ["COMMANDS", "app", "main"]

COMMANDS = (
    run,
    brief,
    timeline,
    why,
    check,
    health,
    db,
    feeds,
    read,
    replay,
    baseline,
    demo,
    mute,
    feedback,
    ledger,
    backtest,
)
"""Importing a command's module puts it under `stancewatch`."""

_OUTPUT = frozenset({errno.EPIPE, errno.ENOSPC, errno.EDQUOT})


def main() -> None:
    """Run the command line; an error is one line on standard error and a status that is not zero."""
    for stream in (sys.stdout, sys.stderr):
        # What is told is in four languages: no locale but UTF-8 has letters for all, and JSON lines are UTF-8 anyway.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    set_up_logs("warning", "text")
    try:
        app()
    except InputError as error:
        print(f"stancewatch: {error}", file=sys.stderr)  # noqa: T201 - the one place that speaks to the terminal
        sys.exit(2)
    except StancewatchError as error:
        print(f"stancewatch: {error}", file=sys.stderr)  # noqa: T201
        sys.exit(1)
    except OSError as error:
        if error.errno not in _OUTPUT:
            raise
        # Who reads our output has gone (`stancewatch read | head`), or its disk is full: no traceback at exit either.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if error.errno != errno.EPIPE:
            where = error.filename or "what was written is cut short"
            print(f"stancewatch: {where}: {error.strerror}; make room and start again", file=sys.stderr)  # noqa: T201
        sys.exit(1)
