"""What should not be told for a while? `stancewatch mute|unmute|muted`

Works beside a running bot, which heeds a change at once.

Refuses to do: nothing is deleted; what is muted waits, and stands in the brief meanwhile.
"""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import asdict
from difflib import get_close_matches
from typing import Annotated

import typer

import handlers
from bot import mutes
from bot.cli.app import AsJson, ConfigDir, Database, app, author_here
from bot.cli.brief import span_of
from bot.clock import SystemClock
from bot.domain import Mute, Storyline
from bot.errors import InputError
from bot.lookup import alert_of
from bot.ports import Store
from bot.routing import until_words
from bot.wiring import load_settings, store_and_storyline

Where = Annotated[
    str,
    typer.Option("--channel", metavar="PLATFORM:CHANNEL", help="One channel, such as discord:123; all when left out."),
]


@app.command()
def mute(
    what: Annotated[str, typer.Argument(metavar="TRACK|HOLDER|ALERT", help="What not to tell.")],
    holder: Annotated[str, typer.Option("--holder", help="With a track: this holder's positions on it only.")] = "",
    span: Annotated[str, typer.Option("--for", metavar="SPAN|moves", help="1h, 24h, 7d, or moves: until it moves.")] = (
        "24h"
    ),
    channel: Where = "",
    config: ConfigDir = None,
    database: Database = None,
) -> None:
    """Tell nothing of a track, a holder or a development for a while; what waited is then told as it stands.

    What was told already is still kept right. The brief shows what is muted, by whom and until when.
    """
    platform, place = _place(channel)
    length = None if span == "moves" else span_of(span)
    with store_and_storyline(load_settings(config=config, database=database)) as (store, storyline):
        target = _target(store, storyline, what, holder)
        wish = mutes.Wish(platform, place, author_here(), span=length, **target)
        made = mutes.mute(store, storyline, wish, SystemClock().now())
    typer.echo(_line(made))


@app.command()
def unmute(
    what: Annotated[str, typer.Argument(metavar="[MUTE|TRACK|HOLDER|ALERT]", help="Which; all when left out.")] = "",
    channel: Where = "",
    config: ConfigDir = None,
    database: Database = None,
) -> None:
    """End mutes before their time; what waited for them is told at once, as it stands."""
    platform, place = _place(channel)
    with store_and_storyline(load_settings(config=config, database=database)) as (store, _):
        ended = mutes.unmute(store, what, author_here(), SystemClock().now(), platform=platform, channel=place)
    for one in ended:
        typer.echo(f"no longer {_line(one)}")


@app.command()
def muted(channel: Where = "", as_json: AsJson = False, config: ConfigDir = None, database: Database = None) -> None:
    """List what is muted, where, by whom and until when."""
    platform, place = _place(channel)
    with store_and_storyline(load_settings(config=config, database=database)) as (store, _):
        held = mutes.muted(store, SystemClock().now(), platform, place)
    if as_json:
        typer.echo(json.dumps([asdict(one) for one in held], default=str))
        return
    for one in held:
        typer.echo(_line(one))
    if not held:
        typer.echo("nothing is muted")


def _place(channel: str) -> tuple[str, str]:
    platform, colon, place = channel.partition(":")
    if channel and not (colon and platform and place):
        raise InputError(f"{channel!r} is no channel; write PLATFORM:CHANNEL, such as discord:123 or console:-")
    if platform and (what := handlers.unserved(platform)):
        raise InputError(f"{channel!r}: {what}")
    return platform, place


def _target(store: Store, storyline: Storyline, what: str, holder: str) -> dict[str, str]:
    """Return what is meant by a word: a track, a holder, else the id of an alert."""
    tracks, holders = [track.id for track in storyline.tracks], [known.id for known in storyline.holders]
    if what in tracks:
        return {"track": what, "holder": holder}
    if holder:
        raise InputError(f"--holder goes with a track; there are: {', '.join(tracks)}")
    if what in holders:
        return {"holder": what}
    with suppress(InputError):
        return {"alert": alert_of(store, what).id}
    near = get_close_matches(what, [*tracks, *holders], n=1)
    meant = f"did you mean {near[0]!r}?" if near else f"tracks are: {', '.join(tracks)}"
    raise InputError(f"no track, holder or alert {what!r}; {meant}")


def _line(one: Mute) -> str:
    where = f"in {one.platform}:{one.channel}" if one.channel else "in every channel"
    what = " ".join(part for part in (one.track, one.holder, one.rung) if part)
    of = f" (alert {one.alert})" if one.alert else ""
    return f"muted {what}{of} {where} {until_words(one, 'UTC')}, by {one.author} [{one.id}]"
