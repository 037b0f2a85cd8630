"""Is a channel subscribed by forms to the same that can be typed, and does each form change its own fields only?"""

from __future__ import annotations

from datetime import time
from typing import Any

import discord
import pytest
import simcord
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import QuietHours, Route, Severity, Storyline
from config import load_storyline
from handlers.asking import holder_choices, route_of
from handlers.discord import build, form
from handlers.discord.idents import Form

from .places import Place, made, texts

SHIPPED = {"tracks", "holders", "level", "language", "digest"}


@pytest.fixture
def place(env: simcord.Env) -> Place:
    return made(env)


def _labels(shown: Any) -> list[str]:
    return [label["label"] for label in shown.modal["components"]]


async def test_subscribing_without_an_option_opens_a_form_and_what_is_entered_holds(place: Place, desk) -> None:
    shown = await place.chief.slash(place.channel, "subscribe")
    assert shown.modal["title"] == "Alerts in this channel"
    assert _labels(shown)[0] == "Tracks (all when empty)"
    entered = {"tracks": ["seoul-arms"], "level": ["medium off"], "language": ["ko"]}
    sent = await place.chief.submit_modal(shown, {**entered, "digest": "18:00 mon-fri Asia/Seoul"})
    assert not sent.ephemeral
    assert "알림을 신청했다" in texts(sent)
    channel = str(place.channel.id)
    assert desk.made == [
        Route(
            f"discord-{channel}", "discord", channel, tracks=("seoul-arms",), min_severity=Severity.MEDIUM,
            signals=False, language="ko", timezone="Asia/Seoul", author=f"discord:{place.chief.id}",
            digest=(time(18),), digest_days=(0, 1, 2, 3, 4),
        )
    ]  # fmt: skip


async def test_the_second_form_wakes_somebody_and_keeps_what_the_first_said(place: Place, desk) -> None:
    first = await place.chief.slash(place.channel, "subscribe")
    said = await place.chief.submit_modal(first, {"tracks": ["seoul-arms"], "level": ["low on"], "language": ["en"]})
    second = await place.chief.click(said.response, label="Mentions, quiet hours…")
    assert second.modal["title"] == "Mentions and quiet hours"
    chosen = {"mention": [place.role], "from": ["medium"], "quiet": "22:00-07:00", "quiet_except": ["high"]}
    sent = await place.chief.submit_modal(second, {**chosen, "switches": ["digest_empty"]})
    assert f"<@&{place.role.id}>" in texts(sent)
    route = desk.made[-1]
    assert (route.tracks, route.mention, route.mention_from) == (
        ("seoul-arms",),
        f"<@&{place.role.id}>",
        Severity.MEDIUM,
    )
    assert (route.quiet, route.quiet_except) == (QuietHours(time(22), time(7)), Severity.HIGH)


async def test_a_form_that_is_opened_again_begins_with_what_holds_even_after_a_restart(
    place: Place, desk, env: simcord.Env, small_storyline: Storyline
) -> None:
    said = await place.chief.slash(
        place.channel, "subscribe", tracks="seoul-arms", digest="09:00", timezone="Asia/Seoul"
    )
    await env.restart_bot(build(small_storyline, {"token": "another"}, desk).line.client)
    await env.settle()
    again = await place.chief.click(said.response, label="Change…")
    fields = {label["component"]["custom_id"]: label["component"] for label in again.modal["components"]}
    assert set(fields) == SHIPPED
    assert [option["value"] for option in fields["tracks"]["options"] if option.get("default")] == ["seoul-arms"]
    assert fields["digest"]["value"] == "09:00 Asia/Seoul"
    await place.chief.submit_modal(again, {"level": ["high on"], "language": ["en"], "digest": ""})
    assert (desk.made[-1].tracks, desk.made[-1].min_severity, desk.made[-1].digest) == ((), Severity.HIGH, ())


async def test_what_makes_no_sense_in_a_form_is_refused_for_the_asker_alone(place: Place, desk) -> None:
    shown = await place.chief.slash(place.channel, "subscribe")
    sent = await place.chief.submit_modal(shown, {"level": ["low on"], "language": ["en"], "digest": "at dawn"})
    assert sent.ephemeral
    assert "“at” is no day" in texts(sent)
    assert desk.made == []


async def test_a_contradiction_is_said_in_the_askers_words_and_alone(place: Place, desk) -> None:
    result = await place.chief.slash(place.channel, "subscribe", digest="23:00", quiet="22:00-07:00")
    assert result.ephemeral
    assert "fall into the quiet hours" in texts(result)
    assert desk.made == []


async def test_who_may_not_subscribe_gets_no_form_and_ends_nothing(place: Place, desk) -> None:
    said = await place.chief.slash(place.channel, "subscribe", severity="low")
    for label in ("Change…", "Mentions, quiet hours…", "Unsubscribe"):
        pressed = await place.ann.click(said.response, label=label)
        assert pressed.modal is None
        assert "manage this channel" in texts(pressed)
    assert len(desk.made) == 1


