"""What do people ask in the loopback Slack, and how long do they wait?

Refuses to do: it starts no bot and no Slack; flood.py, burst.py and interactive.py do.
"""

from __future__ import annotations

import asyncio
import time
from typing import Any

ACKNOWLEDGED, ANSWERED = 3.0, 60.0
"""Seconds that are waited for either at most; Slack itself gives up on the first."""

Slack = Any
"""That of the tests, which is loaded by its path."""


def question(slack: Slack, number: int) -> dict[str, Any]:
    """Return what Slack sends when somebody asks: half are commands, half are buttons."""
    who = f"U{number}"  # one alone may ask twenty times a minute
    made = (
        lambda: slack.command("/brief", "7d", user=who),
        lambda: slack.press("stancewatch_more", "10080  ", user=who),
        lambda: slack.command("/stancewatch", "why https://news.example/1", user=who),
        lambda: slack.press("stancewatch_why", "https://news.example/2", user=who),
    )
    return dict(made[number % len(made)]())


async def over_socket(slack: Slack, payload: dict[str, Any]) -> Any:  # noqa: ANN401 - an Interaction of the kit, which is loaded by its path
    """Send a question; return what becomes of it."""
    return await slack.ask("slash_commands" if "command" in payload else "interactive", payload)


async def waited(found: Any) -> tuple[float, float]:  # noqa: ANN401 - as above
    """Return seconds to the acknowledgement and to the answer; the most that is waited where there was none."""
    try:
        acknowledged = await asyncio.wait_for(asyncio.shield(found.acknowledged), ACKNOWLEDGED)
    except TimeoutError:
        acknowledged = ACKNOWLEDGED
    try:
        await asyncio.wait_for(found.answered.wait(), ANSWERED)
    except TimeoutError:
        return acknowledged, ANSWERED
    return acknowledged, time.monotonic() - found.asked
