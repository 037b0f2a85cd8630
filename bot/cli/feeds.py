"""Which sources are watched? `stancewatch feeds list|add|remove|test|import|export`

Works beside a running bot, which sees a change at its next tick. What YAML names is changed in the YAML; here it can
only be switched off.

Refuses to do: it never edits a YAML file.
"""

from __future__ import annotations

import asyncio
import getpass
import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from bot.cli.app import AsJson, ConfigDir, Database, app
from bot.cli.preview import print_preview
from bot.clock import SystemClock
from bot.domain import PollState, Source, Tier
from bot.errors import InputError, NotAFeedError
from bot.store import SqlStore
from bot.wiring import load_settings, opened_fetcher, opened_store, opened_watchers, reader_factory
from config import Settings, load_sources
from watchers import kind_modules
from watchers.checking import SourceReport, check_source, find_feed
from watchers.opml import read_opml, source_key, write_opml

feeds = typer.Typer(help="List, add, remove, test, import and export sources.", no_args_is_help=True)
app.add_typer(feeds, name="feeds")

Url = Annotated[str, typer.Argument(metavar="URL", help="Address of a feed, or of a site that names one.")]


@feeds.command("list")
def list_feeds(
    problems: Annotated[bool, typer.Option("--problems", help="Only sources whose last poll failed.")] = False,
    as_json: AsJson = False,
    config: ConfigDir = None,
    database: Database = None,
) -> None:
    """List the sources with how their last poll went."""
    with _store(load_settings(config=config, database=database)) as store:
        rows = [pair for pair in store.sources() if not problems or pair[1].last_error or pair[1].gone]
    if as_json:
        typer.echo(json.dumps([_object(source, state) for source, state in rows]))
        return
    table = Table("source", "language", "tier", "every", "last well", "last new item", "trouble", box=None)
    for source, state in rows:
        table.add_row(*(Text(cell) for cell in _cells(source, state)))
    Console(width=None if sys.stdout.isatty() else 160).print(table)
    typer.echo(f"{len(rows)} sources")


@feeds.command()
def add(
    url: Url,
    publisher: Annotated[str, typer.Option(help="Who prints it; by default the site's host.")] = "",
    group: Annotated[str, typer.Option(help="Origin group: outlets of one house share it; by default the host.")] = "",
    tier: Annotated[Tier, typer.Option(help="How close it stands to the holders.")] = Tier.OUTLET,
    language: Annotated[str, typer.Option(help="en, ko, ru or uk; empty when it mixes languages.")] = "",
    config: ConfigDir = None,
    database: Database = None,
) -> None:
    """Add a source: find the feed behind an address, try it, show what it holds, and store it."""
    settings = load_settings(config=config, database=database)
    report = asyncio.run(_tried(settings, _source(url, publisher, group, tier, language), discover=True))
    if not report.ok:
        raise InputError(report.advice)
    print_preview(report, reader_factory(settings)())
    with _store(settings) as store:
        store.add_source(report.source)
    typer.echo(f"added {report.source.key}; its first poll is taken silently")


@feeds.command()
def remove(
    key: Annotated[str, typer.Argument(metavar="SOURCE", help="Key of a source, as `feeds list` shows it.")],
    config: ConfigDir = None,
    database: Database = None,
) -> None:
    """Remove a source; one that YAML names is switched off instead, and stays off."""
    with _store(load_settings(config=config, database=database)) as store:
        store.remove_source(key, _author())
    typer.echo(f"removed {key}")


@feeds.command("test")
def try_out(
    what: Annotated[str, typer.Argument(metavar="URL|SOURCE", help="An address, or the key of a source.")],
    config: ConfigDir = None,
    database: Database = None,
) -> None:
    """Poll a source once, as the bot would, and show its last items with what would be read in them."""
    settings = load_settings(config=config, database=database)
    known: dict[str, Source] = {}
    if "://" not in what:
        with _store(settings) as store:
            known = {source.key: source for source, _ in store.sources()}
        if what not in known:
            raise InputError(f"no source {what!r}; give an address, or a key that `stancewatch feeds list` shows")
    source = known.get(what) or _source(what, "", "", Tier.OUTLET, "")
    report = asyncio.run(_tried(settings, source, discover=what not in known))
    if not report.ok:
        raise InputError(report.advice)
    print_preview(report, reader_factory(settings)())


