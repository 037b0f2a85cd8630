"""Which sources are stored, and in which state?

YAML seeds them; people add and remove them. A source that YAML names cannot be removed by a person, since the next
start would bring it back: it is disabled, and stays so until a person adds it again.

Refuses to do: no poll, and no judgement of when the next one should be (bot/rhythm.py).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, RowMapping, Select, bindparam, case, delete, distinct, func, insert, select, update

from bot.domain import YAML, PollState, Source, shown
from bot.errors import InputError
from bot.store.columns import EPOCH, POLL_STATE, SOURCE
from bot.store.schema import articles, evidence, sources

FARTHEST = timedelta(days=8)
"""Longer than a source may ask us to stay away (bot/rhythm.py)."""

Watched = tuple[Source, PollState]

_FRESH = PollState(next_due=EPOCH)
"""Due at once, and nothing remembered."""


def seed(connection: Connection, wanted: Sequence[Source]) -> None:
    """Make YAML's sources the stored ones; see `Store.seed_sources`."""
    stored = {row["key"]: row for row in connection.execute(select(sources)).mappings()}
    addresses = {source.url for source in wanted}
    for key, row in stored.items():
        ours = SOURCE.load(row["value"])
        if key not in {source.key for source in wanted} and (row["author"] == YAML or ours.url in addresses):
            connection.execute(delete(sources).where(sources.c.key == key))
    for source in wanted:
        if source.key not in stored:
            connection.execute(insert(sources).values(**_identity(source), **_memory(_FRESH)))
            continue
        row = stored[source.key]
        left = _left(row, source)
        connection.execute(
            update(sources).where(sources.c.key == source.key).values(**_identity(source, row["disabled_by"]), **left)
        )


def every(connection: Connection) -> tuple[Watched, ...]:
    """Return all of them, by key."""
    return _read(connection, select(sources).order_by(sources.c.key))


def due(connection: Connection, now: datetime, limit: int) -> tuple[Watched, ...]:
    """Return those to poll now, the longest overdue first."""
    # Nobody is asked to wait so long: it was written while the clock was wrong.
    wrong = sources.c.next_due > now + FARTHEST
    return _read(
        connection,
        select(sources)
        .where((sources.c.next_due <= now) | wrong, sources.c.enabled, ~sources.c.gone)
        .order_by(sources.c.next_due, sources.c.key)
        .limit(limit),
    )


def add(connection: Connection, source: Source) -> Source:
    """Add a person's source, or enable again one of YAML's that a person had removed; return which is watched now."""
    for ours, row in _with_rows(connection):
        if source.key != ours.key and source.url != ours.url:
            continue
        if not row["disabled_by"]:
            raise InputError(f"source {ours.key} ({shown(ours.url)}) is there already, added by {ours.author}")
        # It is tried again though it was gone or failed: that may be why it was removed.
        again = _again(POLL_STATE.load(row["state"]))
        connection.execute(update(sources).where(sources.c.key == ours.key).values(**_identity(ours), **_memory(again)))
        return ours
    connection.execute(insert(sources).values(**_identity(source), **_memory(_FRESH)))
    return source


def remove(connection: Connection, key: str, author: str) -> None:
    """Remove a person's source, or disable one of YAML's."""
    found = [(ours, row) for ours, row in _with_rows(connection) if ours.key == key and not row["disabled_by"]]
    if not found:
        raise InputError(f"no source {key!r}; `stancewatch feeds list` names them")
    ours, _row = found[0]
    if ours.author == YAML:
        connection.execute(update(sources).where(sources.c.key == key).values(**_identity(ours, author)))
    else:
        connection.execute(delete(sources).where(sources.c.key == key))


def save_states(connection: Connection, states: Mapping[str, PollState]) -> None:
    """Remember what polls left, by source; nothing happens for those that were removed meanwhile."""
    if states:
        rows = [{"of": key, **_memory(state)} for key, state in states.items()]
        connection.execute(update(sources).where(sources.c.key == bindparam("of")), rows)


def counts(connection: Connection, since: datetime) -> dict[str, tuple[int, int, int]]:
    """Return by source how many of its articles seen since then are stored, relevant, and hold a position."""
    relevant = func.sum(case((articles.c.relevant, 1), else_=0))
    stored = select(articles.c.source, func.count(), relevant).where(articles.c.seen >= since)
    held = (
        select(articles.c.source, func.count(distinct(evidence.c.article)))
        .join(evidence, evidence.c.article == articles.c.key)
        .where(articles.c.seen >= since)
    )
    read: dict[str, int] = dict(map(tuple, connection.execute(held.group_by(articles.c.source))))
    rows = connection.execute(stored.group_by(articles.c.source))
    return {source: (number, int(passed or 0), read.get(source, 0)) for source, number, passed in rows}


def retry(connection: Connection, key: str) -> None:
    """Poll a source again at once, whatever it did: gone, quarantined or failing is forgotten."""
    row = connection.execute(
        select(sources.c.state, sources.c.enabled, sources.c.disabled_by).where(sources.c.key == key)
    ).first()
    if row is None:
        raise InputError(f"no source {key!r}; `stancewatch feeds list` names them")
    if not row.enabled:
        on = "`stancewatch feeds add` with its address" if row.disabled_by else "its `enabled` in sources.yml"
        raise InputError(f"source {key} is switched off; {on} has it watched again")
    again = _again(POLL_STATE.load(row.state))
    connection.execute(update(sources).where(sources.c.key == key).values(**_memory(again)))


def _identity(source: Source, disabled_by: str = "") -> dict[str, Any]:
    return {
        "key": source.key,
        "author": source.author,
        "enabled": source.enabled and not disabled_by,
        "disabled_by": disabled_by,
        "value": SOURCE.dump(source),
    }


def _left(row: RowMapping, source: Source) -> dict[str, Any]:
    """Return what is to be remembered anew of a stored source that YAML names; nothing where all of it holds."""
    before = SOURCE.load(row["value"])
    # Another address is another feed: what was remembered of the old one would mislead. Another token is not.
    if shown(before.url) != shown(source.url):
        return _memory(_FRESH)
    if (before.kind, before.selector) != (source.kind, source.selector):
        # "Not modified" would hide what is read in it now, and a wait what was mended.
        unread = replace(_again(POLL_STATE.load(row["state"])), etag="", last_modified="", body_hash="")
        return _memory(unread)
    return {}


def _again(state: PollState) -> PollState:
    """Return the state of a source that is polled at once, whatever it did."""
    return replace(state, gone=False, strikes=0, failures=0, last_error="", next_due=EPOCH)


def _memory(state: PollState) -> dict[str, Any]:
    return {"next_due": state.next_due, "gone": state.retired, "state": POLL_STATE.dump(state)}


def _with_rows(connection: Connection) -> list[tuple[Source, RowMapping]]:
    return [(SOURCE.load(row["value"]), row) for row in connection.execute(select(sources)).mappings()]


def _read(connection: Connection, query: Select[Any]) -> tuple[Watched, ...]:
    return tuple(
        (replace(SOURCE.load(row["value"]), enabled=row["enabled"]), POLL_STATE.load(row["state"]))
        for row in connection.execute(query).mappings()
    )
