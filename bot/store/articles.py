"""Which articles are stored, and what was read in them?

Refuses to do: no copy is recognised here beyond equal keys, addresses and words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, RowMapping, case, delete, func, or_, select, update

from bot.domain import Article, Evidence, ReadResult, Tier
from bot.identity import canonical_url
from bot.store.columns import EVIDENCE, READ_RESULT
from bot.store.dialect import insert_into
from bot.store.schema import articles, evidence

KEYS_AT_ONCE = 500
"""How many values one statement asks for; databases cap the parameters of a statement."""

_FIELDS = tuple(field.name for field in fields(Article))
_TIER = _FIELDS.index("tier")
_ARTICLE = select(*(articles.c[name] for name in _FIELDS))


def known(
    connection: Connection, keys: Iterable[str], urls: Iterable[str], hashes: Iterable[str]
) -> tuple[Article, ...]:
    """Return the articles that have one of the keys, canonical addresses or digests of words, the earliest first.

    The empty address is nobody's.
    """
    found: dict[str, Article] = {}
    asked = [list(dict.fromkeys(keys)), list(dict.fromkeys(filter(None, urls))), list(dict.fromkeys(hashes))]
    for start in range(0, max(map(len, asked)), KEYS_AT_ONCE):
        parts = [values[start : start + KEYS_AT_ONCE] for values in asked]
        columns = zip((articles.c.key, articles.c.canonical_url, articles.c.content_hash), parts, strict=True)
        # One question, since most of what a feed holds is found by all three.
        query = _ARTICLE.where(or_(*(column.in_(part) for column, part in columns if part)))
        found |= {row.key: _article_of(row) for row in connection.execute(query)}
    return tuple(sorted(found.values(), key=lambda article: (article.seen, article.key)))


def add_many(connection: Connection, pairs: Iterable[tuple[Article, ReadResult]]) -> None:
    """Store articles in which nothing was read; those whose key is stored already are left as they are."""
    if rows := [_article_row(article, result) for article, result in pairs]:
        connection.execute(insert_into(connection, articles).on_conflict_do_nothing(), rows)


def add(connection: Connection, article: Article, result: ReadResult, readings: Sequence[Evidence]) -> None:
    """Store an article with its evidence; one whose key is stored already is left as it is."""
    new = insert_into(connection, articles).on_conflict_do_nothing().returning(articles.c.key)
    if connection.execute(new, _article_row(article, result)).first() is not None:
        _add_evidence(connection, readings)


def replace(connection: Connection, article: Article, result: ReadResult, readings: Sequence[Evidence]) -> None:
    """Store the newer words of an article, with the evidence that it is now in the place of what it was."""
    connection.execute(update(articles).where(articles.c.key == article.key).values(_article_row(article, result)))
    connection.execute(delete(evidence).where(evidence.c.article == article.key))
    _add_evidence(connection, readings)


def evidence_in(connection: Connection, article: str) -> tuple[Evidence, ...]:
    """Return the evidence that one article is, by id."""
    query = select(evidence.c.value).where(evidence.c.article == article).order_by(evidence.c.id)
    return tuple(EVIDENCE.load(value) for value in connection.execute(query).scalars())


def with_positions(connection: Connection, since: datetime) -> Iterator[tuple[Article, ReadResult]]:
    """Return the articles first seen since then in which a position was read, sure or doubtful, by time seen."""
    query = select(articles).where(articles.c.seen >= since, articles.c.result.contains('"rung"'))
    for row in connection.execute(query.order_by(articles.c.seen, articles.c.key)).mappings():
        yield _article(row), READ_RESULT.load(row["result"])


def evidence_since(connection: Connection, track: str, holder: str, since: datetime) -> tuple[Evidence, ...]:
    """Return the evidence on one ledger dated or seen since then, by (dated, id)."""
    query = (
        select(evidence.c.value)
        .where(evidence.c.track == track, evidence.c.holder == holder)
        .where(or_(evidence.c.dated >= since, evidence.c.seen >= since))
        .order_by(evidence.c.dated, evidence.c.id)
    )
    return tuple(EVIDENCE.load(value) for value in connection.execute(query).scalars())


def seen_since(connection: Connection, since: datetime) -> int:
    """Return how many articles were first seen since then."""
    return connection.execute(select(func.count()).where(articles.c.seen >= since)).scalar_one()


def find(connection: Connection, url_or_key: str) -> tuple[Article, ReadResult] | None:
    """Return one article by key or by any form of its address.

    Of several, a relevant one, then one from a feed of its own before one from a search, then the earliest.
    """
    found = case((articles.c.tier == Tier.SEARCH.value, 1), else_=0)
    order = (case((articles.c.relevant, 0), else_=1), found, articles.c.seen, articles.c.key)
    for match in (articles.c.key == url_or_key, articles.c.canonical_url.in_(_forms(url_or_key))):
        row = connection.execute(select(articles).where(match).order_by(*order).limit(1)).mappings().first()
        if row is not None:
            return _article(row), READ_RESULT.load(row["result"])
    return None


def _forms(address: str) -> list[str]:
    """Return the canonical addresses that somebody may mean: with and without https, with and without a last slash."""
    canonical = canonical_url(address) or canonical_url(f"https://{address}")
    path, mark, query = canonical.partition("://")[2].partition("?")
    if not path:
        return []
    path = path.rstrip("/")
    return [f"{scheme}://{path}{end}{mark}{query}" for scheme in ("https", "http") for end in ("", "/")]


def _article(row: RowMapping) -> Article:
    return Article(**{name: row[name] for name in _FIELDS} | {"tier": Tier(row["tier"])})


def _article_of(row: Row[Any]) -> Article:
    """The article of a row of _ARTICLE; by position, since a poll compares dozens."""
    values = list(row)
    values[_TIER] = Tier(values[_TIER])
    return Article(*values)


def _article_row(article: Article, result: ReadResult) -> dict[str, Any]:
    row = {name: getattr(article, name) for name in _FIELDS}
    return row | {"tier": article.tier.value, "relevant": result.relevant, "result": READ_RESULT.dump(result)}


def _add_evidence(connection: Connection, readings: Sequence[Evidence]) -> None:
    if readings:
        rows = [_evidence_row(reading) for reading in readings]
        connection.execute(insert_into(connection, evidence).on_conflict_do_nothing(), rows)


def _evidence_row(reading: Evidence) -> dict[str, Any]:
    names = ("id", "article", "track", "holder", "rung", "dated", "seen", "silent")
    return {name: getattr(reading, name) for name in names} | {"value": EVIDENCE.dump(reading)}
