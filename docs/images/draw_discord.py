"""What do Stancewatch's messages look like on Discord? Draws the pictures beside this file.

Real messages of the real bot, posted into a Discord in memory and shown by its preview; the news and the outlets in
them are made up. Wanted beside what tests need: `pip install "simcord[preview]" playwright`, and Debian's Chromium.

    python docs/images/draw_discord.py [NAME…]
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

import simcord
from PIL import Image
from playwright.async_api import Browser, async_playwright
from simcord.actors import MemberActor
from simcord.builders import ChannelHandle

from bot.brief import make_brief
from bot.domain import (
    Alert,
    AlertEventKind,
    AlertState,
    Brief,
    By,
    Delivery,
    DeliveryState,
    Evidence,
    Notice,
    NoticeKind,
    Position,
    Register,
    Route,
    Severity,
    SilentSource,
    Storyline,
    Tier,
)
from bot.ingest import open_ledgers
from bot.store import open_store
from config import load_storyline
from handlers.discord import build

HERE = Path(__file__).parent
NOW = datetime(2024, 10, 24, 9, 4, tzinfo=UTC)
CHROMIUM = "/usr/bin/chromium"
WIDTHS = {"desktop": (720, 1200), "phone": (390, 900)}
CHOOSE = """(number) => {
  document.getElementById("message-exact-id").value = number;
  document.getElementById("message-exact-form").requestSubmit();
}"""
OUTLETS = ("Example Wire", "The Daily Sample", "Example Herald", "예시일보", "Sample Tribune")
SAID = "“If the other side goes further, we will take steps of our own, and weapons may be among them,” he said."


@dataclass
class Desk:
    """Answers with what the pictures show."""

    storyline: Storyline
    week: Brief

    async def brief(self, *, since: timedelta, track: str = "", holder: str = "") -> Brief:
        """Return the week, or one track of it."""
        del since
        kept = [s for s in self.week.standings if track in {"", s.track} and holder in {"", s.holder}]
        return replace(self.week, standings=tuple(kept)) if track else self.week

    async def explain(self, what: str) -> tuple[str, ...]:
        """Return the steps from a sentence to an alert."""
        return (
            f"article   {what}",
            "from      Example Wire (agency), 2024-10-24 08:41 UTC",
            "reading   South Korea: seoul-arms = conditional (word, official, confidence 0.91)",
            f"  quote   {SAID}",
            "  step    supply of arms, conditional on “if the other side goes further”",
            "alert     confirmed at once: the holder itself, in an agency",
        )

    async def routes(self, platform: str, channel: str) -> tuple[Route, ...]:
        """Return what the channel is subscribed to."""
        return (Route("desk", platform, channel, mention="", min_severity=Severity.LOW),) if channel else ()

    async def subscribe(self, route: Route) -> None:
        """Take a wish."""

    async def unsubscribe(self, platform: str, channel: str, author: str) -> bool:
        """Take a wish."""
        return bool(platform and channel and author)


def evidence(number: int, **other: object) -> Evidence:
    """Return the report of one outlet that is not there."""
    made = Evidence(
        id=f"e{number}",
        article=f"a{number}",
        track="seoul-arms",
        holder="south-korea",
        rung="conditional",
        by=By.OFFICIAL,
        quote=SAID,
        confidence=0.91,
        origin=f"o{number % 3}",
        dated=NOW - timedelta(minutes=23 - 4 * number),
        seen=NOW,
        title="Seoul names a condition",
        url=f"https://outlet{number}.example/2024/10/24/seoul",
        publisher=OUTLETS[number % len(OUTLETS)],
        origin_group=f"o{number}",
        tier=Tier.AGENCY,
        language="en",
    )
    return replace(made, **other)  # type: ignore[arg-type]  # the fields come by name from this module


def alerts(storyline: Storyline) -> dict[str, Alert]:
    """Return an alert that is confirmed and one that is not."""
    past = [move for move in storyline.past if move.track == "seoul-arms" and move.baseline]
    since = datetime.combine(past[0].day, datetime.min.time(), UTC)
    confirmed = Alert(
        id="k7f3a2c91e08b4d6",
        version=4,
        state=AlertState.CONFIRMED,
        event=AlertEventKind.UPDATED,
        at=NOW,
        posted=NOW - timedelta(minutes=20),
        track="seoul-arms",
        holder="south-korea",
        register=Register.WORD,
        from_rung="reviewing",
        to_rung="conditional",
        by=By.OFFICIAL,
        severity=Severity.HIGH,
        evidence=tuple(evidence(n) for n in range(5)),
        previous=Position("reviewing", since, note=past[0].note),
        baseline="reviewing",
        reason="more-origins",
    )
    told = evidence(
        2,
        track="pyongyang-war",
        holder="north-korea",
        rung="fighting",
        by=By.REPORTED,
        quote="The first units have been seen near the front, a spy agency told lawmakers.",
        confidence=0.72,
        origin="o2",
    )
    signal = replace(
        confirmed,
        id="b2d90c4415fa7e33",
        version=1,
        state=AlertState.SIGNAL,
        event=AlertEventKind.POSTED,
        track="pyongyang-war",
        holder="north-korea",
        register=Register.DEED,
        from_rung="deploying",
        to_rung="fighting",
        by=By.REPORTED,
        evidence=(told,),
        previous=Position("deploying", NOW - timedelta(days=6), note="a parliament was told of a first brigade"),
        baseline="",
        reason="signal",
    )
    return {"alert": confirmed, "signal": signal}


def week(storyline: Storyline, told: dict[str, Alert]) -> Brief:
    """Return where everybody stood that day, with the two alerts in it."""
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(f"sqlite:///{folder}/picture.db")
        try:
            open_ledgers(store, storyline, NOW)
            made = make_brief(store, storyline, NOW, NOW - timedelta(days=7), "", "")
        finally:
            store.close()
    silent = (SilentSource("Sample Gazette", NOW - timedelta(days=2), "timed out after 20 s"),)
    return replace(made, moved=(told["alert"],), signals=(told["signal"],), silent=silent, sources=124)


def delivery(notice: Notice, channel: ChannelHandle, mention: str = "") -> Delivery:
    """Return the delivery of a notice to the channel."""
    kind = NoticeKind.ALERT if isinstance(notice, Alert) else NoticeKind.BRIEF
    place = ("desk", "discord", str(channel.id), "en", mention)
    return Delivery(7, kind, notice.id, *place, DeliveryState.PENDING, notice.version, 0, "", 0, NOW)


async def draw(wanted: Sequence[str]) -> None:
    """Post every message and take its picture, at desktop and at phone width."""
    storyline = load_storyline()
    told = alerts(storyline)
    notifier = build(storyline, {"token": "none"}, Desk(storyline, week(storyline, told)))
    async with simcord.run(notifier.line.client) as env, async_playwright() as player:
        env.backend.bot_user.name = "Stancewatch"
        await env.settle()
        guild = env.create_guild("Newsroom")
        channel = guild.create_text_channel("korea-desk")
        role = guild.create_role("korea-desk")
        ann = guild.add_member(env.create_user("ann"))
        shown: dict[str, int] = {}
        for name, alert in told.items():
            mention = role.mention if name == "alert" else ""
            ref = await notifier.send(delivery(alert, channel, mention), alert)
            shown[name] = int(ref.rpartition(":")[2])
        brief = await ann.slash(channel, "brief")
        stance = await ann.slash(channel, "stance", track="seoul-arms")
        help_ = await ann.slash(channel, "help")
        why = await ann.click(channel.history()[0], label="Why?")
        answers = {"brief": brief, "stance": stance, "help": help_, "why": why}
        shown |= {name: answer.response.id for name, answer in answers.items() if answer.response}
        for message in env.backend.messages[channel.id].values():
            message.timestamp = NOW.isoformat()
        browser = await player.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        chosen = {name: number for name, number in shown.items() if not wanted or name in wanted}
        for size in WIDTHS:
            await photograph(env, browser, channel, ann, chosen, size)
        await browser.close()


async def photograph(
    env: simcord.Env, browser: Browser, channel: ChannelHandle, viewer: MemberActor, shown: dict[str, int], size: str
) -> None:
    """Take the picture of each message."""
    width, window = WIDTHS[size]
    view = env.preview(
        channel, viewers=[viewer], width=width, height=2400, display="fixed", presentation_time=NOW + timedelta(hours=1)
    )
    async with view as preview:
        page = await browser.new_page(viewport={"width": window, "height": 2600}, device_scale_factor=1.5)
        await page.goto(preview.url)
        await page.wait_for_selector("#focused-content:not([hidden])")
        for name, number in shown.items():
            await page.evaluate(CHOOSE, str(number))
            await asyncio.sleep(3)
            taken = Image.open(BytesIO(await page.locator("#focused-content").screenshot()))
            # Few colours make a small file of a picture of text.
            taken.convert("RGB").quantize(160).save(HERE / f"discord-{name}-{size}.png", optimize=True)
        await page.close()


if __name__ == "__main__":
    asyncio.run(draw(sys.argv[1:]))
