"""What is an entry, beside what is stored?"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import Article, By, Evidence, Reading, Tier
from bot.evidence import evidence_of
from bot.identity import address_key, content_hash
from bot.intake import EDITED_WITHIN, MOST_EDITS, READ, Arrival, Verdict, distinct, revised, sort_in

NOON = datetime(2024, 7, 10, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
TITLE = "Seoul rules out sending lethal arms to Ukraine"
TEXT = "The presidential office said on Wednesday that its policy of humanitarian aid is unchanged."
OTHER_TITLE, OTHER_TEXT = "Rain floods the Han river", "Two bridges were closed to traffic in the morning."


def an_article(key: str = "paper:1", path: str = "/a", title: str = TITLE, text: str = TEXT, **more: object) -> Article:
    article = Article(
        key=key,
        source="paper",
        url=f"https://paper.example{path}" if path else "",
        canonical_url=f"https://paper.example{path}" if path else "",
        content_hash=content_hash(title, text),
        title=title,
        text=text,
        language="en",
        published=NOON - HOUR,
        seen=NOON,
        publisher="Paper",
        origin_group="house",
        tier=Tier.OUTLET,
    )
    return replace(article, **more)


STORED = an_article()


def verdict(article: Article, *stored: Article, now: datetime = NOON + HOUR) -> Verdict:
    (arrival,) = sort_in([article], stored or (STORED,), now)
    return arrival.verdict


def test_what_is_stored_with_the_same_words_is_unchanged_whatever_its_date_is_now() -> None:
    assert verdict(an_article(published=NOON, seen=NOON + HOUR)) is Verdict.UNCHANGED
    assert verdict(an_article(title=TITLE.upper(), text=f"{TEXT} ")) is Verdict.UNCHANGED


def test_an_id_with_other_words_is_an_edit_under_its_first_dates() -> None:
    newer = an_article(title=OTHER_TITLE, text=OTHER_TEXT, published=NOON, seen=NOON + HOUR)
    (arrival,) = sort_in([newer], [STORED], NOON + HOUR)
    assert arrival.verdict is Verdict.EDITED
    assert arrival.article == replace(newer, published=STORED.published, seen=STORED.seen, edits=1)
    assert arrival.stated == NOON


def test_an_edit_that_comes_too_late_or_too_often_is_left() -> None:
    edited = an_article(title=OTHER_TITLE)
    assert verdict(edited, now=NOON + EDITED_WITHIN) is Verdict.EDITED
    assert verdict(edited, now=NOON + EDITED_WITHIN + HOUR) is Verdict.LEFT_AS_IT_IS
    assert verdict(edited, replace(STORED, edits=MOST_EDITS)) is Verdict.LEFT_AS_IT_IS


def test_an_address_under_another_id_is_the_article_it_was() -> None:
    assert verdict(an_article("paper:2")) is Verdict.UNCHANGED
    assert verdict(an_article("paper:2", title=f"{TITLE} (update)")) is Verdict.EDITED
    assert verdict(an_article("paper:2", title="No lethal aid", text=TEXT)) is Verdict.EDITED


def test_a_page_whose_items_come_and_go_stands_for_none() -> None:
    (arrival,) = sort_in([an_article("paper:2", title=OTHER_TITLE, text=OTHER_TEXT)], [STORED], NOON)
    assert (arrival.verdict, arrival.article.canonical_url) == (Verdict.NEW, "")


def test_an_id_that_has_gone_over_to_another_article_is_that_article() -> None:
    recycled = an_article(path="/b", title=OTHER_TITLE, text=OTHER_TEXT)
    (arrival,) = sort_in([recycled], [STORED], NOON)
    assert arrival.verdict is Verdict.NEW
    assert arrival.article.key != STORED.key
    assert verdict(recycled, STORED, arrival.article) is Verdict.UNCHANGED
    assert verdict(an_article(path="/moved", title=f"{TITLE} again")) is Verdict.EDITED


def test_the_same_words_of_one_publisher_elsewhere_are_a_repost() -> None:
    again = an_article("paper:2", "/b", published=NOON, seen=NOON + timedelta(days=200))
    assert verdict(again, now=again.seen) is Verdict.REPOST
    assert verdict(replace(again, source="asia"), now=again.seen) is Verdict.REPOST
    assert verdict(replace(again, publisher="Courier"), now=again.seen) is Verdict.NEW


def test_two_items_of_one_poll_in_the_same_words_are_one_and_its_repost() -> None:
    arrivals = sort_in([an_article("paper:1"), an_article("paper:2", "/b")], [], NOON)
    assert [arrival.verdict for arrival in arrivals] == [Verdict.NEW, Verdict.REPOST]


def test_an_address_that_another_feed_brought_is_its_article() -> None:
    assert verdict(an_article("asia:9", source="asia", title=OTHER_TITLE)) is Verdict.ANOTHER_FEED


def test_what_a_search_found_is_still_to_come_from_its_own_feed() -> None:
    searched = replace(STORED, key="search:1", source="search", tier=Tier.SEARCH)
    assert verdict(an_article(), searched) is Verdict.NEW
    assert verdict(searched, STORED) is Verdict.ANOTHER_FEED


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("/live/2024/jul/10/ukraine", Verdict.RUNNING),
        ("/world/ukraine-live-updates", Verdict.RUNNING),
        ("/world/ukraine-war-live", Verdict.RUNNING),
        ("/world/koreans-live-in-russia", Verdict.EDITED),
        ("/olive-oil", Verdict.EDITED),
    ],
)
def test_a_live_page_runs_on_and_is_no_edit(path: str, found: Verdict) -> None:
    assert verdict(an_article(path=path, title=f"{TITLE} now"), an_article(path=path)) is found


def test_an_id_that_every_item_of_a_feed_bears_stands_for_none() -> None:
    several = [an_article("paper:1", f"/{n}", title=f"{TITLE} {n}") for n in range(3)]
    assert len({article.key for article in distinct(several)}) == 3
    assert [a.key for a in distinct([an_article(), an_article(title=OTHER_TITLE)])] == ["paper:1"]


def without_id(title: str, path: str = "/notices", **more: object) -> Article:
    address = f"https://paper.example{path}"
    return an_article(address_key("paper", address), path, title, f"{title}, in full.", **more)


NOTICES = (TITLE, OTHER_TITLE, "Kim Jong Un inspects a munitions plant in Jagang")


def test_items_without_an_id_that_link_one_page_are_all_kept() -> None:
    found = distinct([without_id(title) for title in NOTICES])
    assert [(article.title, article.canonical_url) for article in found] == [(title, "") for title in NOTICES]
    assert len({article.key for article in found}) == 3
    assert distinct([without_id(TITLE), without_id(TITLE)]) == [without_id(TITLE)]
    untitled = [replace(without_id(title), title="") for title in NOTICES]
    assert len(distinct(untitled)) == 3


def test_items_that_share_a_page_are_edited_when_their_text_changes() -> None:
    stored = distinct([without_id(title) for title in NOTICES])
    aged = [replace(a, text="2 hours ago", content_hash=content_hash(a.title, "2")) for a in map(without_id, NOTICES)]
    later = distinct(aged)
    assert [a.verdict for a in sort_in(later, stored, NOON + HOUR)] == [Verdict.EDITED] * 3
    assert [a.verdict for a in sort_in(stored, stored, NOON + HOUR)] == [Verdict.UNCHANGED] * 3


def test_titles_that_differ_in_their_signs_alone_are_one_item() -> None:
    assert len({a.key for a in distinct([without_id("Arms for Kyiv!"), without_id("ARMS FOR KYIV")])}) == 1
    assert len(distinct([without_id("Arms for Kyiv!"), without_id("ARMS FOR KYIV")])) == 1


def test_an_article_without_an_id_whose_page_is_its_own_is_edited() -> None:
    for title in (f"{TITLE} for now", OTHER_TITLE):
        assert verdict(without_id(title), without_id(TITLE)) is Verdict.EDITED
    live = "/live/2024/jul/10/ukraine"
    assert verdict(without_id(OTHER_TITLE, live), without_id(TITLE, live)) is Verdict.RUNNING


@given(st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2), st.integers(0, 2)), max_size=6))
def test_what_was_sorted_in_once_is_never_read_again(rows: list[tuple[int, int, int]]) -> None:
    coming = [
        an_article(f"paper:{key}", f"/{path}", f"{TITLE} {'abc'[words] * 30}", seen=NOON) for key, path, words in rows
    ]
    once = distinct(coming)
    stored = [a.article for a in sort_in(once, [], NOON) if a.verdict in {Verdict.NEW, Verdict.REPOST}]
    again = [a.verdict for a in sort_in(distinct(coming), stored, NOON)]
    assert not READ.intersection(again)


def read_in(article: Article, *rungs: str, by: By = By.OFFICIAL) -> tuple[Evidence, ...]:
    readings = [Reading("seoul-arms", "south-korea", rung, by, f"{article.title}: {rung}", 0.9) for rung in rungs]
    return evidence_of(article, readings)


def edit(verdict: Verdict = Verdict.EDITED, stated: datetime | None = None, **more: object) -> Arrival:
    return Arrival(an_article(title=f"{TITLE} (update)", edits=1, **more), verdict, stated, STORED)


def test_a_position_that_an_edit_still_states_keeps_its_date_in_newer_words() -> None:
    arrival = edit(stated=NOON + HOUR)
    before = tuple(replace(e, silent=True) for e in read_in(STORED, "withhold"))
    (now,) = revised(arrival, before, read_in(arrival.article, "withhold"), NOON + HOUR)
    assert (now.id, now.dated, now.seen, now.silent) == (before[0].id, before[0].dated, before[0].seen, True)
    assert now.quote != before[0].quote


@pytest.mark.parametrize("verdict", [Verdict.EDITED, Verdict.RUNNING])
@pytest.mark.parametrize("by", [By.OFFICIAL, By.REPORTED])
def test_what_an_analyst_said_is_new_in_the_words_of_who_counts(verdict: Verdict, by: By) -> None:
    before = read_in(STORED, "withhold", by=By.ANALYST)
    arrival = edit(verdict, stated=NOON + 80 * HOUR)
    (now,) = revised(arrival, before, read_in(arrival.article, "withhold", by=by), NOON + 80 * HOUR)
    assert (now.by, now.dated, now.seen, now.silent) == (by, NOON + 80 * HOUR, NOON + 80 * HOUR, False)


def test_on_a_live_page_the_holders_own_word_takes_the_place_of_a_report_and_keeps_its_date() -> None:
    before = read_in(STORED, "withhold", by=By.REPORTED)
    arrival = edit(Verdict.RUNNING, stated=NOON + HOUR)
    (now,) = revised(arrival, before, read_in(arrival.article, "withhold"), NOON + HOUR)
    assert (now.by, now.dated, now.seen) == (By.OFFICIAL, before[0].dated, before[0].seen)
    (still,) = revised(arrival, (now,), read_in(STORED, "withhold", by=By.REPORTED), NOON + 2 * HOUR)
    assert still is now


def test_a_position_that_an_edit_no_longer_states_is_gone() -> None:
    assert revised(edit(), read_in(STORED, "withhold"), (), NOON + HOUR) == ()


def test_on_a_live_page_what_was_said_before_stays() -> None:
    before = read_in(STORED, "withhold")
    after = revised(edit(Verdict.RUNNING), before, read_in(STORED, "reviewing"), NOON + HOUR)
    assert [e.rung for e in after] == ["withhold", "reviewing"]
    assert after[0] is before[0]


@pytest.mark.parametrize(
    ("stated", "published", "dated"),
    [
        (NOON + 2 * HOUR, NOON - HOUR, NOON + 2 * HOUR),
        (NOON + 9 * HOUR, NOON - HOUR, NOON + 3 * HOUR),
        (NOON - 5 * HOUR, NOON - HOUR, NOON - HOUR),
        (None, NOON - HOUR, NOON - HOUR),
        (None, None, NOON + 3 * HOUR),
    ],
    ids=["as the feed states now", "never to come", "never before the article", "as before", "undated, when seen"],
)
def test_a_position_that_is_new_in_an_edit_is_dated(
    stated: datetime | None, published: datetime | None, dated: datetime
) -> None:
    arrival = edit(stated=stated, published=published)
    (now,) = revised(arrival, (), read_in(arrival.article, "reviewing"), NOON + 3 * HOUR)
    assert (now.dated, now.seen, now.silent) == (dated, NOON + 3 * HOUR, False)


def test_a_position_that_is_new_in_an_edit_of_an_old_article_is_not_told() -> None:
    (now,) = revised(edit(), (), read_in(STORED, "reviewing"), NOON + timedelta(days=8))
    assert now.silent
