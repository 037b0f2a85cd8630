"""What do all commands share: the application itself and the options that mean the same everywhere.

Refuses to do: no command lives here.
"""

from __future__ import annotations

import getpass
from pathlib import Path
from typing import Annotated

import typer

from bot import __version__

app = typer.Typer(
    name="stancewatch",
    help="Tells a team, once and with proof, when somebody's position moves on one storyline: South Korea's arms for "
    "Ukraine and the Russia-North Korea pact.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="markdown",
    context_settings={"help_option_names": ["-h", "--help"]},
)

ConfigDir = Annotated[
    Path | None,
    typer.Option(
        "--config",
        metavar="DIR",
        help="Folder whose YAML files (storyline, history, sources, routes) each replace the shipped one of that name.",
    ),
]

Database = Annotated[
    str | None,
    typer.Option("--database", metavar="URL", help="Database address; by default sqlite:///data/stancewatch.db."),
]

AsJson = Annotated[bool, typer.Option("--json", help="One JSON object instead of text for people.")]


def author_here() -> str:
    """Return how a person at this machine is known; a container may run as somebody who has no name there."""
    try:
        return f"cli:{getpass.getuser()}"
    except (KeyError, OSError):
        return "cli"


def printable(text: str) -> str:
    """Return a line in which what a stranger printed cannot act on the terminal."""
    return "".join(letter if letter.isprintable() else " " for letter in text)


@app.callback(invoke_without_command=True)
def root(
    version: Annotated[bool, typer.Option("--version", help="Print the version and exit.")] = False,
) -> None:
    """Hold the options of `stancewatch` itself."""
    if version:
        typer.echo(f"stancewatch {__version__}")
        raise typer.Exit
