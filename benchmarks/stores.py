"""How do both stores bear a million articles: the time of a /brief, the size on disk, and a move between them?

    .venv/bin/python benchmarks/stores.py [--articles 1000000] [--briefs 200] [--folder DIR]

SQLite is filled with articles of the size that feeds bring (a headline, a few sentences; lengths as of the demo's
items), one in fifty of them with evidence, over two years; a thousand alerts, a hundred sources. Then `db copy` moves it
all to PostgreSQL, which compares every row. On both, briefs over seven days are made one after another, as the desk
makes them for /brief, while one thread goes on storing articles ten times a second, and the time of each is taken.

The peer of each store is the other one. Target: p95 of a brief below 100 ms on both, the copy identical. Without a
PostgreSQL (see tests/postgres_server.py) its half is left out, and said so. Last line: one JSON object.

Refuses to do: no chat platform is in these times (benchmarks/interactive.py), and no network but the loopback.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from borrowed import postgres_kit

from bot.brief import make_brief
from bot.domain import (
    Alert,
    AlertEventKind,
    AlertState,
    Article,
    By,
    Evidence,
    ReadResult,
    Register,
    Severity,
    Source,
    Tier,
)
from bot.ledgers import open_ledgers
from bot.store import SqlStore, backups, open_store
from config import load_storyline

ROOT = Path(__file__).parents[1]
NOW = datetime(2026, 6, 1, tzinfo=UTC)
SPAN = timedelta(days=730)
WINDOW = timedelta(days=7)
AT_ONCE = 5000


def demo() -> list[dict[str, str]]:
    """Return the demo's items, which lend the articles their words."""
    return [json.loads(line) for line in (ROOT / "bot/cli/demo.jsonl").read_text("utf-8").splitlines()]


def an_article(number: int, total: int, items: list[dict[str, str]]) -> Article:
    """Return one article of the flood."""
    item, seen = items[number % len(items)], NOW - SPAN * (1 - number / total)
    url = f"https://paper-{number % 97}.example/news/{number}"
    return Article(
        key=f"paper-{number % 97}:{number:x}",
        source=f"paper-{number % 97}",
        url=url,
        canonical_url=url,
        content_hash=f"{number:040x}",
        title=f"{item['title']} ({number})",
        text=item["text"],
        language=item["lang"],
        published=seen,
        seen=seen,
        publisher=f"Paper {number % 97}",
        origin_group=f"house-{number % 41}",
        tier=Tier.OUTLET,
    )


def some_evidence(article: Article, track: str, holder: str, rung: str) -> Evidence:
    """Return what an article says of one ledger."""
    return Evidence(
        article.key, article.key, track, holder, rung, By.REPORTED, article.title, 0.9, "agency",
        article.seen, article.seen, article.title, article.url, article.publisher, article.origin_group,
        Tier.OUTLET, article.language, fingerprint=(1, 2**63),
    )  # fmt: skip


