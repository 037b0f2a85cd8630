"""Which sources are stored, and in which state?

YAML seeds them; people add and remove them. A source that YAML names cannot be removed by a person, since the next
start would bring it back: it is disabled, and stays so until a person adds it again.

Refuses to do: no poll, and no judgement of when the next one should be (bot/rhythm.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, Select, delete, insert, select, update

from bot.domain import PollState, Source
from bot.errors import InputError
from bot.store.columns import EPOCH, POLL_STATE, SOURCE
from bot.store.schema import sources

YAML = "yaml"

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
        # Another address is another feed: what was remembered of the old one would mislead.
        fresh = _memory(_FRESH) if SOURCE.load(row["value"]).url != source.url else {}
        connection.execute(
            update(sources).where(sources.c.key == source.key).values(**_identity(source, row["disabled_by"]), **fresh)
        )


def every(connection: Connection) -> tuple[Watched, ...]:
    """Return all of them, by key."""
    return _read(connection, select(sources).order_by(sources.c.key))


def due(connection: Connection, now: datetime, limit: int) -> tuple[Watched, ...]:
    """Return those to poll now, the longest overdue first."""
    return _read(
        connection,
        select(sources)
        .where(sources.c.next_due <= now, sources.c.enabled, ~sources.c.gone)
        .order_by(sources.c.next_due, sources.c.key)
        .limit(limit),
    )


def add(connection: Connection, source: Source) -> None:
    """Add a person's source, or enable again one of YAML's that a person had removed."""
    for ours, row in _with_rows(connection):
        if source.key != ours.key and source.url != ours.url:
            continue
        if not row["disabled_by"]:
            raise InputError(f"source {ours.key} ({ours.url}) is there already, added by {ours.author}")
        # It is tried again though it was gone or failed: that may be why it was removed.
        again = replace(POLL_STATE.load(row["state"]), gone=False, failures=0, next_due=EPOCH)
        connection.execute(update(sources).where(sources.c.key == ours.key).values(**_identity(ours), **_memory(again)))
        return
    connection.execute(insert(sources).values(**_identity(source), **_memory(_FRESH)))


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


def save_state(connection: Connection, key: str, state: PollState) -> None:
    """Remember what a poll left; nothing happens when the source was removed meanwhile."""
    connection.execute(update(sources).where(sources.c.key == key).values(**_memory(state)))


def _identity(source: Source, disabled_by: str = "") -> dict[str, Any]:
    return {
        "key": source.key,
        "author": source.author,
        "enabled": source.enabled and not disabled_by,
        "disabled_by": disabled_by,
        "value": SOURCE.dump(source),
    }


def _memory(state: PollState) -> dict[str, Any]:
    return {"next_due": state.next_due, "gone": state.gone, "state": POLL_STATE.dump(state)}


def _with_rows(connection: Connection) -> list[tuple[Source, RowMapping]]:
    return [(SOURCE.load(row["value"]), row) for row in connection.execute(select(sources)).mappings()]


def _read(connection: Connection, query: Select[Any]) -> tuple[Watched, ...]:
    return tuple(
        (replace(SOURCE.load(row["value"]), enabled=row["enabled"]), POLL_STATE.load(row["state"]))
        for row in connection.execute(query).mappings()
    )
