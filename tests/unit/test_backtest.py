"""What would other settings have posted, beside what was posted?"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.backtest import Backtest, Changes, backtest
from bot.cli import app
from bot.cli.backtest import changes_of
from bot.domain import Article, By, NoticeKind, Reading, ReadResult, Route, Severity, Tier
from bot.errors import InputError
from bot.evidence import evidence_of
from bot.ledgers import Ledgers, open_ledgers
from bot.store import SqlStore, open_store
from config import load_storyline

NOW = datetime.now(UTC).replace(microsecond=0)
DAY = timedelta(days=1)
DESK = Route("desk", "console", "-")
STORYLINE = load_storyline()
PRESENT = Changes()


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'bot.db'}"


@pytest.fixture
def store(url: str) -> Iterator[SqlStore]:
    """Three articles: a sure word of Seoul, a doubtful one, and one report of the public."""
    store = open_store(url, durable=False)
    open_ledgers(store, STORYLINE, NOW - 60 * DAY)
    for key, days, position in (
        ("sure", 30, ("seoul-arms", "south-korea", "supplying", By.OFFICIAL, 0.9)),
        ("doubtful", 20, ("seoul-moscow", "south-korea", "condemning", By.OFFICIAL, 0.4)),
        ("report", 10, ("seoul-opinion", "public", "supportive", By.REPORTED, 0.6)),
    ):
        put(store, key, NOW - days * DAY, *position)
    yield store
    store.close()


def put(store: SqlStore, key: str, at: datetime, track: str, holder: str, rung: str, by: By, confidence: float) -> None:
    article = Article(key, "s", f"https://p.example/{key}", "", key, key, "", "en", at, at, "Paper", "g", Tier.OUTLET)
    reading = Reading(track, holder, rung, by, key, confidence)
    sure = (reading,) if confidence >= 0.5 else ()
    result = ReadResult(key, True, "", "en", sure, () if sure else (reading,))
    ledgers = Ledgers(STORYLINE, lambda: (DESK,))
    with store.unit() as unit:
        found = evidence_of(article, sure)
        unit.add_article(article, result, found)
        changed = ledgers.decide(unit, ledgers.touched(found), at)
    for alert in changed:
        (delivery,) = store.deliveries(NoticeKind.ALERT, alert)
        store.mark_sent([(delivery, 1)], "ref", at)


def tried(store: SqlStore, changes: Changes = PRESENT, since: timedelta = 90 * DAY) -> Backtest:
    return backtest(store, STORYLINE, (DESK,), changes, (NOW - since, NOW), lambda _: lambda _: None)


def rungs(found: Backtest) -> list[tuple[str | None, str | None]]:
    return [(row.was.to_rung if row.was else None, row.would.to_rung if row.would else None) for row in found.rows]


def test_the_present_settings_would_post_what_was_posted(store: SqlStore) -> None:
    found = tried(store)
    assert rungs(found) == [("supplying", "supplying"), ("supportive", "supportive")]
    assert (found.articles, found.readings) == (3, 2)


def test_only_the_window_counts(store: SqlStore) -> None:
    assert rungs(tried(store, since=15 * DAY)) == [("supportive", "supportive")]


def test_a_lower_threshold_takes_in_what_was_too_doubtful(store: SqlStore) -> None:
    assert (None, "condemning") in rungs(tried(store, Changes(threshold=0.3)))


def test_a_higher_threshold_leaves_out_what_was_acted_on(store: SqlStore) -> None:
    assert rungs(tried(store, Changes(threshold=0.8))) == [("supplying", "supplying"), ("supportive", None)]


@pytest.mark.parametrize(
    "changes",
    [Changes(signals=False), Changes(min_severity=Severity.HIGH), Changes(tracks=("seoul-arms",))],
    ids=["signals", "severity", "tracks"],
)
def test_what_no_channel_wants_would_not_be_posted(store: SqlStore, changes: Changes) -> None:
    assert rungs(tried(store, changes)) == [("supplying", "supplying"), ("supportive", None)]


def test_settings_to_try_are_written_as_name_and_value() -> None:
    words = ["threshold=0.7", "signals=false", "min-severity=high", "tracks=pact, moscow-tech", "holders=russia"]
    assert changes_of(words, STORYLINE) == Changes(0.7, False, Severity.HIGH, ("pact", "moscow-tech"), ("russia",))


@pytest.mark.parametrize(
    "word", ["threshold", "treshold=0.7", "threshold=2", "threshold=x", "signals=no", "min-severity=top", "tracks=mars"]
)
def test_a_setting_that_is_none_is_one_clear_error(word: str) -> None:
    with pytest.raises(InputError, match=word.partition("=")[2] or word):
        changes_of([word], STORYLINE)


def test_the_command_says_both_for_people_and_for_programs(store: SqlStore, url: str) -> None:
    told = CliRunner().invoke(app, ["backtest", "--since", "90d", "--set", "threshold=0.8", "--database", url])
    assert told.exit_code == 0
    assert "posted 2, would post 1" in told.output.replace("\n", " ")
    asked = ["backtest", "--since", "90d", "--set", "threshold=0.8", "--database", url, "--json"]
    answer = json.loads(CliRunner().invoke(app, asked).output)
    assert (answer["was"], answer["would"], answer["only_was"], answer["set"]) == (2, 1, 1, ["threshold=0.8"])
    assert [(a["was"] or {}).get("to") for a in answer["alerts"]] == ["supplying", "supportive"]
