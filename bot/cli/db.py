"""How is the database looked after? `stancewatch db upgrade|check|backup|restore|copy`

Refuses to do: nothing is written over unless --replace says so, and nothing that a bot works with is written over.
"""

from __future__ import annotations

import sys
from contextlib import ExitStack
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.app import Database, app
from bot.cli.progress import Steps, steps
from bot.errors import InputError
from bot.store import backups, open_store
from bot.store.examining import examine, schema_of
from bot.wiring import load_settings

db = typer.Typer(help="Upgrade, check, back up, restore and move the database.", no_args_is_help=True)
app.add_typer(db, name="db")

File = Annotated[Path, typer.Argument(metavar="FILE", help="The backup; an SQLite file.")]
Replace = Annotated[bool, typer.Option("--replace", help="Delete what the target holds; else it has to be empty.")]


@db.command()
def upgrade(database: Database = None) -> None:
    """Bring the database to the schema of this version; `run` does the same when it starts.

    It is one transaction: whatever interrupts it, the database is as it was or upgraded. Make a backup first if you
    may want to go back: an older program refuses a newer schema.
    """
    url = load_settings(database=database).database_url
    before, _ = schema_of(url)
    open_store(url).close()
    after, _ = schema_of(url)
    typer.echo(f"schema {after}: nothing to do" if before == after else f"schema {before or 'none'} → {after}")


@db.command()
def check(database: Database = None) -> None:
    """Look whether the database is whole, and read every value in it; the exit status is 1 when something is wrong."""
    url = load_settings(database=database).database_url
    wrong = 0
    with ExitStack() as stack:
        for finding in examine(url, _Counted(stack, "reading")):
            typer.echo(f"{'WRONG' if finding.trouble else 'well '}  {finding.part}: {finding.trouble or finding.note}")
            wrong += bool(finding.trouble)
    if wrong:
        raise typer.Exit(1)


@db.command()
def backup(file: File, database: Database = None) -> None:
    """Write everything into a new file, as it is at one moment; the bot may go on working.

    The file is an SQLite database, of PostgreSQL too; only its owner may read it. It appears under its name when it is
    complete.
    """
    with ExitStack() as stack:
        backups.backup(load_settings(database=database).database_url, file, _Counted(stack, "saving"))
    typer.echo(f"{file}: {file.stat().st_size / 1e6:.1f} MB")


@db.command()
def restore(file: File, replace: Replace = False, database: Database = None) -> None:
    """Put back what a backup holds, into SQLite or PostgreSQL; an older backup is brought up to date on the way.

    Every row is compared after it was written. Whatever goes wrong, the database is as it was. The bot has to be
    stopped.
    """
    url = load_settings(database=database).database_url
    with ExitStack() as stack:
        rows = backups.restore(file, url, _Counted(stack, "restoring"), replace=replace)
    typer.echo(f"{rows} rows restored, each compared with the backup")


@db.command()
def copy(
    to: Annotated[
        str, typer.Option("--to", metavar="URL|@FILE", help="Where to: an address, or @ and a file that holds it.")
    ],
    replace: Replace = False,
    database: Database = None,
) -> None:
    """Move everything to another database, such as from SQLite to PostgreSQL; the bot has to be stopped.

    Every row is compared after it was written; whatever goes wrong, the target is as it was. A password on the command
    line can be seen by others on this machine: give the address by @FILE, or the password as PostgreSQL's own programs
    take it (PGPASSWORD, ~/.pgpass). Afterwards set STANCEWATCH_DATABASE_URL to the new address.
    """
    url = load_settings(database=database).database_url
    with ExitStack() as stack:
        rows = backups.copy(url, _address(to), _Counted(stack, "copying"), replace=replace)
    typer.echo(f"{rows} rows copied, each compared with its original")


class _Counted:
    """Shows a bar once it is known how long it gets."""

    def __init__(self, stack: ExitStack, what: str) -> None:
        self._stack = stack
        self._what = what

    def __call__(self, total: int) -> Steps:
        return self._stack.enter_context(steps(sys.stderr, total, self._what))


def _address(given: str) -> str:
    if not given.startswith("@"):
        return given
    try:
        return Path(given[1:]).read_text("utf-8-sig").strip()
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "is not UTF-8 text"
        raise InputError(f"{given[1:]}: cannot be read ({reason}); check path and rights") from None
