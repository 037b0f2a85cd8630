"""Do entries come in the order in which they came about?"""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from bot.domain import Entry
from watchers.ordering import MOST_ENTRIES, oldest_first

DATES = st.datetimes(timezones=st.just(UTC))


def entry(name: str, published: datetime | None = None) -> Entry:
    return Entry(guid=name, url="", title=name, text="", published=published)


def test_undated_feed_is_turned_round():
    assert [e.guid for e in oldest_first([entry("new"), entry("old")])] == ["old", "new"]


def test_half_dated_feed_keeps_its_own_order():
    feed = [entry("c"), entry("b", datetime(2030, 1, 1, tzinfo=UTC)), entry("a")]
    assert [e.guid for e in oldest_first(feed)] == ["a", "b", "c"]


@given(st.lists(DATES, max_size=20))
def test_dated_feed_is_sorted_and_nothing_is_lost(dates):
    ordered = oldest_first([entry(str(number), date) for number, date in enumerate(dates)])
    assert [e.published for e in ordered] == sorted(dates)
    assert len({e.guid for e in ordered}) == len(dates)


def test_absurdly_long_feed_is_cut_to_its_first_entries():
    assert len(oldest_first([entry(str(number)) for number in range(MOST_ENTRIES + 5)])) == MOST_ENTRIES
