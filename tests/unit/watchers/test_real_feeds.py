"""Do the feeds of the world, as they really are, come through the watcher whole?"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import feedparser
import pytest

from bot.clock import SystemClock
from bot.domain import PollState, Source, Tier
from watchers import Fetcher, load

FEEDS = Path(__file__).parents[4] / "shared" / "feeds"
FILES = sorted(path for path in FEEDS.glob("*") if path.suffix in {".xml", ".rss", ".atom", ".rdf"})

pytestmark = pytest.mark.skipif(not FILES, reason="the folder of real feeds does not stand beside this repository")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
async def test_no_item_that_feedparser_finds_is_lost(path, parser, publisher):
    body = path.read_bytes()
    url = publisher.serve("/feed", body, headers={"Content-Type": "text/xml"})
    source = Source(path.name, path.name, url, "rss", "", "Example", "example", Tier.OUTLET)
    async with Fetcher(SystemClock(), allow_private=["127.0.0.1"]) as fetcher:
        poll = await load(fetcher, parser)["rss"].poll(source, PollState(next_due=datetime.now(UTC)))
    found = feedparser.parse(body)["entries"]
    assert len(poll.entries) == len(found)
    guids = sorted(" ".join(raw.get("id", "").split()) for raw in found)
    assert sorted(entry.guid for entry in poll.entries) == guids
    dated = sum(raw.get("published_parsed") is not None for raw in found)
    assert sum(entry.published is not None for entry in poll.entries) >= dated
    for entry in poll.entries:
        assert entry.title or entry.text or entry.url or entry.published
        assert not entry.url or entry.url.startswith("http")
