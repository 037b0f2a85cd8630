"""What do Stancewatch's messages look like on Discord? Draws the pictures beside this file.

Real messages of the real bot, posted into a Discord in memory and shown by its preview; what they tell is made up
(scenes.py). Wanted beside what tests need: `pip install "simcord[preview]" playwright`, and Debian's Chromium.

    python docs/images/draw_discord.py [NAME…]
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path

import discord
import simcord
from PIL import Image
from playwright.async_api import Browser, async_playwright
from scenes import NOW, SAID, Scene, scene
from simcord.actors import MemberActor
from simcord.builders import ChannelHandle
from simcord.results import InteractionResult

from bot.domain import (
    Act,
    Alert,
    Asker,
    Brief,
    Delivery,
    DeliveryState,
    Notice,
    NoticeKind,
    Rank,
    Route,
    Storyline,
    Timeline,
)
from bot.permissions import needed
from config import load_storyline
from handlers.card import Card, card_of_stance
from handlers.discord import build
from handlers.discord.layout import layout
from handlers.discord.render import answer_sheets

HERE = Path(__file__).parent
CHROMIUM = "/usr/bin/chromium"
PATIENCE = 180_000
"""Milliseconds that a page may take on a busy machine."""
WIDTHS = {"desktop": (720, 1200), "phone": (390, 900)}
WISH = {"tracks": "seoul-arms", "timezone": "Asia/Seoul", "digest": "18:00"}
HOURS = "Mentions, quiet hours…"
WHOLE = ".modal-dialog, .modal-body { max-height: none !important; overflow: visible !important }"
"""A form in full length; clients scroll it."""
CHOOSE = """(number) => {
  document.getElementById("message-exact-id").value = number;
  document.getElementById("message-exact-form").requestSubmit();
}"""


@dataclass
class Desk:
    """Answers with what the pictures show."""

    storyline: Storyline
    week: Brief
    moves: Timeline
    made: Route | None = None

    def now(self) -> datetime:
        """Return the moment of the pictures."""
        return NOW

    def needed(self, act: Act) -> Rank:
        """Return what the commands are shown to."""
        return needed(act)

    async def brief(
        self, *, since: timedelta, track: str = "", holder: str = "", channel: tuple[str, str] | None = None
    ) -> Brief:
        """Return the week, or one track of it."""
        del since, channel
        kept = [s for s in self.week.standings if track in {"", s.track} and holder in {"", s.holder}]
        return replace(self.week, standings=tuple(kept)) if track else self.week

    async def timeline(self, track: str, *, since: timedelta | None = None, holder: str = "") -> Timeline:
        """Return how the one track of the pictures moved."""
        del track, since, holder
        return self.moves

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
        return (self.made or Route("desk", platform, channel, author="yaml"),) if channel else ()

    async def subscribe(self, asker: Asker, route: Route) -> None:
        """Keep what a channel is subscribed to."""
        del asker
        self.made = route


def answers(shown: Scene) -> dict[str, Card]:
    """Return the cards of answers, by name of the picture."""
    return {
        "stance": card_of_stance(shown.track, shown.timeline, shown.storyline, "en"),
    }


def delivery(notice: Notice, channel: ChannelHandle, mention: str = "") -> Delivery:
    """Return the delivery of a notice to the channel."""
    kind = NoticeKind.ALERT if isinstance(notice, Alert) else NoticeKind.BRIEF
    place = ("desk", "discord", str(channel.id), "en", mention)
    return Delivery(7, kind, notice.id, *place, DeliveryState.PENDING, notice.version, 0, "", 0, NOW)


async def draw(wanted: Sequence[str]) -> None:
    """Post every message and take its picture, at desktop and at phone width."""
    told = scene(load_storyline())
    notifier = build(told.storyline, {"token": "none"}, Desk(told.storyline, told.week, told.timeline))
    async with simcord.run(notifier.line.client, settle_timeout=60.0) as env, async_playwright() as player:
        env.backend.bot_user.name = "Stancewatch"
        await env.settle()
        guild = env.create_guild("Newsroom")
        channel = guild.create_text_channel("korea-desk")
        role = guild.create_role("korea-desk")
        ann = guild.add_member(env.create_user("ann"))
        shown: dict[str, int] = {}
        for name, alert in told.alerts.items():
            mention = role.mention if name == "alert" else ""
            ref = await notifier.send(delivery(alert, channel, mention), alert)
            shown[name] = int(ref.rpartition(":")[2])
        place = (await notifier.line.ready()).get_partial_messageable(channel.id)
        for name, card in answers(told).items():
            shown[name] = (await place.send(view=layout(answer_sheets(card)[0]))).id
        chief = guild.create_role("chiefs", permissions=discord.Permissions(manage_channels=True, view_channel=True))
        boss = guild.add_member(env.create_user("boss"), roles=[chief])
        forms = {"form": await boss.slash(channel, "subscribe")}
        forms["hours"] = await boss.click((await boss.slash(channel, "subscribe", **WISH)).response, label=HOURS)
        brief = await ann.slash(channel, "brief")
        typed = {"help": await ann.slash(channel, "help")}
        typed["timeline"] = await ann.slash(channel, "timeline", track="seoul-arms", share=True)
        why = await ann.click(channel.history()[0], label="Why?")
        typed |= {"brief": brief, "why": why}
        shown |= {name: one.response.id for name, one in typed.items() if one.response}
        for message in env.backend.messages[channel.id].values():
            message.timestamp = NOW.isoformat()
        browser = await player.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        chosen = {name: number for name, number in shown.items() if not wanted or name in wanted}
        for size in WIDTHS:
            await photograph(env, browser, channel, ann, chosen, size)
            for name, opened in forms.items():
                if not wanted or name in wanted:
                    await photograph_form(env, browser, channel, boss, opened, f"{name}-{size}")
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
        page.set_default_timeout(PATIENCE)
        await page.goto(preview.url, timeout=PATIENCE)
        await page.wait_for_selector("#focused-content:not([hidden])")
        pictures: set[bytes] = set()
        for name, number in shown.items():
            await page.evaluate(CHOOSE, str(number))
            await asyncio.sleep(3)
            picture = await page.locator("#focused-content").screenshot()
            if picture in pictures:
                raise RuntimeError(f"{name} comes out like another message: {viewer.name} cannot see it")
            pictures.add(picture)
            taken = Image.open(BytesIO(picture))
            # Few colours make a small file of a picture of text.
            taken.convert("RGB").quantize(160).save(HERE / f"discord-{name}-{size}.png", optimize=True)
        await page.close()


async def photograph_form(
    env: simcord.Env,
    browser: Browser,
    channel: ChannelHandle,
    viewer: MemberActor,
    opened: InteractionResult,
    name: str,
) -> None:
    """Take the picture of a form that somebody has open."""
    width, window = WIDTHS[name.rpartition("-")[2]]
    async with env.preview(channel, viewers=[viewer], width=width, height=2400, display="fixed") as preview:
        await preview.show(opened)
        page = await browser.new_page(
            viewport={"width": window, "height": 2600}, device_scale_factor=1.5, bypass_csp=True
        )
        page.set_default_timeout(PATIENCE)
        await page.goto(preview.url, timeout=PATIENCE)
        await page.wait_for_selector("dialog, [role=dialog], .modal", state="visible")
        await page.add_style_tag(content=WHOLE)
        await asyncio.sleep(2)
        taken = Image.open(BytesIO(await page.locator("dialog, [role=dialog], .modal").first.screenshot()))
        taken.convert("RGB").quantize(160).save(HERE / f"discord-{name}.png", optimize=True)
        await page.close()


if __name__ == "__main__":
    asyncio.run(draw(sys.argv[1:]))
