"""How does the bot stay connected to Slack, and what does it say when it is not?"""

from __future__ import annotations

import asyncio
import socket
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from structlog.testing import capture_logs

from handlers.slack import SlackNotifier
from handlers.slack.web import Pace

QUICK = Pace(call=5.0, wait=1, backoff=0.01, ping=5.0, pulse=0.02, retry=0.02, refused=0.05)


async def _until(met: Callable[[], bool], seconds: float = 3.0) -> None:
    async with asyncio.timeout(seconds):
        while not met():  # noqa: ASYNC110 - what is waited for happens in the loopback Slack, which sets no event
            await asyncio.sleep(0.01)


def _errors(logs: list[Any]) -> list[str]:
    return [entry["error"] for entry in logs if entry["log_level"] in {"error", "warning"} and "error" in entry]


@pytest.fixture
def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        found: int = probe.getsockname()[1]
        return found


async def test_starting_returns_at_once_however_slow_slack_is(open_notifier: Any, slack: Any, kit: Any) -> None:
    slack.next("auth.test", kit.Fault(seconds=0.2))
    async with open_notifier() as notifier:
        await notifier.start()
        assert not slack.connected.is_set()
        await slack.connected.wait()


@pytest.mark.parametrize("error", ["invalid_auth", "account_inactive", "token_revoked"])
async def test_a_token_that_is_refused_is_one_line_and_is_tried_again(
    open_notifier: Any, slack: Any, kit: Any, error: str
) -> None:
    slack.next("auth.test", *[kit.Fault(error=error)] * 3)
    with capture_logs() as logs:
        async with open_notifier() as notifier:
            await notifier.start()
            async with asyncio.timeout(3):
                await slack.connected.wait()
    (line,) = _errors(logs)
    assert line.startswith(f"slack: {error}: ")
    assert len(slack.called("auth.test")) == 4


async def test_no_token_is_one_line_and_asks_slack_nothing(open_notifier: Any, slack: Any) -> None:
    with capture_logs() as logs:
        async with open_notifier(bot_token="") as notifier:
            await notifier.start()
            await asyncio.sleep(0.15)
    assert [line for line in _errors(logs) if "STANCEWATCH_SLACK_BOT_TOKEN" in line] == _errors(logs)
    assert len(_errors(logs)) == 1
    assert slack.calls == []


async def test_a_wrong_app_token_is_one_line_and_alerts_still_go_out(
    open_notifier: Any, slack: Any, alert: Any, delivery_of: Any
) -> None:
    with capture_logs() as logs:
        async with open_notifier(app_token="xapp-wrong") as notifier:
            await notifier.start()
            await _until(lambda: len(slack.called("apps.connections.open")) > 2)
            assert await notifier.send(delivery_of(alert), alert)
    (line,) = _errors(logs)
    assert "Socket Mode: invalid_auth" in line
    assert "xapp-wrong" not in str(logs)


async def test_without_a_way_to_hear_it_is_said_and_alerts_still_go_out(
    open_notifier: Any, slack: Any, alert: Any, delivery_of: Any
) -> None:
    with capture_logs() as logs:
        async with open_notifier(app_token="") as notifier:
            await notifier.start()
            assert await notifier.send(delivery_of(alert), alert)
    assert "STANCEWATCH_SLACK_APP_TOKEN" in _errors(logs)[0]


async def test_a_socket_that_slack_asks_to_renew_is_renewed(listening: SlackNotifier, slack: Any) -> None:
    await slack.renew()
    await _until(lambda: slack.opened >= 2)
    assert await (await slack.typed("/brief")).answer()


async def test_a_socket_that_is_closed_is_opened_anew(listening: SlackNotifier, slack: Any) -> None:
    for number in (2, 3):
        await slack.drop()
        await _until(lambda number=number: slack.opened >= number)
        assert await (await slack.typed("/brief")).answer()


async def test_slack_being_down_for_a_while_is_survived(listening: SlackNotifier, slack: Any, kit: Any) -> None:
    slack.next("auth.test", *[kit.Fault(status=500)] * 6)
    await slack.drop()
    await _until(lambda: slack.opened >= 2)
    assert await (await slack.typed("/brief")).answer()


async def test_a_socket_that_answers_no_ping_is_opened_anew(open_notifier: Any, slack: Any) -> None:
    slack.pongs = False
    async with open_notifier(pace=Pace(ping=0.1, pulse=0.02, retry=0.02, backoff=0.01)) as notifier:
        await notifier.start()
        await _until(lambda: slack.opened >= 2)
        slack.pongs = True


async def test_nothing_is_heard_where_nobody_answers(open_notifier: Any, slack: Any) -> None:
    async with open_notifier(desk=None) as notifier:
        await notifier.start()
        await _until(lambda: bool(slack.called("auth.test")))
        await asyncio.sleep(0.05)
    assert slack.called("apps.connections.open") == []


async def test_a_signed_request_is_answered(open_notifier: Any, slack: Any, kit: Any, port: int) -> None:
    async with open_notifier(signing_secret=kit.SIGNING_SECRET, http_port=port, app_token="") as notifier:
        await notifier.start()
        await _listening(port)
        form = slack.command("/brief")
        question = slack.expect(form)
        status, _ = await kit.post_signed(f"http://127.0.0.1:{port}/slack/events", form)
        assert status == 200
        assert await question.answer()
    assert slack.called("apps.connections.open") == []