@feeds.command("import")
def import_opml(
    file: Annotated[Path, typer.Argument(metavar="FILE.opml", help="What another reader exported.")],
    config: ConfigDir = None,
    database: Database = None,
) -> None:
    """Add every feed of an OPML file; those that are there already are named and left as they are."""
    try:
        content = file.read_bytes()
    except OSError as error:
        raise InputError(f"{file}: cannot be read ({error.strerror}); check the path") from None
    sources = read_opml(content, str(file), author=_author())
    kinds = sorted({kind for module in kind_modules() for kind in module.KINDS})
    added = 0
    with _store(load_settings(config=config, database=database)) as store:
        for source in sources:
            try:
                _check_kind(source, kinds)
                store.add_source(source)
                added += 1
            except InputError as error:
                typer.echo(f"left out: {error}", err=True)
    typer.echo(f"added {added} of {len(sources)} sources")


@feeds.command("export")
def export_opml(
    file: Annotated[
        Path | None, typer.Argument(metavar="FILE.opml", help="Where to; standard output when left out.")
    ] = None,
    config: ConfigDir = None,
    database: Database = None,
) -> None:
    """Write all sources as OPML, in groups by tier."""
    with _store(load_settings(config=config, database=database)) as store:
        text = write_opml(source for source, _ in store.sources())
    if file is None:
        typer.echo(text, nl=False)
        return
    try:
        file.write_text(text, encoding="utf-8")
    except OSError as error:
        raise InputError(f"{file}: cannot be written ({error.strerror}); choose another place") from None


@contextmanager
def _store(settings: Settings) -> Iterator[SqlStore]:
    with opened_store(settings) as store:
        if not store.sources():
            store.seed_sources(load_sources(settings.config_dir))
        yield store


async def _tried(settings: Settings, source: Source, *, discover: bool) -> SourceReport:
    clock = SystemClock()
    if discover:
        async with opened_fetcher(settings, clock) as fetcher:
            address, kind = await find_feed(fetcher, source.url)
        source = replace(source, url=address, kind=kind, key=source_key(address))
    async with opened_watchers(settings, clock) as watchers:
        if source.kind not in watchers:
            raise NotAFeedError(
                f"{source.url}: kind {source.kind} is not watched; kinds: {', '.join(sorted(watchers))}"
            )
        return await check_source(watchers[source.kind], source, clock)


def _source(url: str, publisher: str, group: str, tier: Tier, language: str) -> Source:
    host = url.partition("://")[2].partition("/")[0].removeprefix("www.")
    name = publisher or host or url
    return Source(source_key(url), name, url, "rss", language, name, group or host, tier, "medium", author=_author())


def _check_kind(source: Source, kinds: Sequence[str]) -> None:
    if source.kind not in kinds:
        raise InputError(f"{source.key}: nothing watches kind {source.kind!r}; the kinds are {', '.join(kinds)}")


def _author() -> str:
    try:
        return f"cli:{getpass.getuser()}"
    except (KeyError, OSError):
        return "cli"


def _cells(source: Source, state: PollState) -> tuple[str, ...]:
    times = [f"{moment:%Y-%m-%d %H:%M}" if moment else "never" for moment in (state.last_success, state.last_new_item)]
    trouble = "gone (410)" if state.gone else "switched off" if not source.enabled else state.last_error
    every = f"{source.interval // 60} min"
    return (source.key, source.language or "mixed", source.tier.value, every, *times, trouble)


def _object(source: Source, state: PollState) -> dict[str, object]:
    return {
        "key": source.key,
        "url": source.url,
        "publisher": source.publisher,
        "language": source.language,
        "tier": source.tier.value,
        "enabled": source.enabled,
        "author": source.author,
        "last_success": state.last_success.isoformat() if state.last_success else None,
        "last_new_item": state.last_new_item.isoformat() if state.last_new_item else None,
        "failures": state.failures,
        "error": state.last_error,
        "gone": state.gone,
    }