async def test_a_subscription_is_ended_by_its_button(place: Place, desk) -> None:
    said = await place.chief.slash(place.channel, "subscribe", severity="low")
    ended = await place.chief.click(said.response, label="Unsubscribe")
    assert "unsubscribed this channel" in texts(ended)
    assert desk.made == []


QUIET = st.none() | st.just(QuietHours(time(22), time(7)))


@given(
    tracks=st.sets(st.sampled_from(("seoul-arms", "allies-arms"))),
    severity=st.sampled_from(Severity),
    signals=st.booleans(),
    mention=st.sampled_from(("", "<@&12>", "<@34>")),
    quiet=QUIET,
    digest=st.sets(st.sampled_from((time(9), time(12, 30), time(18)))),
    days=st.sets(st.integers(0, 6), max_size=6),
    form_shown=st.sampled_from(Form),
)
def test_a_form_sent_as_it_was_opened_changes_nothing(
    small_storyline: Storyline, tracks, severity, signals, mention, quiet, digest, days, form_shown
) -> None:
    route = Route(
        "discord-5", "discord", "5", tuple(sorted(tracks)), (), severity, signals=signals, mention=mention,
        timezone="Asia/Seoul", author="discord:8", quiet=quiet, quiet_except=severity if quiet else None,
        digest=tuple(sorted(digest)), digest_days=tuple(sorted(days)) if digest else (),
    )  # fmt: skip
    filled = form.entered(_sent_untouched(form.modal(form_shown, route, small_storyline, "en")))
    wished = form.wish(route, form_shown, filled, {"12": {}})
    again = route_of(wished, small_storyline, platform="discord", channel="5", author="discord:8")
    assert (set(again.tracks), again) == (set(route.tracks), _with_tracks(route, again))


@pytest.mark.parametrize("language", ["en", "ko"])
def test_a_digest_every_hour_has_room_in_its_form(small_storyline: Storyline, language: str) -> None:
    hourly = tuple(time(hour) for hour in range(24))
    route = Route("discord-5", "discord", "5", timezone="Asia/Seoul", digest=hourly, digest_days=(0, 1, 2, 3, 4, 5))
    shown = form.modal(Form.WHAT, route, small_storyline, language).to_dict()["components"]
    (line,) = [label["component"] for label in shown if label["component"]["custom_id"] == "digest"]
    assert len(line["value"]) <= (line.get("max_length") or 4_000)
    wished = form.wish(route, Form.WHAT, form.entered({"components": shown}), {})
    again = route_of(wished, small_storyline, platform="discord", channel="5", author="discord:8")
    assert (again.digest, again.digest_days) == (hourly, (0, 1, 2, 3, 4, 5))


def _with_tracks(route: Route, other: Route) -> Route:
    return Route(**{name: getattr(route, name) for name in Route.__dataclass_fields__} | {"tracks": other.tracks})


def _sent_untouched(shown: discord.ui.Modal) -> dict[str, Any]:
    """Return what Discord sends when nobody touches a field."""
    labels = []
    for label in shown.to_dict()["components"]:
        item = dict(label["component"])
        if "options" in item:
            item["values"] = [option["value"] for option in item["options"] if option.get("default")]
        item["values"] = [*item.get("values", ()), *(str(one["id"]) for one in item.get("default_values", ()))]
        labels.append({"type": 18, "component": item})
    return {"components": labels}


async def test_a_test_alert_is_posted_for_everybody_and_says_that_it_is_one(place: Place) -> None:
    said = await place.chief.slash(place.channel, "test")
    assert said.ephemeral
    assert "made up" in texts(said)
    (posted,) = [message for message in place.channel.history() if not message.flags.ephemeral]
    shown = str(posted.components)
    assert "Test: an alert in this channel looks like this." in shown
    assert "custom_id" not in shown


async def test_a_test_alert_says_which_right_the_bot_lacks(place: Place, env: simcord.Env) -> None:
    silenced = {env.bot.user: discord.PermissionOverwrite(send_messages=False)}
    said = await place.chief.slash(env.guild.create_text_channel("closed", overwrites=silenced), "test")
    assert "Allow it here: Send Messages" in texts(said)


def test_of_more_holders_than_a_menu_takes_those_that_hold_are_kept() -> None:
    storyline = load_storyline()
    last = holder_choices(storyline, "en")[-1][0]
    route = Route("discord-5", "discord", "5", holders=(last,), author="discord:8")
    filled = form.entered(_sent_untouched(form.modal(Form.WHAT, route, storyline, "en")))
    assert form.wish(route, Form.WHAT, filled, {}).holders == last
