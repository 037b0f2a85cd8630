"""Does `why` say what became of an article's own page?"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain import Article, PageState, Tier
from bot.pages import cited, wants_page
from bot.pagestory import page_lines

NOW = datetime(2024, 7, 10, tzinfo=UTC)
URL = "https://paper.example/1"
ARTICLE = Article(URL, "paper", URL, URL, "", "Seoul speaks", "A lead.", "en", NOW, NOW, "Paper", "p", Tier.OUTLET)
READ = PageState(URL, None, text="x" * 612, looked=NOW)


def lines(state: PageState | None, article: Article = ARTICLE, *, relevant: bool = True) -> list[str]:
    return [" ".join(line.split()) for line in page_lines(article, state, relevant=relevant)]


def test_a_page_of_another_story_is_not_spoken_of() -> None:
    assert lines(None, relevant=False) == []


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"url": ""}, "its feed names no address of its own"),
        ({"canonical_url": ""}, "its feed names no address of its own"),
        ({"text": "y" * 1_200}, "its feed gives more than a lead of it (1,200 characters)"),
        ({"published": NOW - timedelta(days=8)}, "it was 7 days old when it was first seen"),
        ({}, "pages were not looked at when it came (STANCEWATCH_FULL_TEXT)"),
    ],
)
def test_a_page_that_is_never_fetched_says_why(changed: dict[str, object], why: str) -> None:
    assert lines(None, replace(ARTICLE, **changed)) == [f"page not fetched: {why}"]  # type: ignore[arg-type] # see above


def test_a_page_that_several_articles_name_is_none_of_theirs() -> None:
    assert wants_page(ARTICLE, relevant=True)
    assert cited(ARTICLE, None, NOW) is not None
    shared = replace(ARTICLE, canonical_url="")
    assert not wants_page(shared, relevant=True)
    assert cited(shared, None, NOW) is None


def test_a_page_that_waits_says_when_it_is_looked_at() -> None:
    assert lines(PageState(URL, NOW)) == ["page not read yet", "next looked at 2024-07-10 00:00 UTC"]


def test_a_page_that_was_read_says_when_and_how_much() -> None:
    assert lines(READ) == ["page read 2024-07-10 00:00 UTC, 612 characters"]


def test_a_page_that_cannot_be_read_says_why_the_lead_serves() -> None:
    failed = PageState(
        URL, NOW + timedelta(minutes=5), tries=1, note="paper.example: the host has trouble of its own (503)"
    )
    assert lines(failed) == [
        "page not read: its feed's words serve",
        "note paper.example: the host has trouble of its own (503)",
        "next looked at again 2024-07-10 00:05 UTC",
    ]


@pytest.mark.parametrize(
    ("looked", "due", "read", "following"),
    [
        (
            timedelta(),
            timedelta(days=1),
            "",
            ["next looked at again 2024-07-11 00:00 UTC, a day after an alert first rested on it"],
        ),
        (
            timedelta(days=1),
            timedelta(days=7),
            ", a day after an alert first rested on it",
            ["next looked at again 2024-07-17 00:00 UTC, a week after an alert first rested on it"],
        ),
        (timedelta(days=7), None, ", a week after an alert first rested on it", []),
    ],
)
def test_looks_after_an_alert_are_told_by_their_age(
    looked: timedelta, due: timedelta | None, read: str, following: list[str]
) -> None:
    state = replace(READ, cited=NOW, looked=NOW + looked, due=None if due is None else NOW + due)
    first, *rest = lines(state)
    assert first == f"page read {NOW + looked:%Y-%m-%d} 00:00 UTC{read}, 612 characters"
    assert rest == following


def test_a_sentence_that_went_is_quoted() -> None:
    assert lines(replace(READ, lost=("Seoul supplies shells.",)))[1:] == [
        'gone "Seoul supplies shells." stood on the page, and stands there no more'
    ]
