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
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import simcord
from PIL import Image
from playwright.async_api import Browser, async_playwright
from scenes import NOW, SAID, Scene, scene
from simcord.actors import MemberActor
from simcord.builders import ChannelHandle

from bot.domain import Act, Alert, Brief, Delivery, DeliveryState, Notice, NoticeKind, Rank, Route, Severity, Storyline
from bot.permissions import needed
from config import load_storyline
from handlers.card import Card, card_of_help, card_of_stance, card_of_timeline
from handlers.discord import build
from handlers.discord.layout import layout
from handlers.discord.render import answer_sheets
from handlers.sample_answers import USAGES

HERE = Path(__file__).parent
CHROMIUM = "/usr/bin/chromium"
WIDTHS = {"desktop": (720, 1200), "phone": (390, 900)}
CHOOSE = """(number) => {
  document.getElementById("message-exact-id").value = number;
  document.getElementById("message-exact-form").requestSubmit();
}"""


@dataclass
class Desk:
    """Answers with what the pictures show."""

    storyline: Storyline
    week: Brief

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


def answers(shown: Scene) -> dict[str, Card]:
    """Return the cards of answers, by name of the picture."""
    gets = ("all tracks · everybody · from severity low · with signals",)
    return {
        "stance": card_of_stance(shown.track, shown.timeline, shown.storyline, "en"),
        "timeline": card_of_timeline(shown.timeline, shown.storyline, "en"),
        "help": card_of_help(USAGES, gets, shown.storyline, "en", NOW),
    }


def delivery(notice: Notice, channel: ChannelHandle, mention: str = "") -> Delivery:
    """Return the delivery of a notice to the channel."""
    kind = NoticeKind.ALERT if isinstance(notice, Alert) else NoticeKind.BRIEF
    place = ("desk", "discord", str(channel.id), "en", mention)
    return Delivery(7, kind, notice.id, *place, DeliveryState.PENDING, notice.version, 0, "", 0, NOW)


async def draw(wanted: Sequence[str]) -> None:
    """Post every message and take its picture, at desktop and at phone width."""
    told = scene(load_storyline())
    notifier = build(told.storyline, {"token": "none"}, Desk(told.storyline, told.week))
    async with simcord.run(notifier.line.client) as env, async_playwright() as player:
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
        brief = await ann.slash(channel, "brief")
        why = await ann.click(channel.history()[0], label="Why?")
        shown |= {name: one.response.id for name, one in (("brief", brief), ("why", why)) if one.response}
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
