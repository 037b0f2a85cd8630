"""How does a notice get into a channel of Slack, and what happens when it cannot?"""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Any

import pytest

from bot.errors import DeliveryError, PermanentError, UndeliverableError
from handlers.samples import samples
from handlers.slack import build
from handlers.slack.web import Pace


async def test_a_sent_alert_is_posted_with_its_delivery_id_and_without_previews(
    notifier: Any, slack: Any, alert: Any, delivery_of: Any
) -> None:
    ref = await notifier.send(delivery_of(alert), alert)
    (posted,) = slack.shown("C1")
    assert ref == f"C1/{next(ts for _, ts in slack.messages)}"
    assert posted["metadata"] == {
        "event_type": "stancewatch_delivery",
        "event_payload": {"delivery": "7", "alert": alert.id, "version": alert.version},
    }
    assert posted["unfurl_links"] is False
    assert posted["unfurl_media"] is False


async def test_an_edit_replaces_the_message_that_was_sent(
    notifier: Any, slack: Any, alert: Any, delivery_of: Any, payloads: Any
) -> None:
    ref = await notifier.send(delivery_of(alert), alert)
    disputed = replace(samples(notifier.storyline)["disputed"], id=alert.id, version=9)
    await notifier.edit(delivery_of(disputed, ref=ref), disputed)
    (shown,) = slack.shown("C1")
    assert "Disputed" in " ".join(payloads.words(shown["blocks"]))
    assert shown["metadata"]["event_payload"]["version"] == 9


@pytest.mark.parametrize(
    ("given", "noted"),
    [
        ("S0123ABC", "<!subteam^S0123ABC>"),
        ("<!subteam^S0123ABC|@oncall>", "<!subteam^S0123ABC>"),
        ("<@U042>", "<@U042>"),
        ("U042", "<@U042>"),
        ("here", "<!here>"),
    ],
)
async def test_a_mention_wakes_once_and_no_edit_wakes_again(
    notifier: Any, slack: Any, alert: Any, delivery_of: Any, payloads: Any, given: str, noted: str
) -> None:
    ref = await notifier.send(delivery_of(alert, mention=given), alert)
    first = [value for _, value in payloads.leaves(slack.called("chat.postMessage")[0])]
    assert sum(value.count(noted) for value in first) == 1
    await notifier.edit(delivery_of(alert, mention=given, ref=ref), alert)
    again = [value for _, value in payloads.leaves(slack.called("chat.update")[0])]
    assert sum(value.count(noted) for value in again) == 0


async def test_a_mention_that_slack_does_not_know_costs_the_mention_and_not_the_message(
    notifier: Any, slack: Any, alert: Any, delivery_of: Any
) -> None:
    await notifier.send(delivery_of(alert, mention="@everybody <!channel> now"), alert)
    assert "<!" not in str(slack.shown("C1"))


@pytest.mark.parametrize(
    ("error", "advice"),
    [
        ("channel_not_found", "/invite @stancewatch"),
        ("not_in_channel", "/invite @stancewatch"),
        ("is_archived", "unarchive"),
        ("restricted_action", "settings"),
        ("invalid_auth", "copy it anew"),
        ("token_revoked", "reinstall"),
        ("account_inactive", "install it again"),
    ],
)
async def test_a_channel_or_token_that_is_closed_is_undeliverable_and_says_what_to_do(
    notifier: Any, slack: Any, kit: Any, alert: Any, delivery_of: Any, error: str, advice: str
) -> None:
    slack.next("chat.postMessage", kit.Fault(error=error))
    with pytest.raises(UndeliverableError, match=advice) as raised:
        await notifier.send(delivery_of(alert), alert)
    assert str(raised.value).startswith(f"slack C1: {error}: ")
    assert "\n" not in str(raised.value)


async def test_a_missing_scope_is_named(notifier: Any, slack: Any, kit: Any, alert: Any, delivery_of: Any) -> None:
    slack.tokens[kit.BOT_TOKEN] = frozenset({"commands"})
    with pytest.raises(UndeliverableError, match=r"lacks chat:write; add it .* reinstall"):
        await notifier.send(delivery_of(alert), alert)


async def test_a_message_that_somebody_deleted_stays_deleted(
    notifier: Any, slack: Any, alert: Any, delivery_of: Any
) -> None:
    await notifier.edit(delivery_of(alert, ref="C1/1.0"), alert)
    assert slack.called("chat.update")
    assert slack.shown("C1") == []


@pytest.mark.parametrize("error", ["cant_update_message", "msg_blocks_too_long"])
async def test_a_message_that_slack_refuses_fails_alone(
    notifier: Any, slack: Any, kit: Any, alert: Any, delivery_of: Any, error: str
) -> None:
    slack.next("chat.update", kit.Fault(error=error))
    with pytest.raises(PermanentError, match=error) as raised:
        await notifier.edit(delivery_of(alert, ref="C1/1.0"), alert)
    assert not isinstance(raised.value, UndeliverableError)


