"""Is the bot that runs here well? `stancewatch health`

Asks the running bot's /health page; for people and for programs. The container's own check is bot/pulse.py, as loading
this whole program twice a minute would cost more than what it checks.

Refuses to do: it opens no database, and starts nothing.
"""

from __future__ import annotations

import json
import urllib.error
from http.client import HTTPException

import typer

from bot.cli.app import app
from bot.errors import ConfigError
from bot.pulse import SECONDS, opener, page
from bot.wiring import load_settings


@app.command()
def health() -> None:
    """Ask the running bot how it is: exit status 0 when it is up, 1 when it is down or does not answer.

    The answer is JSON: status (ok, degraded, standby, down), when it last looked what is due, what keeps the database
    from storing, sources that fail, and channels that are paused with the reason. Host and port come from
    STANCEWATCH_HEALTH_HOST and STANCEWATCH_HEALTH_PORT.
    """
    settings = load_settings()
    if not settings.health_port:
        raise ConfigError("STANCEWATCH_HEALTH_PORT is 0: the bot answers no health requests")
    url = page(settings.health_host, settings.health_port, "health")
    try:
        with opener().open(url, timeout=SECONDS) as answer:
            typer.echo(json.dumps(json.load(answer), indent=2, ensure_ascii=False))
    except urllib.error.HTTPError as error:
        typer.echo(error.read().decode("utf-8", "replace"))
        raise typer.Exit(1) from None
    except (OSError, HTTPException, ValueError) as error:
        typer.echo(f"no bot answers at {url}: {getattr(error, 'reason', error)}", err=True)
        raise typer.Exit(1) from None
