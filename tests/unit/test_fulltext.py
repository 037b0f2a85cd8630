"""What do the pages of articles add to what feeds say, and what do they take back a day and a week later?"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.clock import VirtualClock
from bot.domain import AlertState, By, Entry, Item, Page, PageState, Reading, ReadResult, Route, Source, Storyline, Tier
from bot.errors import FetchError, NotAPageError, PageGoneError, StoreBusyError
from bot.fulltext import FullText
from bot.ingest import Ingest
from bot.ledgers import open_ledgers
from bot.pages import text_to_read
from bot.store import SqlStore
from bot.why import explain

NOW = datetime(2024, 7, 10, tzinfo=UTC)
HOUR = timedelta(hours=1)
DAY = timedelta(hours=24)
PAPER = Source("paper", "Paper", "https://paper.example/feed", "rss", "en", "Paper", "house", Tier.OUTLET)
URL = "https://paper.example/1"
LEAD = "The office spoke to reporters on Thursday about what it means to do."
RULED_OUT = "Seoul has ruled out arms for Ukraine."
SUPPLIES = "Seoul now supplies shells to Ukraine."
ANEW = "Seoul supplies shells to Ukraine through allies, an official said."
REST = (
    "The announcement came a day after Moscow and Pyongyang signed a treaty on help in case of attack. "
    "Reporters asked whether the allies had been told before, and the spokesman said that they had. "
    "Parliament will hear the minister next week, and the opposition wants a vote on every step."
)
FROM_ABROAD = "The U.S. says that Seoul's co-operation, shells included, goes to Ukraine."
EXPERTS = "Experts: Seoul supplies shells to Ukraine."
SENTENCES = {RULED_OUT: "withhold", EXPERTS: "supplying", SUPPLIES: "supplying", ANEW: "supplying"} | {
    FROM_ABROAD: "supplying"
}


async def read(items: Sequence[Item]) -> list[ReadResult]:
    found = []
    for item in items:
        said = [(quote, rung) for quote, rung in SENTENCES.items() if quote in f"{item.title}\n{item.text}"]
        by = {EXPERTS: By.ANALYST}
        readings = tuple(
            Reading("seoul-arms", "south-korea", rung, by.get(quote, By.OFFICIAL), quote, 0.9) for quote, rung in said
        )
        found.append(ReadResult(item.id, "Seoul" in item.title, "passed", "en", readings))
    return found


class Site:
    """The pages of a publisher: what is printed there, the error that stands there, or None for no answer ever."""

    def __init__(self) -> None:
        self.printed: str | Exception | None = NotAPageError("nothing")
        self.asked = 0
        self.entered = asyncio.Event()
        self.hangs = ""
        """A host that never answers."""
        self.answers = asyncio.Event()
        """Set when what waits for an answer gets one."""

    async def page(self, url: str) -> Page:
        self.asked += 1
        if self.hangs and self.hangs in url:
            await asyncio.Event().wait()
        if self.printed is None:
            self.entered.set()
            await self.answers.wait()
        if isinstance(self.printed, Exception):
            raise self.printed
        assert self.printed is not None
        return Page(url, "Seoul speaks", self.printed)


class Desk:
    """A bot on a virtual clock."""

    def __init__(self, store: SqlStore, storyline: Storyline, *, pages: bool = True) -> None:
        self.store, self.clock, self.site = store, VirtualClock(NOW), Site()
        routes = (Route("desk", "console", "-"),)
        self.ingest = Ingest(storyline, read, store, lambda: routes, (), lambda: None, pages=pages)
        self.full_text = FullText(self.site, self.ingest, read, store, self.clock)

    async def polls(self, *entries: Entry, silent: bool = False) -> None:
        until = self.clock.now() if silent else None
        await self.ingest.accept(PAPER, entries, self.clock.now(), silent_until=until)

    async def passes(self, time: timedelta = timedelta()) -> int:
        self.clock.set(self.clock.now() + time)
        return await self.full_text.look()

    def alerts(self) -> list[tuple[str, AlertState]]:
        found = sorted(self.store.alerts(NOW - DAY), key=lambda alert: alert.to_rung)
        return [(alert.to_rung, alert.state) for alert in found]

    def stands(self) -> str:
        (standing,) = (s for s in self.store.standings() if (s.track, s.holder) == ("seoul-arms", "south-korea"))
        deed = standing.deed
        return deed.rung if deed else standing.word.rung if standing.word else ""


def pages_of(desk: Desk, storyline: Storyline) -> list[str]:
    """Return what `why` says of the page."""
    lines = [" ".join(line.split()) for line in explain(desk.store, storyline, URL)]
    first = next(place for place, line in enumerate(lines) if line.startswith("page "))
    last = next(place for place, line in enumerate(lines) if line.startswith("relevant "))
    return lines[first:last]


def printed(text: str = LEAD, title: str = "Seoul speaks") -> Entry:
    return Entry("1", URL, title, text, NOW)


@pytest.fixture
def desk(store: SqlStore, storyline: Storyline) -> Desk:
    open_ledgers(store, storyline, NOW - DAY)
    return Desk(store, storyline)


async def test_what_only_the_page_says_is_told_a_moment_after_the_poll(desk):
    desk.site.printed = f"{SUPPLIES} {REST}"
    await desk.polls(printed())
    assert desk.alerts() == []
    assert await desk.passes(timedelta(seconds=2)) == 1
    assert desk.alerts() == [("supplying", AlertState.CONFIRMED)]


async def test_an_alert_does_not_wait_for_the_page_and_keeps_what_its_lead_said(desk):
    desk.site.printed = f"Nothing of it. {REST}"
    await desk.polls(printed(RULED_OUT))
    assert desk.alerts() == [("withhold", AlertState.CONFIRMED)]
    await desk.passes()
    assert desk.alerts() == [("withhold", AlertState.CONFIRMED)]


async def test_a_page_is_fetched_once_and_the_feed_that_still_prints_its_lead_is_no_edit(desk):
    desk.site.printed = f"{SUPPLIES} {REST}"
    await desk.polls(printed())
    await desk.passes()
    await desk.polls(printed())
    await desk.passes()
    assert desk.site.asked == 1
    assert desk.alerts() == [("supplying", AlertState.CONFIRMED)]


async def test_a_page_that_a_search_found_is_not_fetched_again_for_the_papers_own_feed(desk):
    desk.site.printed = f"{SUPPLIES} {REST}"
    search = replace(PAPER, key="search", kind="search", tier=Tier.SEARCH)
    await desk.ingest.accept(search, [replace(printed(), guid="found")], desk.clock.now(), silent_until=NOW)
    assert await desk.passes() == 1
    desk.site.printed = NotAPageError("it was asked again")
    await desk.polls(printed(f"{LEAD} As its own feed has it."))
    assert await desk.passes(timedelta(minutes=5)) == 1
    assert desk.site.asked == 1
    (alert,) = desk.store.alerts(NOW - DAY)
    assert {e.quote for e in alert.evidence} == {SUPPLIES}


@pytest.mark.parametrize(
    ("entry", "why"),
    [
        (replace(printed(), title="Sport"), "not of the storyline"),
        (printed(" ".join([LEAD] * 30)), "the feed gives all of it"),
        (replace(printed(), url=""), "no address"),
        (replace(printed(), url="https://news.google.com/rss/articles/x"), "hidden by the search"),
        (replace(printed(), published=NOW - timedelta(days=9)), "old"),
    ],
)
async def test_no_page_is_fetched_in_vain(desk, entry, why):
    await desk.polls(entry)
    assert await desk.passes() == 0, why


async def test_switched_off_no_page_is_ever_due(store, storyline):
    open_ledgers(store, storyline, NOW - DAY)
    desk = Desk(store, storyline, pages=False)
    await desk.polls(printed(RULED_OUT))
    assert await desk.passes(DAY * 8) == 0
    assert desk.alerts() == [("withhold", AlertState.CONFIRMED)]


async def test_what_a_first_poll_brought_stays_silent_in_its_page_too(desk):
    desk.site.printed = f"{SUPPLIES} {REST}"
    await desk.polls(printed(), silent=True)
    await desk.passes()
    assert desk.alerts() == []
    assert desk.stands() == "supplying"


async def test_what_a_first_poll_brought_stays_silent_in_its_page_where_it_bears_out_an_alert(desk):
    await desk.polls(replace(printed(SUPPLIES), url=""))
    whole = f"{SUPPLIES} {REST} " + " ".join([LEAD] * 20)
    there = Entry("2", "https://other.example/2", "Seoul speaks", whole, NOW)
    other = replace(PAPER, key="other", publisher="Other", origin_group="other")
    await desk.ingest.accept(other, [there], NOW, silent_until=NOW)
    (alert,) = desk.store.alerts(NOW - DAY)
    assert len({e.article for e in alert.evidence}) == 2
    desk.site.printed = f"{RULED_OUT} {whole}"
    assert await desk.passes() == 1
    assert desk.alerts() == [("supplying", AlertState.CONFIRMED)]


async def test_a_quote_that_has_vanished_after_a_day_withdraws_what_it_alone_carried(desk):
    desk.site.printed = f"{SUPPLIES} {REST}"
    await desk.polls(printed())
    await desk.passes()
    desk.site.printed = f"A correction was made. {REST}"
    assert await desk.passes(DAY - HOUR) == 0
    assert await desk.passes(HOUR) == 1
    assert desk.alerts() == [("supplying", AlertState.WITHDRAWN)]
    assert desk.stands() == "reviewing"


@pytest.mark.parametrize(
    "there",
    [
        f"It is not so that {SUPPLIES[:-1]}, as an earlier version of this article had it. {REST}",
        f"{SUPPLIES[:-1]} only in a film. {REST}",
        f"{REST} A reader asks whether {SUPPLIES}",
    ],
)
async def test_a_sentence_that_a_correction_repeats_within_another_has_vanished(desk, storyline, there):
    desk.site.printed = f"{SUPPLIES} {REST}"
    await desk.polls(printed())
    await desk.passes()
    desk.site.printed = there.replace("whether Seoul", "whether  seoul")
    await desk.passes(DAY)
    assert desk.alerts() == [("supplying", AlertState.WITHDRAWN)]
    await desk.passes(6 * DAY)
    assert f'gone "{SUPPLIES}" stood on the page, and stands there no more' in pages_of(desk, storyline)


@pytest.mark.parametrize(
    "there",
    [
        f"{REST} The US says that Seoul’s cooperation (shells included) goes to Ukraine!",
        f"{REST}\nThe U.S. says that Seoul's co\u2010operation – shells included –\u00a0goes to Ukraine\n{LEAD}",
    ],
)
async def test_a_sentence_that_is_only_pointed_otherwise_or_has_moved_is_there(desk, storyline, there):
    desk.site.printed = f"{FROM_ABROAD} {REST}"
    await desk.polls(printed())
    await desk.passes()
    desk.site.printed = there
    await desk.passes(DAY)
    assert desk.alerts() == [("supplying", AlertState.CONFIRMED)]
    assert not [line for line in pages_of(desk, storyline) if line.startswith("gone")]


async def test_a_week_later_it_is_looked_once_more_and_then_never_again(desk):
    desk.site.printed = f"{SUPPLIES} {REST}"
    await desk.polls(printed())
    await desk.passes()
    assert [await desk.passes(timedelta(days=n)) for n in (1, 1, 4, 1, 1, 30)] == [1, 0, 0, 1, 0, 0]
    assert desk.alerts() == [("supplying", AlertState.CONFIRMED)]


async def test_an_article_that_its_feed_gives_whole_is_looked_at_once_an_alert_rests_on_it(desk):
    whole = f"{SUPPLIES} {REST} " + " ".join([LEAD] * 20)
    desk.site.printed = whole
    await desk.polls(printed(whole))
    assert await desk.passes() == 1
    desk.site.printed = whole.replace(SUPPLIES, "")
    await desk.passes(DAY)
    assert desk.alerts() == [("supplying", AlertState.WITHDRAWN)]


async def test_what_the_page_never_bore_cannot_vanish_from_it(desk):
    desk.site.printed = REST
    await desk.polls(printed(RULED_OUT))
    await desk.passes()
    await desk.passes(DAY)
    assert desk.alerts() == [("withhold", AlertState.CONFIRMED)]


@pytest.mark.parametrize("there", ["Subscribe to read on. " * 40, NotAPageError("a paywall"), FetchError("down")])
async def test_a_page_that_cannot_be_read_any_more_proves_nothing(desk, there):
    desk.site.printed = f"{SUPPLIES} {REST}"
    await desk.polls(printed())
    await desk.passes()
    desk.site.printed = there
    for _ in range(5):
        await desk.passes(DAY)
    assert desk.alerts() == [("supplying", AlertState.CONFIRMED)]


async def test_an_article_of_which_only_the_beginning_is_left_before_a_paywall_proves_nothing(desk):
    background = "The government has long refused to send weapons to any country that is at war with another one. " * 3
    desk.site.printed = f"{REST} {SUPPLIES} {background}"
    await desk.polls(printed())
    await desk.passes()
    desk.site.printed = f"{REST} Subscribe now to read on, and cancel at any time that you like."
    await desk.passes(DAY)
    assert desk.alerts() == [("supplying", AlertState.CONFIRMED)]
    desk.site.printed = f"{REST} {background}"
    await desk.passes(6 * DAY)
    assert desk.alerts() == [("supplying", AlertState.WITHDRAWN)]


async def test_a_page_that_was_taken_down_withdraws_once_it_is_missing_twice(desk):
    desk.site.printed = f"{SUPPLIES} {REST}"
    await desk.polls(printed())
    await desk.passes()
    desk.site.printed = PageGoneError("404")
    await desk.passes(DAY)
    assert desk.alerts() == [("supplying", AlertState.CONFIRMED)]
    await desk.passes(HOUR)
    assert desk.alerts() == [("supplying", AlertState.WITHDRAWN)]


async def test_what_the_lead_has_experts_say_is_told_when_the_page_says_it_in_the_holders_name(desk):
    desk.site.printed = f"{SUPPLIES} {REST}"
    await desk.polls(printed(EXPERTS))
    assert desk.alerts() == []
    await desk.passes()
    assert desk.alerts() == [("supplying", AlertState.CONFIRMED)]


async def test_what_experts_said_on_a_page_is_told_when_it_says_that_in_the_holders_name_days_later(desk):
    desk.site.printed = f"{RULED_OUT} {EXPERTS} {REST}"
    await desk.polls(printed(RULED_OUT))
    await desk.passes()
    await desk.passes(DAY)
    desk.site.printed = f"{RULED_OUT} {SUPPLIES} {REST}"
    await desk.passes(6 * DAY)
    assert desk.alerts() == [("supplying", AlertState.CONFIRMED), ("withhold", AlertState.CONFIRMED)]


async def test_a_sentence_that_reads_otherwise_now_is_quoted_anew(desk):
    desk.site.printed = f"{SUPPLIES} {REST}"
    await desk.polls(printed())
    await desk.passes()
    desk.site.printed = f"{ANEW} {REST}"
    await desk.passes(DAY)
    (alert,) = desk.store.alerts(NOW - DAY)
    assert (alert.lead.quote, alert.state) == (ANEW, AlertState.CONFIRMED)


@pytest.mark.parametrize(
    ("there", "read_in"),
    [
        ("Seoul will supply shells", "Seoul will supply shells – if Moscow goes on"),
        ("", "Seoul will supply shells – if Moscow goes on"),
        ("Seoul will supply no shells", "Seoul will supply no shells"),
    ],
)
async def test_a_page_that_gives_its_headline_in_part_is_read_again_under_the_whole_of_it(desk, there, read_in):
    await desk.polls(printed(title="Seoul will supply shells – if Moscow goes on"))
    ((article, _),) = [desk.store.article(state.article) for state in desk.store.doubts.due_pages(NOW, 1)]
    state = PageState(article.key, None, text=REST)
    assert text_to_read(article, state, Page(URL, there, REST)) == (read_in, REST)


async def test_why_tells_the_page_and_the_sentence_that_vanished_from_it(desk, storyline):
    desk.site.printed = f"{SUPPLIES} {REST}"
    await desk.polls(printed())
    await desk.passes()
    assert (
        pages_of(desk, storyline)[-1]
        == "next looked at again 2024-07-11 00:00 UTC, a day after an alert first rested on it"
    )
    desk.site.printed = f"A correction was made. {REST}"
    await desk.passes(DAY)
    read, gone, following = pages_of(desk, storyline)
    assert read.startswith("page read 2024-07-11 00:00 UTC, a day after an alert first rested on it, ")
    assert gone == f'gone "{SUPPLIES}" stood on the page, and stands there no more'
    assert following.endswith("a week after an alert first rested on it")


async def test_why_tells_a_sentence_that_reads_otherwise(desk, storyline):
    desk.site.printed = f"{SUPPLIES} {REST}"
    await desk.polls(printed())
    await desk.passes()
    desk.site.printed = f"{ANEW} {REST}"
    await desk.passes(DAY)
    assert f'gone "{SUPPLIES}" stood on the page, and stands there no more' in pages_of(desk, storyline)


async def test_why_tells_that_a_page_was_taken_down(desk, storyline):
    desk.site.printed = f"{SUPPLIES} {REST}"
    await desk.polls(printed())
    await desk.passes()
    desk.site.printed = PageGoneError("paper.example/1: no such page (404)")
    await desk.passes(DAY)
    await desk.passes(HOUR)
    told = pages_of(desk, storyline)
    assert "note paper.example/1: no such page (404)" in told
    assert f'gone "{SUPPLIES}" stood on the page, and stands there no more' in told


async def test_a_consent_page_in_between_does_not_hide_that_a_sentence_vanished(desk):
    desk.site.printed = f"{SUPPLIES} {REST}"
    await desk.polls(printed())
    await desk.passes()
    desk.site.printed = "We value your privacy, choose what you agree to before you read on here. " * 20
    await desk.passes(DAY)
    assert desk.alerts() == [("supplying", AlertState.CONFIRMED)]
    desk.site.printed = f"A correction was made. {REST}"
    await desk.passes(6 * DAY)
    assert desk.alerts() == [("supplying", AlertState.WITHDRAWN)]


async def test_an_edit_of_the_lead_keeps_what_the_page_bears_and_has_it_looked_at_again(desk):
    desk.site.printed = f"{SUPPLIES} {REST}"
    await desk.polls(printed())
    await desk.passes()
    desk.clock.set(desk.clock.now() + HOUR)
    await desk.polls(printed(f"{LEAD} More follows."))
    assert desk.alerts() == [("supplying", AlertState.CONFIRMED)]
    desk.site.printed = REST
    assert await desk.passes() == 1
    assert desk.alerts() == [("supplying", AlertState.WITHDRAWN)]


async def test_a_look_that_fails_is_made_again_later_and_then_given_up(desk):
    desk.site.printed = FetchError("down", retry_after=600)
    await desk.polls(printed())
    assert [await desk.passes(timedelta(minutes=n)) for n in (0, 9, 1, 59, 1, 600)] == [1, 0, 1, 0, 1, 0]


async def test_a_page_in_another_language_is_not_read(desk):
    desk.site.printed = f"{SUPPLIES} " + "한국 정부는 우크라이나에 무기를 지원하지 않는다고 밝혔다. " * 20
    await desk.polls(printed())
    await desk.passes()
    assert desk.alerts() == []


async def test_slow_pages_of_one_host_hold_up_no_other_hosts(desk):
    slow = [Entry(f"s{n}", f"https://slow.example/{n}", f"Seoul speaks {n}", LEAD, NOW) for n in range(40)]
    desk.site.printed, desk.site.hangs = f"{SUPPLIES} {REST}", "slow.example"
    await desk.polls(*slow)
    await desk.full_text.begin()
    await desk.polls(printed())
    ((ours,), again) = await desk.full_text.begin(), await desk.full_text.begin()
    await asyncio.wait_for(ours, 10)
    assert desk.alerts() == [("supplying", AlertState.CONFIRMED)]
    assert again == []
    assert desk.site.asked == 2, "of a host that does not answer one page is asked for at a time"
    await desk.full_text.stop()


@pytest.mark.parametrize("outcome", [NotAPageError("a paywall"), FetchError("down"), REST])
async def test_an_alert_that_comes_to_rest_on_an_article_during_a_look_has_its_page_looked_at_again(desk, outcome):
    desk.site.printed = None
    await desk.polls(printed())
    (state,) = desk.store.doubts.due_pages(NOW, 2)
    looks = asyncio.create_task(desk.passes())
    await desk.site.entered.wait()
    with desk.store.unit() as unit:
        unit.save_page(replace(state, cited=NOW))
    desk.site.printed = outcome
    desk.site.answers.set()
    await looks
    for _ in range(2 if isinstance(outcome, FetchError) else 0):
        await desk.passes(HOUR)
    assert [await desk.passes(timedelta(hours=hours)) for hours in (21, 3)] == [0, 1]


async def test_an_edit_during_a_look_in_vain_has_the_page_looked_at_again(desk):
    desk.site.printed = None
    await desk.polls(printed())
    looks = asyncio.create_task(desk.passes())
    await desk.site.entered.wait()
    desk.clock.set(NOW + timedelta(seconds=20))
    await desk.polls(printed(f"{LEAD} More follows."))
    desk.site.printed = NotAPageError("nothing yet")
    desk.site.answers.set()
    await looks
    desk.site.printed = f"{SUPPLIES} {REST}"
    assert await desk.passes() == 1
    assert desk.alerts() == [("supplying", AlertState.CONFIRMED)]


async def test_a_clock_that_was_years_ahead_keeps_no_page_from_its_second_reading(desk):
    desk.site.printed = f"{SUPPLIES} {REST}"
    desk.clock.set(NOW + timedelta(days=700))
    await desk.polls(replace(printed(), published=None))
    await desk.passes()
    assert desk.alerts() == [("supplying", AlertState.CONFIRMED)]
    desk.clock.set(NOW + HOUR)
    assert [await desk.passes(timedelta(days=n)) for n in (0, 0, 1, 1, 5, 30)] == [1, 0, 1, 0, 1, 0]


async def test_while_nothing_can_be_stored_no_page_is_fetched_again_and_again(desk, monkeypatch):
    async def busy(*_: object) -> None:
        raise StoreBusyError("the disk is full")

    monkeypatch.setattr("bot.fulltext.BUSY_SECONDS", 1.0)
    desk.site.printed = f"{SUPPLIES} {REST}"
    await desk.polls(printed())
    with monkeypatch.context() as full:
        full.setattr(desk.ingest, "revise", busy)
        for _ in range(3):
            await desk.passes(timedelta(seconds=2))
    assert desk.site.asked == 1
    await asyncio.sleep(1.0)
    assert await desk.passes() == 1
    assert desk.alerts() == [("supplying", AlertState.CONFIRMED)]


async def test_a_bot_that_stops_over_a_page_leaves_it_due_and_begins_no_other(desk, store, storyline):
    desk.site.printed = None
    await desk.polls(printed())
    await desk.full_text.begin()
    await desk.site.entered.wait()
    late = asyncio.create_task(desk.full_text.begin())
    await desk.full_text.stop()
    assert (await late, await desk.full_text.begin()) == ([], [])
    again = Desk(store, storyline)
    again.site.printed = f"{SUPPLIES} {REST}"
    assert await again.passes() == 1
    assert again.alerts() == [("supplying", AlertState.CONFIRMED)]


async def test_a_bot_that_dies_over_a_page_looks_at_it_after_its_next_start(desk, store, storyline):
    await desk.polls(printed())
    desk.site.printed = None
    look = asyncio.create_task(desk.passes())
    await desk.site.entered.wait()
    look.cancel()
    with pytest.raises(asyncio.CancelledError):
        await look
    again = Desk(store, storyline)
    again.site.printed = f"{SUPPLIES} {REST}"
    assert await again.passes() == 1
    assert again.alerts() == [("supplying", AlertState.CONFIRMED)]


async def test_a_fault_of_ours_costs_one_page_and_is_given_up_when_it_does_not_pass(desk):
    desk.site.printed = RuntimeError("odd")
    await desk.polls(printed())
    assert [await desk.passes(DAY) for _ in range(4)] == [1, 1, 1, 0]


async def test_a_page_is_read_once_workers_can_be_started_again(desk, monkeypatch):
    async def broken(_: object) -> list[ReadResult]:
        raise BrokenProcessPool("workers die as soon as they are started")

    desk.site.printed = f"{SUPPLIES} {REST}"
    await desk.polls(printed())
    with monkeypatch.context() as short_of_memory:
        short_of_memory.setattr(desk.full_text, "_read", broken)
        await desk.passes()
    await desk.passes(timedelta(minutes=5))
    assert desk.alerts() == [("supplying", AlertState.CONFIRMED)]


async def test_an_old_article_is_forgotten_with_its_page(desk):
    desk.site.printed = REST
    await desk.polls(printed())
    await desk.passes()
    assert desk.store.upkeep.forget(NOW + DAY, 10) == 1
    assert desk.store.article(URL) is None
