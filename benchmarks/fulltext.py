"""How much better is an article read with its own page than with its feed's lead alone?

    .venv/bin/python benchmarks/fulltext.py [ITEMS.jsonl ...] [--most N] [--jobs N]

Labelled items are printed as pages of fifty layouts (layouts.py), followed by the words of an item on another story in
the same language, since articles are longer than labelled ones; their feed gives the title and the first sentence.
Each is read from the lead alone, and from lead and page as the bot does it (watchers/fulltext.py, bot/pages.py).
Prints how many bodies came out whole and positions found both ways, in all and by language; the last line is one JSON
object. Without files it reads those of the evaluation folder beside the repository, of the part that is not kept back.

Refuses to do: no network; the fetching is for the tests.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

import layouts
import scoring
from labelled_items import Row, kept_ids, labelled_files, load

from bot.cli.items import readings_line
from bot.domain import Article, Item, Page, PageState, Tier
from bot.errors import NotAPageError
from bot.nlp.pool import ReaderPool
from bot.pages import carries, text_to_read
from bot.wiring import load_settings, reader_factory
from watchers.fulltext import read_page
from watchers.parsing import Document

NOW = datetime(2024, 7, 1, tzinfo=UTC)
_SENTENCE = re.compile(r"(?<=[.!?…»”\"])\s+")
LEAST = 3
"""Sentences that an item needs to have more than a lead."""


def printed(number: int, row: Row, other: str = "") -> tuple[str, Page | None]:
    """Return the lead that a feed gives of an item, and what its page is read as; None where it cannot be.

    Args:
        other: what the page says below the item.
    """
    sentences = _SENTENCE.split(row["text"].strip())
    below = [part for part in _SENTENCE.split(other) if part]
    page = layouts.page(number % layouts.LAYOUTS, row["title"], [*sentences, *below], row["lang"])
    try:
        return sentences[0], read_page(Document("https://paper.example/a", page.encode(), "text/html; charset=utf-8"))
    except NotAPageError:
        return sentences[0], None


def items(row: Row, lead: str, page: Page | None) -> tuple[Item, Item]:
    """Return an item as its feed gives it, and as the bot reads it with its page."""
    key, title = row["id"], row["title"]
    article = Article(
        key, "paper", "https://paper.example/a", "", "", title, lead, row["lang"], NOW, NOW, "Paper", "p", Tier.OUTLET
    )
    feed = Item(key, title, lead, row["lang"], NOW)
    if page is None:
        return feed, feed
    read_title, text = text_to_read(article, PageState(key, NOW), page)
    return feed, Item(key, read_title, text, row["lang"], NOW)


async def measure(rows: Sequence[Row], others: Mapping[str, Sequence[str]], jobs: int) -> Row:
    """Return the figures.

    Args:
        others: by language, texts of other stories.
    """
    below = (
        others[row["lang"]][n % len(others[row["lang"]])] if others.get(row["lang"]) else ""
        for n, row in enumerate(rows)
    )
    pages = [printed(number, row, other) for (number, row), other in zip(enumerate(rows), below, strict=True)]
    pairs = [items(row, *page) for row, page in zip(rows, pages, strict=True)]
    pool = ReaderPool(reader_factory(load_settings()), jobs)
    try:
        both = [await pool.read([pair[way] for pair in pairs]) for way in (0, 1)]
    finally:
        pool.close()
    read = [{result.id: readings_line(result) for result in results} for results in both]
    languages = sorted({row["lang"] for row in rows})
    by_language = {
        code: compared([p for p in zip(rows, pages, strict=True) if p[0]["lang"] == code], read) for code in languages
    }
    return compared(list(zip(rows, pages, strict=True)), read) | {"by_language": by_language}


def compared(printed: Sequence[tuple[Row, tuple[str, Page | None]]], read: Sequence[dict[str, Row]]) -> Row:
    """Return how many bodies came out whole, of how many the lead serves, and the positions found both ways."""
    rows = [row for row, _ in printed]
    found = [scoring.score(rows, {row["id"]: way[row["id"]] for row in rows})["positions"] for way in read]
    whole = sum(
        page is not None and all(carries(page.text, s) for s in _SENTENCE.split(row["text"].strip()))
        for row, (_, page) in printed
    )
    refused = sum(page is None for _, (_, page) in printed)
    return {"items": len(rows), "whole": whole, "lead_kept": refused, "lead_only": found[0], "with_page": found[1]}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path, metavar="ITEMS.jsonl")
    parser.add_argument("--most", type=int, default=400, help="items of each file at most")
    parser.add_argument("--jobs", type=int, default=2)
    options = parser.parse_args()
    rows = [row for file in options.files for row in load([file])[: options.most]]
    if not options.files:
        every = load(labelled_files())
        kept = kept_ids(every)
        rows = [row for row in every if row["id"] not in kept][: 4 * options.most]
    others = defaultdict(list)
    for row in rows:
        if not row["relevant"]:
            others[row["lang"]].append(row["text"].strip())
    rows = [row for row in rows if row["relevant"] and len(_SENTENCE.split(row["text"].strip())) >= LEAST]
    figures = asyncio.run(measure(rows, others, options.jobs))
    print(f"{figures['whole']} of {figures['items']} bodies came out whole; of {figures['lead_kept']} the lead serves")
    for way, name in (("lead_only", "lead alone"), ("with_page", "with its page")):
        print(f"{name:14} " + "  ".join(f"{key} {value:.3f}" for key, value in figures[way].items()))
    for code, told in figures["by_language"].items():
        f1 = [f"{told[way]['f1']:.3f}" for way in ("lead_only", "with_page")]
        print(f"{code:14} {told['items']} items, {told['whole']} whole: f1 {' -> '.join(f1)}")
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
