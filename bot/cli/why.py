"""Why was this told, or why not? `stancewatch why URL|ALERT`

Refuses to do: nothing is fetched or read again.
"""

from __future__ import annotations

from typing import Annotated

import typer
from rich.console import Console
from rich.text import Text

from bot.cli.app import ConfigDir, Database, app, printable
from bot.routebook import RouteBook
from bot.why import explain
from bot.wiring import load_settings, store_and_storyline
from config import load_routes


@app.command()
def why(
    what: Annotated[str, typer.Argument(metavar="URL|ALERT", help="Address of an article, its key, or an alert's id.")],
    config: ConfigDir = None,
    database: Database = None,
) -> None:
    """Say why an article or an alert was told: every step from sentence to channel, or the gate that stopped it."""
    settings = load_settings(config=config, database=database)
    with store_and_storyline(settings) as (store, storyline):
        routes = RouteBook(storyline, store, load_routes(settings.config_dir)).all()
        console = Console(highlight=False, soft_wrap=True)
        for line in explain(store, storyline, what, routes):
            console.print(Text(printable(line)))
