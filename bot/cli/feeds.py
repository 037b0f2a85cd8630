"""Which sources are watched? `stancewatch feeds list|add|remove|retry|test|import|export`

Works beside a running bot, which sees a change at its next tick. What YAML names is changed in the YAML; here it can
only be switched off.

Refuses to do: it never edits a YAML file.
"""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, replace
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from bot.cli.app import AsJson, ConfigDir, Database, app, author_here
from bot.cli.preview import print_preview
from bot.clock import SystemClock
from bot.domain import USUAL_SELECTOR, YAML, Act, AuditEntry, Source, Tier, shown
from bot.errors import InputError
from bot.finding import as_page, located, source_at, tried
from bot.sourcehealth import WINDOW, SourceHealth, sources_health
from bot.store import SqlStore
from bot.wiring import load_settings, opened_fetcher, opened_store, opened_watchers, reader_factory
from config import Settings, load_sources
from watchers import unwatched
from watchers.checking import SourceReport
from watchers.opml import read_opml, write_opml

feeds = typer.Typer(help="List, add, remove, test, import and export sources.", no_args_is_help=True)
app.add_typer(feeds, name="feeds")

Selector = Annotated[
    str,
    typer.Option(
        help=f"Watch the page itself: CSS selector of its items, such as 'table.board tr'; or {USUAL_SELECTOR!r}."
    ),
]
Url = Annotated[str, typer.Argument(metavar="URL", help="Address of a feed, or of a site that names one.")]


@feeds.command("list")
def list_feeds(
    problems: Annotated[bool, typer.Option("--problems", help="Only sources that a person should look at.")] = False,
    as_json: AsJson = False,
    config: ConfigDir = None,
    database: Database = None,
) -> None:
    """List the sources with how they are, those with a problem first."""
    now = SystemClock().now()
    with _store(load_settings(config=config, database=database)) as store:
        rows = [health for health in sources_health(store, now) if health.troubled or not problems]
    if as_json:
        typer.echo(json.dumps([_object(health) for health in rows]))
        return
    titles = ("source", "status", "language", "tier", "every", "last well", "last new item", "took", "items")
    table = Table(*titles, "relevant", "read", "what to do", box=None)
    for health in rows:
        table.add_row(*(Text(cell) for cell in _cells(health)))
    Console(width=None if sys.stdout.isatty() else 220).print(table)
    number = "1 source" if len(rows) == 1 else f"{len(rows)} sources"
    typer.echo(f"{number}; items, relevant and read of the last {WINDOW.days} days")


@feeds.command()
def retry(
    key: Annotated[str, typer.Argument(metavar="SOURCE", help="Key of a source, as `feeds list` shows it.")],
    config: ConfigDir = None,
    database: Database = None,
) -> None:
    """Poll a source again at once, even one that is gone or was put aside."""
    with _store(load_settings(config=config, database=database)) as store:
        store.retry_source(key)
    typer.echo(f"{key} is polled again at the next tick")


@feeds.command()
def add(
    url: Url,
    publisher: Annotated[str, typer.Option(help="Who prints it; by default the site's host.")] = "",
    group: Annotated[str, typer.Option(help="Origin group: outlets of one house share it; by default the host.")] = "",
    tier: Annotated[Tier, typer.Option(help="How close it stands to the holders.")] = Tier.OUTLET,
    language: Annotated[str, typer.Option(help="en, ko, ru or uk; empty when it mixes languages.")] = "",
    selector: Selector = "",
    config: ConfigDir = None,
    database: Database = None,
) -> None:
    """Add a source: find the feed behind an address, try it, show what it holds, and store it."""
    settings = load_settings(config=config, database=database)
    given = source_at(url, author_here())
    name = publisher or given.name
    source = replace(
        given, name=name, publisher=name, origin_group=group or given.origin_group, tier=tier, language=language
    )
    report = asyncio.run(_found(settings, source, selector))
    print_preview(report, reader_factory(settings)())
    with _store(settings) as store:
        added = _add(store, report.source)
    again = added.author != report.source.author
    what = "watched again, as sources.yml has it" if again else "added; its first poll is taken silently"
    typer.echo(f"{added.key}: {what}")


