"""Which articles are stored, and what was read in them?

Refuses to do: no copy is recognised here beyond equal keys and equal addresses.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any

from sqlalchemy import Column, Connection, Select, case, or_, select

from bot.domain import Article, Evidence, ReadResult, Tier
from bot.identity import canonical_url
from bot.store.columns import EVIDENCE, READ_RESULT
from bot.store.dialect import insert_into
from bot.store.schema import articles, evidence

KEYS_AT_ONCE = 500
"""How many values one statement asks for; databases cap the parameters of a statement."""

_FIELDS = tuple(field.name for field in fields(Article))


def known_keys(connection: Connection, keys: Iterable[str]) -> frozenset[str]:
    """Return those of the keys that are stored."""
    return _known(connection, select(articles.c.key), articles.c.key, keys)


def known_urls(connection: Connection, urls: Iterable[str], *, searched: bool) -> frozenset[str]:
    """Return those of the canonical addresses that are stored; the empty one never is.

    Args:
        searched: whether those count that only a news search has found.
    """
    query = select(articles.c.canonical_url)
    if not searched:
        query = query.where(articles.c.tier != Tier.SEARCH.value)
    return _known(connection, query, articles.c.canonical_url, (url for url in urls if url))


def add(connection: Connection, article: Article, result: ReadResult, readings: Sequence[Evidence]) -> None:
    """Store an article with its evidence; one whose key is stored already is left as it is."""
    row = {name: getattr(article, name) for name in _FIELDS}
    row |= {"tier": article.tier.value, "relevant": result.relevant, "result": READ_RESULT.dump(result)}
    new = insert_into(connection, articles).values(row).on_conflict_do_nothing().returning(articles.c.key)
    if connection.execute(new).first() is not None and readings:
        rows = [_evidence_row(reading) for reading in readings]
        connection.execute(insert_into(connection, evidence).on_conflict_do_nothing(), rows)


def evidence_since(connection: Connection, track: str, holder: str, since: datetime) -> tuple[Evidence, ...]:
    """Return the evidence on one ledger dated or seen since then, by (dated, id)."""
    query = (
        select(evidence.c.value)
        .where(evidence.c.track == track, evidence.c.holder == holder)
        .where(or_(evidence.c.dated >= since, evidence.c.seen >= since))
        .order_by(evidence.c.dated, evidence.c.id)
    )
    return tuple(EVIDENCE.load(value) for value in connection.execute(query).scalars())


def find(connection: Connection, url_or_key: str) -> tuple[Article, ReadResult] | None:
    """Return one article by key or by any form of its address.

    Of several, a relevant one, then one from a feed of its own before one from a search, then the earliest.
    """
    found = case((articles.c.tier == Tier.SEARCH.value, 1), else_=0)
    order = (case((articles.c.relevant, 0), else_=1), found, articles.c.seen, articles.c.key)
    for match in (articles.c.key == url_or_key, articles.c.canonical_url.in_(_forms(url_or_key))):
        row = connection.execute(select(articles).where(match).order_by(*order).limit(1)).mappings().first()
        if row is not None:
            values = {name: row[name] for name in _FIELDS} | {"tier": Tier(row["tier"])}
            return Article(**values), READ_RESULT.load(row["result"])
    return None


def _forms(address: str) -> list[str]:
    """Return the canonical addresses that somebody may mean: with and without https, with and without a last slash."""
    canonical = canonical_url(address) or canonical_url(f"https://{address}")
    path, mark, query = canonical.partition("://")[2].partition("?")
    if not path:
        return []
    path = path.rstrip("/")
    return [f"{scheme}://{path}{end}{mark}{query}" for scheme in ("https", "http") for end in ("", "/")]


def _known(connection: Connection, query: Select[Any], column: Column[str], wanted: Iterable[str]) -> frozenset[str]:
    asked = list(dict.fromkeys(wanted))
    found: set[str] = set()
    for start in range(0, len(asked), KEYS_AT_ONCE):
        part = asked[start : start + KEYS_AT_ONCE]
        found.update(connection.execute(query.where(column.in_(part))).scalars())
    return frozenset(found)


def _evidence_row(reading: Evidence) -> dict[str, Any]:
    names = ("id", "article", "track", "holder", "rung", "dated", "seen", "silent")
    return {name: getattr(reading, name) for name in names} | {"value": EVIDENCE.dump(reading)}