def fill(store: SqlStore, total: int) -> None:
    """Store the articles, and what rests on some of them."""
    storyline, items = load_storyline(), demo()
    places = [(t.id, h, r.id) for t in storyline.tracks for h in t.holders for r in t.rungs]
    store.seed_sources(
        [Source(f"paper-{n}", f"Paper {n}", f"https://paper-{n}.example/feed", "rss", "en", f"Paper {n}", f"house-{n}",
                Tier.OUTLET) for n in range(97)]
    )  # fmt: skip
    for start in range(0, total, AT_ONCE):
        with store.unit() as unit:
            plain = []
            for number in range(start, min(start + AT_ONCE, total)):
                article = an_article(number, total, items)
                if number % 50:
                    plain.append((article, ReadResult(article.key, False, "no topic", article.language)))
                    continue
                evidence = some_evidence(article, *places[number // 50 % len(places)])
                unit.add_article(article, ReadResult(article.key, True, "passed", article.language), [evidence])
                if number % max(1, total // 1000 // 50 * 50) == 0:
                    unit.save_alert(an_alert(number, evidence))
            unit.add_articles(plain)
    open_ledgers(store, storyline, NOW)


def an_alert(number: int, evidence: Evidence) -> Alert:
    """Return an alert that rests on an article."""
    return Alert(
        f"a{number:x}", 1, AlertState.CONFIRMED, AlertEventKind.POSTED, evidence.seen, evidence.seen, evidence.track,
        evidence.holder, Register.WORD, None, evidence.rung, By.REPORTED, Severity.MEDIUM, (evidence,),
    )  # fmt: skip


@contextmanager
def writing(store: SqlStore) -> Iterator[None]:
    """Store ten articles a second while the block runs."""
    over, items = threading.Event(), demo()

    def write() -> None:
        for number in range(10**9):
            article = replace(an_article(number, 10**9, items), key=f"late:{number}", seen=NOW)
            with store.unit() as unit:
                unit.add_article(article, ReadResult(article.key, False, "no topic", "en"), [])
            if over.wait(0.1):
                return

    thread = threading.Thread(target=write)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def brief_times(url: str, briefs: int) -> dict[str, float]:
    """Return the median, p95 and longest of briefs in milliseconds."""
    store, storyline = open_store(url), load_storyline()
    taken = []
    with writing(store):
        for number in range(briefs):
            now = NOW - timedelta(minutes=random.randrange(60))
            begin = time.perf_counter()
            make_brief(store, storyline, now, now - WINDOW)
            taken.append(1000 * (time.perf_counter() - begin))
            time.sleep(0.01 if number % 10 else 0.05)
    store.close()
    taken.sort()
    return {
        "brief_p50_ms": round(taken[len(taken) // 2], 1),
        "brief_p95_ms": round(taken[int(len(taken) * 0.95)], 1),
        "brief_max_ms": round(taken[-1], 1),
    }


def size_of(url: str) -> int:
    """Return the bytes that a database takes."""
    store = open_store(url)
    asked = {
        "sqlite": "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()",
        "postgresql": "SELECT pg_database_size(current_database())",
    }
    with store._engine.connect() as connection:  # noqa: SLF001 - no part of the bot asks for it
        size: int = connection.exec_driver_sql(asked[connection.dialect.name]).scalar_one()
    store.close()
    return size


def measured(url: str, articles: int, briefs: int) -> dict[str, float]:
    """Return the figures of one store that is filled."""
    size = size_of(url)
    print(f"  {size / 1e6:.0f} MB, {size / articles:.0f} bytes an article; {briefs} briefs ...", flush=True)
    return {"mb_per_1000_articles": round(size / articles / 1000, 3)} | brief_times(url, briefs)


def run(articles: int, briefs: int, folder: Path) -> dict[str, object]:
    """Fill, move and ask."""
    figures: dict[str, object] = {"articles": articles}
    url = f"sqlite:///{folder / 'stores.db'}"
    begin = time.monotonic()
    store = open_store(url, durable=False)
    fill(store, articles)
    store.close()
    print(f"SQLite filled in {time.monotonic() - begin:.0f} s", flush=True)
    kit = postgres_kit()
    with kit.any_server() as server:
        if server is None:
            print(f"PostgreSQL left out: {kit.NONE}")
            return figures | {"sqlite": measured(url, articles, briefs)}
        other = server.create()
        try:
            begin = time.monotonic()
            rows = backups.copy(url, other, lambda _: lambda _: None, replace=False)
            seconds = time.monotonic() - begin
            print(f"copied {rows} rows in {seconds:.0f} s, each compared", flush=True)
            figures |= {"copied_rows": rows, "copy_seconds": round(seconds), "identical": True}
            figures["sqlite"] = measured(url, articles, briefs)
            figures["postgres"] = measured(other, articles, briefs)
        finally:
            server.drop(other)
    return figures


def main() -> None:
    """Measure, print for people, and one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=1_000_000)
    parser.add_argument("--briefs", type=int, default=200, help="made on each store")
    parser.add_argument("--folder", type=Path, help="where the SQLite file is made; a temporary folder by default")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="stancewatch-", dir=given.folder) as folder:
        figures = run(given.articles, given.briefs, Path(folder))
    for name in ("sqlite", "postgres"):
        if name in figures:
            print(f"{name:9}{figures[name]}")
    print(json.dumps({**figures, "target_brief_p95_ms": 100}))


if __name__ == "__main__":
    sys.exit(main())