async def test_what_was_acknowledged_is_answered_though_the_bot_stops(
    open_notifier: Any, slack: Any, desk: Any, kit: Any, port: int
) -> None:
    desk.takes = 0.2
    async with open_notifier(signing_secret=kit.SIGNING_SECRET, http_port=port, app_token="") as notifier:
        await notifier.start()
        await _listening(port)
        form = slack.command("/brief")
        question = slack.expect(form)
        assert (await kit.post_signed(f"http://127.0.0.1:{port}/slack/events", form))[0] == 200
        await _until(lambda: bool(desk.asked))
    assert await question.answer()


async def test_what_was_heard_over_the_socket_is_answered_though_the_bot_stops(
    open_notifier: Any, slack: Any, desk: Any
) -> None:
    desk.takes = 0.2
    async with open_notifier() as notifier:
        await notifier.start()
        await slack.connected.wait()
        question = await slack.typed("/brief")
        await _until(lambda: bool(desk.asked))
    assert await question.answer()


async def test_a_forged_a_stale_and_a_replayed_request_are_401_and_nothing_is_done(
    open_notifier: Any, slack: Any, desk: Any, kit: Any, port: int
) -> None:
    async with open_notifier(signing_secret=kit.SIGNING_SECRET, http_port=port) as notifier:
        await notifier.start()
        await _listening(port)
        url, form = f"http://127.0.0.1:{port}/slack/events", slack.command("/brief")
        question = slack.expect(form)
        bad: list[dict[str, Any]] = [
            {"secret": "another"},
            {"signature": "v0=0"},
            {"at": time.time() - 301},
            {"at": time.time() + 301},
        ]
        for wrong in bad:
            assert (await kit.post_signed(url, form, **wrong))[0] == 401
        await asyncio.sleep(0.05)
        assert desk.asked == []
        now = time.time()  # what is replayed is signed in the same second
        assert (await kit.post_signed(url, form, at=now))[0] == 200
        await question.answer()
        assert (await kit.post_signed(url, form, at=now))[0] == 401
        await asyncio.sleep(0.05)
        assert len(desk.asked) == 1


async def test_a_port_that_is_taken_is_one_line_and_alerts_still_go_out(
    open_notifier: Any, slack: Any, kit: Any, alert: Any, delivery_of: Any, port: int
) -> None:
    with socket.socket() as taken, capture_logs() as logs:
        taken.bind(("127.0.0.1", port))
        taken.listen()
        async with open_notifier(signing_secret=kit.SIGNING_SECRET, http_port=port) as notifier:
            await notifier.start()
            await _until(lambda: bool(_errors(logs)))
            assert await notifier.send(delivery_of(alert), alert)
    assert f"port {port} cannot be listened on" in _errors(logs)[0]


async def _listening(port: int) -> None:
    async with asyncio.timeout(3):
        while True:
            try:
                _, writer = await asyncio.open_connection("127.0.0.1", port)
            except OSError:
                await asyncio.sleep(0.01)
                continue
            writer.close()
            await writer.wait_closed()
            return


async def test_a_socket_on_which_slack_never_says_hello_is_made_anew(open_notifier: Any, slack: Any) -> None:
    slack.greets = False
    with capture_logs() as logs:
        async with open_notifier(pace=replace(QUICK, hello=0.1)) as notifier:
            await notifier.start()
            await _until(lambda: slack.opened >= 2)
            slack.greets = True
            opened = slack.opened + 1
            await _until(lambda: slack.opened >= opened)
            assert await (await slack.typed("/brief")).answer()
    assert "no-greeting" in {entry.get("reason") for entry in logs}


async def test_a_socket_that_pings_but_hears_nothing_is_made_anew_and_hears_again(
    open_notifier: Any, slack: Any
) -> None:
    with capture_logs() as logs:
        async with open_notifier(pace=replace(QUICK, silence=0.2)) as notifier:
            await notifier.start()
            await _until(lambda: slack.opened >= 3)
            assert await (await slack.typed("/brief")).answer()
    assert {entry["reason"] for entry in logs if entry["event"] == "slack_socket_lost"} == {"silent"}


async def test_a_token_that_is_revoked_while_we_hear_is_said_once_and_mended_without_a_restart(
    open_notifier: Any, slack: Any, kit: Any
) -> None:
    with capture_logs() as logs:
        async with open_notifier(pace=replace(QUICK, token=0.05)) as notifier:
            await notifier.start()
            await slack.connected.wait()
            granted = slack.tokens.pop(kit.BOT_TOKEN)
            await _until(lambda: any(entry["event"] == "slack_refused" for entry in logs))
            await asyncio.sleep(0.15)
            slack.tokens[kit.BOT_TOKEN] = granted
            opened = slack.opened + 1
            await _until(lambda: slack.opened >= opened)
            assert await (await slack.typed("/brief")).answer()
    (line,) = {entry["error"] for entry in logs if entry["event"] == "slack_refused"}
    assert "invalid_auth" in line


async def test_slack_being_out_of_reach_for_a_look_at_the_token_ends_nothing(
    open_notifier: Any, slack: Any, kit: Any
) -> None:
    async with open_notifier(pace=replace(QUICK, token=0.05)) as notifier:
        await notifier.start()
        await slack.connected.wait()
        slack.next("auth.test", *[kit.Fault(error="internal_error")] * 3)
        await _until(lambda: not slack.faults["auth.test"])
        assert await (await slack.typed("/brief")).answer()
        assert slack.opened == 1
