"""Is what a feed asks for understood?"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import Wishes
from watchers.wishes import LONGEST, behind_items, wishes_of


@pytest.mark.parametrize(
    ("head", "wishes"),
    [
        ("", Wishes()),
        ("<ttl>30</ttl>", Wishes(least=1800)),
        ("<ttl> 30 </ttl>", Wishes(least=1800)),
        ("<ttl>0</ttl>", Wishes()),
        ("<ttl><![CDATA[30]]></ttl>", Wishes(least=1800)),
        ("<ttl>99999999999999</ttl>", Wishes(least=LONGEST)),
        ("<sy:updatePeriod xmlns:sy='http://purl.org/rss/1.0/modules/syndication/'>hourly<", Wishes(least=3600)),
        ("<ttl>-5</ttl>", Wishes()),
        ("<ttl>999999999</ttl>", Wishes(least=LONGEST)),
        ("<sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>2</sy:updateFrequency>", Wishes(least=1800)),
        ("<sy:updatePeriod> daily </sy:updatePeriod>", Wishes(least=24 * 3600)),
        ("<sy:updatePeriod>weekly</sy:updatePeriod><sy:updateFrequency>14</sy:updateFrequency>", Wishes(least=43_200)),
        ("<sy:updatePeriod>yearly</sy:updatePeriod>", Wishes(least=LONGEST)),
        ("<sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>0</sy:updateFrequency>", Wishes(least=3600)),
        ("<skipHours><hour>0</hour><hour>24</hour><hour>7</hour></skipHours>", Wishes(skip_hours=(0, 7))),
        ("<skipDays><day>Saturday</day><day>Sunday</day></skipDays>", Wishes(skip_days=(5, 6))),
        (f"<skipHours>{''.join(f'<hour>{h}</hour>' for h in range(24))}</skipHours>", Wishes()),
    ],
)
def test_the_head_of_a_feed_is_read(head, wishes):
    assert wishes_of(f"<rss><channel>{head}<item><ttl>5</ttl></item></channel></rss>") == wishes


@pytest.mark.parametrize("charset", ["utf-8", "utf-16", "euc-kr"])
@pytest.mark.parametrize("pad", [0, 40_000])
def test_what_a_feed_asks_for_behind_its_items_is_granted_too(charset, pad):
    asks = "<ttl>45</ttl><skipHours><hour>3</hour></skipHours>"
    items = f"<item><title>북한</title><ttl>5</ttl><description>{'가' * pad}</description></item>"
    feed = f'<?xml version="1.0"?><rss version="2.0"><channel><title>T</title>{items}{asks}</channel></rss>'
    assert wishes_of(feed, behind_items(feed.encode(charset))) == Wishes(least=2700, skip_hours=(3,))


def test_what_stands_within_an_item_is_no_wish_of_the_feed():
    feed = b"<rss><channel><item><title>T</title></item><item><ttl>5</ttl></item></channel></rss>"
    assert wishes_of(feed.decode(), behind_items(feed)) == Wishes()
    assert behind_items(b"<item><ttl>5</ttl>" + b"x" * 40_000) == ""


@given(st.text(alphabet="<>/ttlskipHoursupdatePeriodhourly0123456789", max_size=200))
def test_no_text_asks_for_more_than_a_day(text):
    assert 0 <= wishes_of(text).least <= LONGEST
