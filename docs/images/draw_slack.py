"""What do Stancewatch's messages look like in Slack? Draws the pictures beside this file, and those of the timeline.

The blocks that the real bot would send, drawn by a page that does as Slack's clients do: the same letters, rules and
sizes, as far as a page can. What they tell is made up (scenes.py). Wanted: `pip install playwright`, and Debian's
Chromium.

    python docs/images/draw_slack.py [NAME…]
"""

from __future__ import annotations

import asyncio
import re
import sys
from collections.abc import Sequence
from html import escape
from io import BytesIO
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from PIL import Image
from playwright.async_api import async_playwright
from scenes import NOW, Scene, scene

from config import load_storyline
from handlers.card import Card, Usage, card_of, card_of_brief, card_of_help, card_of_stance, card_of_timeline
from handlers.picture import drawn
from handlers.slack.blocks import Message
from handlers.slack.look import Look
from handlers.slack.render import render

HERE = Path(__file__).parent
CHROMIUM = "/usr/bin/chromium"
WIDTHS = {"desktop": 700, "phone": 390}
SEOUL = ZoneInfo("Asia/Seoul")
EMOJI = {
    "large_green_circle": "🟢",
    "large_yellow_circle": "🟡",
    "large_purple_circle": "🟣",
    "large_orange_circle": "🟠",
    "radio_button": "🔘",
    "white_small_square": "▫️",
    "leftwards_arrow_with_hook": "↩️",
    "no_entry_sign": "🚫",
    "hourglass": "⌛",
    "compass": "🧭",
    "wrench": "🔧",
    "zzz": "💤",
}
STYLE = """
body { margin: 0; background: #fff; color: #1d1c1d; font: 15px/1.47 Lato, 'Noto Sans', 'Noto Sans CJK KR', sans-serif }
#message { padding: 12px 16px 12px 60px; position: relative }
#face { position: absolute; left: 14px; top: 14px; width: 36px; height: 36px; border-radius: 8px; background: #1f3a5f;
  color: #fff; font: bold 20px/36px sans-serif; text-align: center }
.who { font-weight: 900 } .app { background: #e8e8e8; color: #616061; font-size: 10px; font-weight: 700;
  padding: 1px 3px; border-radius: 3px; margin: 0 6px; vertical-align: 1px } .at { color: #616061; font-size: 12px }
h1 { font-size: 18px; line-height: 1.33; font-weight: 900; margin: 8px 0 }
.small { font-size: 13px; color: #616061; margin: 4px 0 } .block { margin: 8px 0 } .line { white-space: pre-wrap }
blockquote { margin: 4px 0; border-left: 4px solid #ddd; padding: 2px 0 2px 12px; white-space: pre-wrap }
ul { margin: 2px 0; padding-left: 24px } li { white-space: pre-wrap } a { color: #1264a3; text-decoration: none }
.press { display: inline-block; border: 1px solid rgba(29,28,29,.3); border-radius: 8px; font-weight: 700;
  font-size: 14px; padding: 3px 12px; margin: 2px 8px 2px 0 }
hr { border: 0; border-top: 1px solid #ddd; margin: 10px 0 }
.wakes { background: #e8f5fa; color: #1264a3 } img { width: 400px; max-width: 100%; border-radius: 8px }
"""


def piece(node: dict[str, Any]) -> str:
    """Return one element of rich text as HTML."""
    if node["type"] == "emoji":
        return EMOJI.get(node["name"], f":{node['name']}:")
    said = escape(node.get("text", ""))
    style = node.get("style", {})
    for name, tag in (("bold", "b"), ("italic", "i"), ("strike", "s")):
        said = f"<{tag}>{said}</{tag}>" if style.get(name) else said
    return f"<a>{said}</a>" if node["type"] == "link" else said


def rich(node: dict[str, Any]) -> str:
    """Return one part of a block of rich text as HTML."""
    if node["type"] == "rich_text_list":
        return (
            "<ul>" + "".join(f"<li>{''.join(map(piece, item['elements']))}</li>" for item in node["elements"]) + "</ul>"
        )
    inner = "".join(map(piece, node["elements"]))
    return (
        f"<blockquote>{inner}</blockquote>" if node["type"] == "rich_text_quote" else f'<div class="line">{inner}</div>'
    )


