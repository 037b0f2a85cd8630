"""Is a thread told what is news, and is somebody woken once?"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain import (
    Alert,
    AlertEventKind,
    AlertState,
    By,
    Delivery,
    DeliveryState,
    Evidence,
    Mute,
    NoticeKind,
    Register,
    Route,
    Severity,
    Tier,
)
from bot.noting import Ruling, telling

NOW = datetime(2024, 10, 18, 12, tzinfo=UTC)
SAID = Evidence(
    "e1", "k1", "pact", "russia", "ratified", By.OFFICIAL, "ratified", 0.9, "duma", NOW, NOW,
    "Ratified", "https://paper.example/a", "Paper", "house", Tier.OUTLET, "en",
)  # fmt: skip
SIGNAL = Alert(
    "a1", 1, AlertState.SIGNAL, AlertEventKind.POSTED, NOW, NOW, "pact", "russia", Register.DEED,
    "signed", "ratified", By.OFFICIAL, Severity.LOW, (SAID,),
)  # fmt: skip
GROWN = replace(SIGNAL, version=2, event=AlertEventKind.UPDATED)
CONFIRMED = replace(SIGNAL, version=3, state=AlertState.CONFIRMED, severity=Severity.HIGH)
DISPUTED = replace(CONFIRMED, version=4, state=AlertState.DISPUTED)
AGAIN = replace(CONFIRMED, version=5)
DENIED = replace(SIGNAL, version=2, event=AlertEventKind.DISPUTED, against=(replace(SAID, id="e2", rung="signed"),))
ROUTE = Route("desk", "slack", "C1", mention="<!here>")
SHOWN = Delivery(
    7, NoticeKind.ALERT, "a1", "desk", "slack", "C1", "en", "", DeliveryState.PENDING, 3, 1, "C1/1", 0, NOW
)


def test_a_signal_that_woke_nobody_wakes_once_it_is_confirmed() -> None:
    told = telling((SIGNAL, GROWN, CONFIRMED), SHOWN, ROUTE, (), NOW)
    assert told.news is not None
    assert (told.ruling, told.news.alert, told.news.was) == (Ruling.TOLD, CONFIRMED, AlertState.SIGNAL)
    assert told.news.mention == "<!here>"


@pytest.mark.parametrize(
    ("versions", "sent", "mention", "route"),
    [
        ((SIGNAL, CONFIRMED), 1, "<!here>", ROUTE),  # the signal woke them
        ((SIGNAL, CONFIRMED, DISPUTED), 3, "", ROUTE),
        ((SIGNAL, CONFIRMED, DISPUTED, AGAIN), 4, "", ROUTE),  # it was confirmed before
        ((SIGNAL, replace(CONFIRMED, severity=Severity.LOW)), 1, "", ROUTE),
        ((SIGNAL, CONFIRMED), 1, "", None),
        ((SIGNAL, replace(SIGNAL, version=2, state=AlertState.EXPIRED)), 1, "", ROUTE),
    ],
)
def test_everything_else_wakes_nobody(
    versions: tuple[Alert, ...], sent: int, mention: str, route: Route | None
) -> None:
    told = telling(versions, replace(SHOWN, sent=sent, mention=mention), route, (), NOW)
    assert told.news is not None
    assert told.news.mention == ""


def test_a_signal_that_its_holder_denies_is_said_in_its_thread_once() -> None:
    told = telling((SIGNAL, DENIED), SHOWN, ROUTE, (), NOW)
    assert told.news is not None
    assert (told.ruling, told.news.alert, told.news.mention) == (Ruling.TOLD, DENIED, "")
    later = replace(DENIED, version=3, event=AlertEventKind.UPDATED)
    assert telling((SIGNAL, DENIED, later), replace(SHOWN, sent=2), ROUTE, (), NOW).ruling is Ruling.SAME_STATE


def test_a_word_that_is_taken_back_is_said_in_its_thread_and_wakes_nobody() -> None:
    back = replace(AGAIN, event=AlertEventKind.UPDATED, to_rung="signed")
    told = telling((SIGNAL, CONFIRMED, back), replace(SHOWN, sent=3), ROUTE, (), NOW)
    assert told.news is not None
    assert (told.ruling, told.news.alert, told.news.mention) == (Ruling.TOLD, back, "")
    later = replace(back, version=6)
    assert telling((SIGNAL, CONFIRMED, back, later), replace(SHOWN, sent=5), ROUTE, (), NOW).news is None


@pytest.mark.parametrize(
    ("versions", "delivery", "why"),
    [
        ((SIGNAL, GROWN), SHOWN, Ruling.SAME_STATE),
        ((SIGNAL, CONFIRMED), replace(SHOWN, ref=""), Ruling.NEVER_SHOWN),
        ((SIGNAL, CONFIRMED), replace(SHOWN, sent=0), Ruling.NEVER_SHOWN),
        ((), SHOWN, Ruling.NEVER_SHOWN),
    ],
)
def test_what_is_no_news_is_not_told(versions: tuple[Alert, ...], delivery: Delivery, why: Ruling) -> None:
    told = telling(versions, delivery, ROUTE, (), NOW)
    assert (told.ruling, told.news) == (why, None)


def test_what_is_muted_is_kept_right_and_not_told() -> None:
    mute = Mute("m1", "slack", "C1", "slack:U1", NOW, NOW + timedelta(hours=1), track="pact")
    assert telling((SIGNAL, CONFIRMED), SHOWN, ROUTE, (mute,), NOW).ruling is Ruling.MUTED
    elsewhere = replace(mute, channel="C2")
    assert telling((SIGNAL, CONFIRMED), SHOWN, ROUTE, (elsewhere,), NOW).ruling is Ruling.TOLD
