"""Whatever is read, whenever, and however often: does a channel owe one post to a development, in a real store?

And is the ledger that is kept the one that its readings make?
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.developments import DEVELOPMENT
from bot.domain import AlertState, By, Entry, Item, NoticeKind, Reading, ReadResult, Route, Source, Storyline, Tier
from bot.ingest import Ingest
from bot.rebuilding import compared
from bot.store import SqlStore, open_store

START = datetime(2024, 7, 10, tzinfo=UTC)
ROUTES = (Route("desk", "console", "a"), Route("same-place", "console", "a"), Route("other", "console", "b"))
printed = st.tuples(
    st.sampled_from(["withhold", "reviewing", "indirect", "supplying"]),
    st.sampled_from("ABC"),
    st.sampled_from([By.OFFICIAL, By.REPORTED, By.REPORTED]),
    st.integers(0, 20),
)


async def read(items: Sequence[Item]) -> list[ReadResult]:
    """Read in each item the rung and the authority that its title names."""
    found = ((item, *item.title.split()[:2]) for item in items)
    made = ((item, Reading("seoul-arms", "south-korea", rung, By(by), item.title, 0.9)) for item, rung, by in found)
    return [ReadResult(item.id, True, "passed", "en", (reading,)) for item, reading in made]


async def played(store: SqlStore, storyline: Storyline, rows: Sequence[tuple[str, str, By, int]]) -> None:
    ingest = Ingest(storyline, read, store, lambda: ROUTES, (), lambda: None)
    await ingest.open_ledgers(START - timedelta(days=1))
    for number, (rung, house, by, at) in enumerate(sorted(rows, key=lambda row: row[3])):
        now = START + at * timedelta(hours=8)
        source = Source(house, house, f"https://{house}.example/feed", "rss", "en", house, house, Tier.OUTLET)
        entry = Entry(f"{number}", f"https://{house}.example/{number}", f"{rung} {by.value} {number}", "", now)
        await ingest.accept(source, [entry], now)
        await ingest.accept(source, [entry], now)
        await ingest.review(now)


@given(st.lists(printed, min_size=1, max_size=6))
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_development_is_owed_one_post_in_each_channel(
    small_storyline: Storyline, rows: list[tuple[str, str, By, int]]
) -> None:
    with TemporaryDirectory() as folder:
        store = open_store(f"sqlite:///{Path(folder) / 'bot.db'}", durable=False)
        try:
            asyncio.run(played(store, small_storyline, rows))
            assert [ledger for ledger in compared(store, small_storyline) if ledger.differs] == []
            alerts = store.alerts(START - timedelta(days=1))
            for n, alert in enumerate(alerts):
                owed = [(d.platform, d.channel) for d in store.deliveries(NoticeKind.ALERT, alert.id)]
                assert sorted(owed) == [("console", "a"), ("console", "b")]
                for other in alerts[:n]:
                    over = AlertState.EXPIRED in {alert.state, other.state}
                    apart = abs(alert.lead.dated - other.lead.dated) > DEVELOPMENT
                    assert over or apart or alert.to_rung != other.to_rung
        finally:
            store.close()