@feeds.command()
def remove(
    key: Annotated[str, typer.Argument(metavar="SOURCE", help="Key of a source, as `feeds list` shows it.")],
    config: ConfigDir = None,
    database: Database = None,
) -> None:
    """Remove a source; one that YAML names is switched off instead, and stays off."""
    with _store(load_settings(config=config, database=database)) as store:
        with store.unit() as unit:
            unit.remove_source(key, author_here())
            unit.save_audit(_entry(Act.REMOVE_FEED, key))
        stays = any(source.key == key for source, _ in store.sources())
    on = "switched off {}, which sources.yml names; `stancewatch feeds add` with its address has it watched again"
    typer.echo((on if stays else "removed {}").format(key))


@feeds.command("test")
def try_out(
    what: Annotated[str, typer.Argument(metavar="URL|SOURCE", help="An address, or the key of a source.")],
    selector: Selector = "",
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
    if what in known:
        source = as_page(known[what], selector) if selector else known[what]
        report = asyncio.run(_tried(settings, source))
    else:
        report = asyncio.run(_found(settings, source_at(what, author_here()), selector))
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
    # The YAML of another bot is not this one's, whose next start would drop what its own does not name.
    ours = author_here()
    left_out: list[str] = []

    def leave_out(why: str) -> None:
        # at once: where nothing is left, or the store fails, the reasons are what helps
        typer.echo(f"left out: {why}", err=True)
        left_out.append(why)

    sources = [
        replace(source, author=ours) if source.author == YAML else source
        for source in read_opml(content, str(file), author=ours, leave_out=leave_out)
    ]
    named, added = len(sources) + len(left_out), 0
    with _store(load_settings(config=config, database=database)) as store:
        for source in sources:
            try:
                _check(source)
                _add(store, source)
                added += 1
            except InputError as error:
                leave_out(str(error))
    typer.echo(f"added {added} of {named} sources")


@feeds.command("export")
def export_opml(
    file: Annotated[
        Path | None, typer.Argument(metavar="FILE.opml", help="Where to; standard output when left out.")
    ] = None,
    config: ConfigDir = None,
    database: Database = None,
) -> None:
    """Write all sources as OPML, in their folders; those without stand in one for their tier."""
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


async def _found(settings: Settings, source: Source, selector: str) -> SourceReport:
    async with opened_fetcher(settings, SystemClock()) as fetcher:
        return await _tried(settings, await located(source, selector, fetcher))


async def _tried(settings: Settings, source: Source) -> SourceReport:
    clock = SystemClock()
    async with opened_watchers(settings, clock) as (watchers, _):
        return await tried(source, watchers, clock)


def _add(store: SqlStore, source: Source) -> Source:
    """Add a source, and record who did so when, in one transaction; return which is watched now."""
    with store.unit() as unit:
        added = unit.add_source(source)
        unit.save_audit(_entry(Act.ADD_FEED, f"{added.key} {shown(added.url)}"))
    return added


def _entry(act: Act, about: str) -> AuditEntry:
    return AuditEntry(SystemClock().now(), author_here(), act, "", "", about)


def _check(source: Source) -> None:
    if what := unwatched(source.kind):
        raise InputError(f"{source.key}: {what}")
    if source.selector:
        as_page(source, source.selector)


def _cells(health: SourceHealth) -> tuple[str, ...]:
    times = [f"{at:%Y-%m-%d %H:%M}" if at else "never" for at in (health.last_success, health.last_new_item)]
    return (
        health.key,
        health.status,
        health.language or "mixed",
        health.tier,
        f"{health.every.total_seconds() / 60:.0f} min",
        *times,
        f"{health.seconds:.1f} s" if health.last_success else "-",
        str(health.items),
        _share(health.relevant, health.items),
        _share(health.read, health.items),
        health.advice,
    )


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.0f} %" if whole else "-"


def _object(health: SourceHealth) -> dict[str, object]:
    values = asdict(health) | {"every": health.every.total_seconds()}
    return {name: value.isoformat() if isinstance(value, datetime) else value for name, value in values.items()}
