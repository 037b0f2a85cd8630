"""Is this installation well? `stancewatch check [--sources]`

Each part is one line: well, or what is wrong and what to do. The exit status is 1 when something is wrong.

Refuses to do: it mends nothing, and posts nothing.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Annotated

import typer

import handlers
from bot.cli.app import ConfigDir, Database, app
from bot.cli.platforms import platform_reports
from bot.cli.progress import Steps, steps
from bot.cli.skew import clock_note
from bot.clock import SystemClock
from bot.domain import YAML, Source
from bot.errors import StancewatchError
from bot.nlp import languages
from bot.ports import Watcher
from bot.store.examining import left_to_start
from bot.wiring import load_settings, notifiers_for, opened_as_it_is, opened_watchers
from config import Settings, load_routes, load_sources, load_storyline
from watchers import unwatched
from watchers.checking import SourceReport, check_source

AT_ONCE = 16


@dataclass(frozen=True, slots=True)
class Finding:
    """One part and how it is.

    Args:
        trouble: what is wrong and what to do; "" when it is well.
        note: what a person may want to know all the same.
    """

    part: str
    trouble: str = ""
    note: str = ""


@app.command()
def check(
    sources: Annotated[bool, typer.Option("--sources", help="Poll every source once and say what is wrong.")] = False,
    config: ConfigDir = None,
    database: Database = None,
) -> None:
    """Check configuration, database, clock, languages, routes and chat platforms; with --sources every feed as well.

    Each problem comes with what to do about it. Nothing is stored and nothing is posted. The exit status is 1 when
    something is wrong.
    """
    settings = load_settings(config=config, database=database)
    wrong = sum(_told(finding) for finding in findings(settings))
    if sources:
        watched = list(_watched(settings))
        with steps(sys.stderr, len(watched), "polling") as progress:
            reports = asyncio.run(_polled(settings, watched, progress))
        wrong += sum(_told(_of_source(report)) for report in reports)
        typer.echo(f"{sum(report.ok for report in reports)} of {len(reports)} sources answer")
    if wrong:
        raise typer.Exit(1)


def findings(settings: Settings) -> Iterator[Finding]:
    """Yield how each part is; a part that fails hides no other."""
    yield _tried("storyline", lambda: f"{len(load_storyline(settings.config_dir).tracks)} tracks")
    yield _tried("sources", lambda: f"{len(load_sources(settings.config_dir, unwatched))} sources")
    yield _tried("routes", lambda: _routes(settings))
    yield _tried("database", lambda: _database(settings))
    yield _tried("clock", lambda: asyncio.run(clock_note(settings, SystemClock())))
    yield from _platforms(settings)
    for code in languages.codes():
        yield _language(code, settings)


def _tried(part: str, look: Callable[[], str]) -> Finding:
    try:
        return Finding(part, note=look())
    except StancewatchError as error:
        return Finding(part, trouble=str(error))


def _routes(settings: Settings) -> str:
    routes = load_routes(settings.config_dir, handlers.unserved)
    notifiers_for(routes, load_storyline(settings.config_dir), settings)
    return ", ".join(f"{route.name} on {route.platform}" for route in routes)


def _database(settings: Settings) -> str:
    with opened_as_it_is(settings) as store:
        if store is None:
            return left_to_start(settings.database_url)
        return ", ".join(f"{count} {name.replace('_', ' ')}" for name, count in store.counts().items())


def _platforms(settings: Settings) -> Iterator[Finding]:
    """Yield how each chat platform is; nothing where storyline or routes are wrong, which has been told."""
    try:
        reports = asyncio.run(platform_reports(settings))
    except StancewatchError:
        return
    for report in reports:
        part = f"platform {report.name}"
        yield from (Finding(part, trouble=problem) for problem in report.problems)
        if not report.used:
            yield Finding(part, note="; ".join(("not in use", *report.setup)))
            continue
        if not report.problems:
            yield Finding(part, note="ready")
        yield from (Finding(part, note=line) for line in report.setup)


def _watched(settings: Settings) -> Iterator[Source]:
    """Yield YAML's sources as they stand in the file now, and those that people added, as far as a database has any;
    without those that people switched off."""
    stored: list[Source] = []
    off: frozenset[str] = frozenset()
    with suppress(StancewatchError), opened_as_it_is(settings) as store:  # what is wrong with it has been told
        if store:
            stored, off = [source for source, _ in store.sources()], store.upkeep.switched_off()
    yield from (source for source in load_sources(settings.config_dir) if source.enabled and source.key not in off)
    yield from (source for source in stored if source.enabled and source.author != YAML)


def _language(code: str, settings: Settings) -> Finding:
    def loaded() -> str:
        languages.load(code, settings.english_model if code == "en" else "")
        missing = languages.lacking(code)
        return f"read with plain stems; for more install {', '.join(missing)}" if missing else "read in full"

    return _tried(f"language {code}", loaded)


async def _polled(settings: Settings, sources: list[Source], progress: Steps) -> list[SourceReport]:
    clock = SystemClock()
    slots = asyncio.Semaphore(AT_ONCE)

    async def one(watcher: Watcher, source: Source) -> SourceReport:
        async with slots:
            report = await check_source(watcher, source, clock)
        progress(1)
        return report

    async with opened_watchers(settings, clock) as (watchers, _):
        unknown = [
            SourceReport(source, False, 0, None, 0.0, what) for source in sources if (what := unwatched(source.kind))
        ]
        known = [source for source in sources if source.kind in watchers]
        return [*unknown, *await asyncio.gather(*(one(watchers[source.kind], source) for source in known))]


def _of_source(report: SourceReport) -> Finding:
    part = f"source {report.source.key}"
    if not report.ok:
        return Finding(part, trouble=report.advice)
    return Finding(part, note=report.advice or f"{report.items} items in {report.seconds:.1f} s")


def _told(finding: Finding) -> bool:
    state = "WRONG" if finding.trouble else "well "
    typer.echo(f"{state}  {finding.part}: {finding.trouble or finding.note}")
    return bool(finding.trouble)
