"""Which articles are stored, and what was read in them?

Refuses to do: no copy is recognised here beyond equal keys, addresses and words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields
from datetime import datetime
from functools import cache, lru_cache
from operator import attrgetter
from typing import Any

from sqlalchemy import Connection, Row, RowMapping, Select, case, delete, func, or_, select, union_all, update

from bot.domain import Article, Evidence, ReadResult, Tier
from bot.identity import canonical_url
from bot.store.columns import EVIDENCE, READ_RESULT, micros
from bot.store.dialect import insert_into, named
from bot.store.schema import articles, evidence

_FIELDS = tuple(field.name for field in fields(Article))
_TIER = _FIELDS.index("tier")
_ARTICLE = select(*(articles.c[name] for name in _FIELDS))
_AS_THEY_ARE = tuple(name for name in _FIELDS if name not in {"tier", "published", "seen"})
_COLUMNS = (*_AS_THEY_ARE, "tier", "published", "seen", "relevant", "result")
_as_they_are = attrgetter(*_AS_THEY_ARE)
_moment = lru_cache(maxsize=16)(micros)  # all that a poll brings was seen at one


def known(
    connection: Connection, keys: Iterable[str], urls: Iterable[str], hashes: Iterable[str]
) -> tuple[Article, ...]:
    """Return the articles that have one of the keys, canonical addresses or digests of words, the earliest first.

    The empty address is nobody's.
    """
    many = named(connection.dialect.name).many
    asked = {"keys": keys, "urls": filter(None, urls), "hashes": hashes}
    rows = connection.execute(
        _known(connection.dialect.name), {name: many(list(dict.fromkeys(values))) for name, values in asked.items()}
    )
    return tuple(sorted(map(_article_of, rows), key=lambda article: (article.seen, article.key)))


def add_many(connection: Connection, pairs: Iterable[tuple[Article, ReadResult]]) -> None:
    """Store articles in which nothing was read; those whose key is stored already are left as they are."""
    # Most of what a poll stores goes this way, a feed's thirty at a time when it is polled first.
    kind = named(connection.dialect.name)
    rows = [_raw_row(article, result, kind.truth(result.relevant)) for article, result in pairs]
    kind.insert_new(connection, articles, _COLUMNS, rows)


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


@cache
def _known(dialect: str) -> Select[Any]:
    """The question of `known`; built once, since building it costs more than its answer."""
    kind = named(dialect)
    columns = {"keys": articles.c.key, "urls": articles.c.canonical_url, "hashes": articles.c.content_hash}
    # One statement, each name looked up in its own index; what all three find, as most often, is fetched once.
    key = select(articles.c.key)
    return _ARTICLE.where(
        articles.c.key.in_(union_all(*(kind.among(key, column, name) for name, column in columns.items())))
    )


def _raw_row(article: Article, result: ReadResult, relevant: int) -> tuple[Any, ...]:
    """The values of _COLUMNS as the database has them."""
    return (
        *_as_they_are(article),
        str(article.tier),
        None if article.published is None else micros(article.published),
        _moment(article.seen),
        relevant,
        READ_RESULT.dump(result),
    )


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