async def test_a_reference_of_another_platform_names_no_message(notifier: Any, alert: Any, delivery_of: Any) -> None:
    with pytest.raises(PermanentError, match="names no message"):
        await notifier.edit(delivery_of(alert, ref="1234"), alert)


async def test_a_short_rate_limit_is_waited_out(
    notifier: Any, slack: Any, kit: Any, alert: Any, delivery_of: Any
) -> None:
    limited = kit.Fault(status=429, headers={"Retry-After": "0"})
    slack.next("chat.postMessage", limited, limited)
    assert await notifier.send(delivery_of(alert), alert)
    assert len(slack.called("chat.postMessage")) == 3
    assert len(slack.shown("C1")) == 1


async def test_a_long_rate_limit_goes_back_to_the_outbox(
    notifier: Any, slack: Any, kit: Any, alert: Any, delivery_of: Any
) -> None:
    slack.next("chat.postMessage", kit.Fault(status=429, headers={"Retry-After": "120"}))
    with pytest.raises(DeliveryError) as raised:
        await notifier.send(delivery_of(alert), alert)
    assert raised.value.retry_after == 120.0
    assert len(slack.called("chat.postMessage")) == 1


@pytest.mark.parametrize("status", [500, 503])
async def test_an_error_of_the_server_leaves_a_post_in_doubt_and_is_not_sent_again_unasked(
    notifier: Any, slack: Any, kit: Any, alert: Any, delivery_of: Any, status: int
) -> None:
    slack.next("chat.postMessage", kit.Fault(status=status))
    with pytest.raises(DeliveryError, match=f"answered {status}") as caught:
        await notifier.send(delivery_of(alert), alert)
    assert not caught.value.refused
    assert slack.shown("C1") == []


@pytest.mark.parametrize(
    "fault",
    [{"status": 500}, {"status": 502}, {"error": "internal_error"}, {"error": "never_heard_of"}, {"drop": True}],
    ids=str,
)
async def test_what_passes_is_a_delivery_error(
    notifier: Any, slack: Any, kit: Any, alert: Any, delivery_of: Any, fault: dict[str, Any]
) -> None:
    slack.next("chat.postMessage", *[kit.Fault(**fault)] * 5)
    with pytest.raises(DeliveryError, match="slack C1: "):
        await notifier.send(delivery_of(alert), alert)


async def test_a_slack_that_does_not_answer_is_given_up_in_time(
    open_notifier: Any, slack: Any, kit: Any, alert: Any, delivery_of: Any
) -> None:
    slack.next("chat.postMessage", *[kit.Fault(seconds=0.2)] * 5)
    async with open_notifier(pace=Pace(call=0.05, backoff=0.01)) as notifier:
        async with asyncio.timeout(2):
            with pytest.raises(DeliveryError, match="did not answer in time"):
                await notifier.send(delivery_of(alert), alert)


async def test_an_answer_that_is_no_json_is_a_delivery_error(
    notifier: Any, slack: Any, alert: Any, delivery_of: Any, publisher: Any
) -> None:
    publisher.serve("/api/chat.postMessage", "<html>maintenance</html>", headers={"Content-Type": "application/json"})
    notifier._web.api = publisher.url("/api/")
    with pytest.raises(DeliveryError):
        await notifier.send(delivery_of(alert), alert)


async def test_without_a_token_nothing_is_sent_and_the_setting_is_named(
    open_notifier: Any, slack: Any, alert: Any, delivery_of: Any
) -> None:
    for token in ("", "hunter2"):
        async with open_notifier(bot_token=token) as notifier:
            with pytest.raises(UndeliverableError, match="STANCEWATCH_SLACK_BOT_TOKEN") as raised:
                await notifier.send(delivery_of(alert), alert)
            assert "hunter2" not in str(raised.value)
    assert slack.calls == []


async def test_a_channel_that_fails_keeps_no_other_waiting(
    notifier: Any, slack: Any, kit: Any, alert: Any, delivery_of: Any
) -> None:
    slack.channel("C2")
    slack.next("chat.postMessage", kit.Fault(error="is_archived"))
    with pytest.raises(UndeliverableError):
        await notifier.send(delivery_of(alert), alert)
    assert await notifier.send(delivery_of(alert, channel="C2"), alert)


async def test_a_notifier_that_was_closed_opens_again(notifier: Any, slack: Any, alert: Any, delivery_of: Any) -> None:
    await notifier.send(delivery_of(alert), alert)
    await notifier.close()
    await notifier.send(delivery_of(alert), alert)
    assert len(slack.shown("C1")) == 2


def test_no_secret_is_shown(small_storyline: Any) -> None:
    options = {"bot_token": "xoxb-s3cret", "app_token": "xapp-s3cret", "signing_secret": "s3cret", "http_port": "3000"}
    assert "s3cret" not in repr(build(small_storyline, options))
