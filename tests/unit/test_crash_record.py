"""Does the benchmark of kills see what the channels show, and would it see a loss and a repeat?"""

import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from bot.domain import Alert, AlertEventKind, AlertState, Bundle, By, Evidence, Register, Severity, Tier
from handlers.card import card_of
from handlers.discord.layout import layout
from handlers.discord.render import alert_sheet, bundle_sheet
from handlers.slack.look import Look
from handlers.slack.render import render

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"
NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)


@pytest.fixture
def crashing() -> Iterator[SimpleNamespace]:
    sys.path.insert(0, str(BENCHMARKS))
    try:
        from crashing import chats, newsroom, verdict  # noqa: PLC0415 - its folder is on the path only here

        yield SimpleNamespace(chats=chats, newsroom=newsroom, verdict=verdict)
    finally:
        sys.path.remove(str(BENCHMARKS))


def an_alert(number: int, state: AlertState) -> Alert:
    quote = f"Arms of holder {number} are on their way, sources tell the courier"
    evidence = Evidence(
        f"e{number}", f"k{number}", "arms", f"h{number}", "sending", By.REPORTED, quote, 0.95, "courier", NOON, NOON,
        quote, "https://courier.example/1", "Courier", "courier", Tier.OUTLET, "en",
    )  # fmt: skip
    return Alert(
        f"a{number}", 1, state, AlertEventKind.POSTED, NOON, NOON, "arms", f"h{number}", Register.DEED, "holding",
        "sending", By.REPORTED, Severity.HIGH, (evidence,),
    )  # fmt: skip


def bodies(crashing: SimpleNamespace, notice: Alert | Bundle) -> list[dict[str, Any]]:
    """What Discord and Slack are sent."""
    card = card_of(notice, crashing.newsroom.storyline(3), "en")
    sheet = bundle_sheet(card, 7) if isinstance(notice, Bundle) else alert_sheet(card, 7)
    blocks = render(card, Look(UTC, mention="", more="", answers=True)).blocks
    return [{"components": layout(sheet, "", 1).to_components()}, {"blocks": list(blocks)}]


@pytest.mark.parametrize("state", list(AlertState))
def test_the_state_of_a_story_is_read_off_either_platform(crashing: SimpleNamespace, state: AlertState) -> None:
    for body in bodies(crashing, an_alert(2, state)):
        assert crashing.chats.told(body) == {2: state.value.title()}


def test_each_story_of_a_shared_message_is_read_in_its_own_state(crashing: SimpleNamespace) -> None:
    both = Bundle((an_alert(1, AlertState.SIGNAL), an_alert(3, AlertState.CONFIRMED)), (0, 0))
    for body in bodies(crashing, both):
        assert crashing.chats.told(body) == {1: "Signal", 3: "Confirmed"}


def a_record(crashing: SimpleNamespace, **told: str) -> Any:
    """A Slack channel whose messages each tell of one story."""
    record = crashing.chats.Chats(1, ("C1",), lambda: 0.0, lambda _: None, lambda _: None)
    for ident, state in told.items():
        body = bodies(crashing, an_alert(int(ident[-1]), AlertState(state)))[1]
        record.show(crashing.chats.Message("C1", ident, body, ident, alerts=True))
    return record


def test_a_story_that_is_not_told_or_told_in_an_older_state_is_lost(crashing: SimpleNamespace, tmp_path: Path) -> None:
    record = a_record(crashing, m1="confirmed", m2="signal")
    printed = crashing.newsroom.Newsroom(tmp_path / "stories.json", None)
    printed.states = {1: "Confirmed", 2: "Confirmed", 3: "Signal"}
    assert crashing.verdict.lost_stories(record, printed) == {("C1", "story 2 Confirmed"), ("C1", "story 3 Signal")}


def test_a_story_in_two_messages_was_seen_twice_even_after_one_is_deleted(crashing: SimpleNamespace) -> None:
    record = a_record(crashing, m1="confirmed", n1="confirmed")
    record.delete(record.kept[1])
    assert crashing.verdict.seen_twice(record) == {("C1", "story 1")}


def test_what_goes_wrong_with_the_nth_request_of_a_kind_follows_from_the_seed(crashing: SimpleNamespace) -> None:
    def faults(seed: int, kinds: list[str]) -> list[str]:
        record = crashing.chats.Chats(seed, ("C1",), lambda: 0.0, lambda _: None, lambda _: None)
        found = [(kind, record.fault(kind, crashing.chats.POST_FAULTS)[0]) for kind in kinds]
        return [fault for kind, fault in found if kind == "post"]

    alone, mixed = ["post"] * 40, ["post", "look"] * 40
    assert faults(1, alone) == faults(1, mixed)
    assert faults(1, alone) != faults(2, alone)
