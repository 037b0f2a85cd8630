"""In which order, and as whose, do items arrive?"""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from bot.domain import Item, Source, Tier
from bot.replay import arrivals, by_publisher

DAY = datetime(2024, 10, 18, tzinfo=UTC)


def source(key: str, publisher: str, group: str, tier: Tier) -> Source:
    return Source(key, key, "http://x.example", "rss", "en", publisher, group, tier)


def test_items_arrive_by_date_whatever_their_order() -> None:
    items = [Item("b", "", "", date=DAY.replace(day=19)), Item("a", "", "", date=DAY)]
    assert [arrival.entry.guid for arrival in arrivals(items, ())] == ["a", "b"]


def test_an_item_without_a_date_arrives_with_the_one_before_it() -> None:
    items = [Item("a", "", "", date=DAY), Item("undated", "", ""), Item("b", "", "", date=DAY.replace(day=19))]
    found = arrivals(items, ())
    assert [arrival.entry.guid for arrival in found] == ["a", "undated", "b"]
    assert found[1].at == DAY
    assert found[1].entry.published is None


def test_a_publisher_that_is_watched_lends_its_house_and_tier() -> None:
    watched = [source("s", "Yonhap", "yonhap", Tier.AGENCY)]
    (arrival,) = arrivals([Item("a", "", "", date=DAY, publisher="yonhap")], watched)
    assert (arrival.source.origin_group, arrival.source.tier) == ("yonhap", Tier.AGENCY)


def test_a_publisher_that_is_not_watched_is_an_outlet_of_its_own() -> None:
    (arrival,) = arrivals([Item("a", "", "", date=DAY, publisher="The Courier")], ())
    assert (arrival.source.origin_group, arrival.source.tier) == ("the courier", Tier.OUTLET)


def test_a_feed_of_its_own_says_more_of_a_publisher_than_a_search() -> None:
    search, own = source("s", "Reuters", "reuters", Tier.SEARCH), source("o", "Reuters", "reuters", Tier.AGENCY)
    assert by_publisher([search, own])["reuters"] is own
    assert by_publisher([own, search])["reuters"] is own


@given(st.lists(st.one_of(st.none(), st.datetimes(timezones=st.just(UTC))), max_size=20))
def test_no_item_is_lost_and_time_never_runs_back(dates: list[datetime | None]) -> None:
    found = arrivals([Item(str(i), "", "", date=date) for i, date in enumerate(dates)], ())
    assert len(found) == len(dates)
    assert [arrival.at for arrival in found] == sorted(arrival.at for arrival in found)
