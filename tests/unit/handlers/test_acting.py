"""Do buttons carry what they are about, and is every change and refusal put into words?"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import Storyline, Verdict
from bot.errors import InputError, NotAllowedError
from handlers.acting import (
    SPANS,
    read_subject,
    read_verdict,
    refusal,
    span_choices,
    span_of,
    subject,
    verdict_choices,
)


@given(st.text("0123456789abcdef", min_size=1), st.integers(0, 10**6))
def test_what_a_button_carries_is_read_again(alert: str, version: int) -> None:
    assert read_subject(subject(alert, version)) == (alert, version)


def test_a_button_of_an_older_message_carries_the_alert_alone() -> None:
    assert read_subject("a1b2c3") == ("a1b2c3", 0)
    assert read_subject("a1b2c3:x") == ("a1b2c3", 0)


@pytest.mark.parametrize("language", ["en", "ko"])
def test_every_choice_of_the_mute_menu_is_understood(language: str) -> None:
    for name, words in span_choices(language):
        assert span_of(name, language) == SPANS[name]
        assert words
    assert span_of(span_choices(language)[-1][1], language) is None
    assert span_of("", language) == SPANS["24h"]


def test_the_menu_of_verdicts_holds_every_rung_but_the_alerts_own(small_storyline: Storyline) -> None:
    track = small_storyline.tracks[0]
    choices = verdict_choices(track.id, track.rungs[0].id, small_storyline, "en")
    read = [read_verdict(value) for value, _ in choices]
    assert read[0] == (Verdict.NOT_A_SHIFT, "")
    assert [rung for _, rung in read[1:]] == [rung.id for rung in track.rungs[1:]]
    assert {verdict for verdict, _ in read[1:]} == {Verdict.WRONG_RUNG}
    with pytest.raises(InputError, match="no verdict"):
        read_verdict("nonsense:x")


def test_a_refusal_is_worded_in_the_channels_language() -> None:
    assert "manage this channel" in refusal(NotAllowedError("x", "mute", "manager"), "en")
    assert "관리자" in refusal(NotAllowedError("x", "add-feed", "admin"), "ko")
    assert refusal(InputError("plain words"), "ko") == "plain words"