def mrkdwn(text: str) -> str:
    """Return the little markup that our small print has as HTML; its entities are HTML's own."""
    text = re.sub(r"<!subteam\^\w+>", '<span class="wakes">@korea-desk</span>', text)
    text = re.sub(r"<(https?://[^|>]*)\|([^>]*)>", r"<a>\2</a>", text)
    text = re.sub(r"\*([^*]+)\*", r"<b>\1</b>", text)
    return re.sub(r":(\w+):", lambda found: EMOJI.get(found[1], found[0]), text).replace("\n", "<br>")


def block(node: dict[str, Any]) -> str:
    """Return one block as HTML."""
    match node["type"]:
        case "header":
            return f"<h1>{escape(node['text']['text'])}</h1>"
        case "context":
            return f'<div class="small">{"".join(mrkdwn(element["text"]) for element in node["elements"])}</div>'
        case "rich_text":
            return f'<div class="block">{"".join(map(rich, node["elements"]))}</div>'
        case "section":
            return f'<div class="block">{mrkdwn(node["text"]["text"])}</div>'
        case "actions":
            pressed = (f'<span class="press">{escape(made["text"]["text"])}</span>' for made in node["elements"])
            return f'<div class="block">{"".join(pressed)}</div>'
        case "divider":
            return "<hr>"
        case kind:
            raise ValueError(f"no picture of a {kind}")


def page(message: Message, picture: str = "") -> str:
    """Return a message as a page."""
    blocks = "".join(block(one) for one in message.blocks)
    image = f'<img src="{picture}">' if picture else ""
    head = '<span class="who">Stancewatch</span><span class="app">APP</span><span class="at">18:04</span>'
    return f'<style>{STYLE}</style><div id="message"><div id="face">S</div>{head}{image}{blocks}</div>'


def messages(shown: Scene) -> dict[str, Message]:
    """Return every message, by name of the picture."""
    mention = "<!subteam^S0KOREA>"
    looks = {"alert": Look(SEOUL, mention=mention)}
    drawn_ = {
        name: render(card_of(alert, shown.storyline, "en"), looks.get(name, Look(SEOUL)))
        for name, alert in shown.alerts.items()
    }
    typed = ("stance TRACK", "every position on one track"), ("why ADDRESS", "why it was told, or why not")
    usages = [Usage("/brief [track] [7d]", "brief", "where everybody stands and what moved")]
    usages += [Usage(f"/stancewatch {words}", words.split(maxsplit=1)[0], does) for words, does in typed]
    gets = ("all tracks · everybody · from severity low · with signals",)
    cards: dict[str, Card] = {
        "stance": card_of_stance(shown.track, shown.timeline, shown.storyline, "en"),
        "timeline": card_of_timeline(shown.timeline, shown.storyline, "en"),
        "help": card_of_help(usages, gets, shown.storyline, "en", NOW),
    }
    drawn_ |= {name: render(card, Look(SEOUL)) for name, card in cards.items()}
    drawn_["brief"] = render(card_of_brief(shown.week, shown.storyline, "en"), Look(SEOUL, more="10080  "))
    return drawn_


async def draw(wanted: Sequence[str]) -> None:
    """Draw every message at desktop and at phone width, and the timeline for a light and a dark page."""
    shown = scene(load_storyline())
    for theme in ("light", "dark"):
        picture = await drawn(shown.timeline, shown.storyline, "en", SEOUL, dark=theme == "dark")
        (HERE / f"timeline-{theme}.png").write_bytes(picture.png)
    async with async_playwright() as player:
        browser = await player.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        for size, width in WIDTHS.items():
            view = await browser.new_page(viewport={"width": width, "height": 600}, device_scale_factor=2)
            for name, message in messages(shown).items():
                if wanted and name not in wanted:
                    continue
                image = (HERE / "timeline-light.png").as_uri() if name == "timeline" else ""
                file = HERE / ".page.html"
                file.write_text(page(message, image), "utf-8")
                await view.goto(file.as_uri())
                taken = Image.open(BytesIO(await view.locator("#message").screenshot()))
                taken.convert("RGB").quantize(160).save(HERE / f"slack-{name}-{size}.png", optimize=True)
                file.unlink()
        await browser.close()


if __name__ == "__main__":
    asyncio.run(draw(sys.argv[1:]))
