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
from datetime import time
from html import escape
from io import BytesIO
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from PIL import Image
from playwright.async_api import Page, async_playwright
from scenes import Scene, scene

from bot.domain import Route
from config import load_storyline
from handlers.asking import described
from handlers.card import Card, card_of, card_of_brief, card_of_stance, card_of_timeline
from handlers.picture import drawn
from handlers.slack import form
from handlers.slack.answers import help_text
from handlers.slack.asked import Asked
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
.opens { margin-left: 8px; color: #616061 }
#form { padding: 0 0 20px }
.bar { padding: 18px 24px; font-size: 22px; font-weight: 900; border-bottom: 1px solid #ddd }
.fields { padding: 8px 24px } .field { margin: 16px 0 } .label { font-weight: 700; margin-bottom: 6px }
.optional { font-weight: 400; color: #616061 } .in { border: 1px solid #868686; border-radius: 8px; padding: 8px 12px;
  min-height: 22px } .hint { color: #616061 } .chosen { background: #e8f5fa; border-radius: 4px; padding: 2px 6px;
  margin-right: 6px } .box { margin: 4px 0 } .foot { padding: 12px 24px; text-align: right }
.go { display: inline-block; background: #007a5a; color: #fff; border-radius: 8px; font-weight: 700; padding: 6px 16px }
hr { border: 0; border-top: 1px solid #ddd; margin: 10px 0 }
.wakes { background: #e8f5fa; color: #1264a3 }
img { display: block; width: 400px; max-width: 100%; border-radius: 8px; margin: 6px 0 }
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


def press(node: dict[str, Any]) -> str:
    """Return a button, or a menu that nobody has opened, as HTML."""
    words = node.get("text") or node.get("placeholder") or {"text": "⋯"}
    opens = "" if "text" in node else '<span class="opens">⌄</span>'
    return f'<span class="press">{escape(words["text"])}{opens}</span>'


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
            return f'<div class="block">{"".join(map(press, node["elements"]))}</div>'
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


def entry(node: dict[str, Any]) -> str:
    """Return a field of a form, as it begins, as HTML."""
    element = node["element"]
    label = f'<div class="label">{escape(node["label"]["text"])} <span class="optional">(optional)</span></div>'
    if element["type"] == "checkboxes":
        on = {option["value"] for option in element.get("initial_options", ())}
        rows = ((option["value"] in on, option["text"]["text"]) for option in element["options"])
        boxes = "".join(f'<div class="box">{"☑" if checked else "☐"} {escape(words)}</div>' for checked, words in rows)
        return f'<div class="field">{label}{boxes}</div>'
    chosen = [option["text"]["text"] for option in element.get("initial_options", ())]
    chosen += [element["initial_option"]["text"]["text"]] if "initial_option" in element else []
    said = "".join(f'<span class="chosen">{escape(words)}</span>' for words in chosen)
    said = said or escape(element.get("initial_value", "")) or f'<span class="hint">{_HINTS[element["type"]]}</span>'
    return f'<div class="field">{label}<div class="in">{said}</div></div>'


_HINTS = {
    "multi_static_select": "Select options",
    "static_select": "Select an option",
    "users_select": "Select a person",
    "plain_text_input": "",
}


def sheet(shown: Scene) -> str:
    """Return the form of `/stancewatch subscribe` as a page."""
    begun = Route(
        "desk", "slack", "C1", tracks=("seoul-arms",), timezone="Asia/Seoul", digest=(time(18),), mention="<!here>"
    )
    view = form.view(shown.storyline, Asked("C1", "U1", "", direct=False, zone=SEOUL), begun)
    fields = "".join(map(entry, view["blocks"]))
    foot = "".join(
        f'<span class="{name}">{view[key]["text"]}</span>' for name, key in (("press", "close"), ("go", "submit"))
    )
    bar = f'<div class="bar">{escape(view["title"]["text"])}</div>'
    body = f'{bar}<div class="fields">{fields}</div><div class="foot">{foot}</div>'
    return f'<style>{STYLE}</style><div id="form">{body}</div>'


def messages(shown: Scene) -> dict[str, Message]:
    """Return every message, by name of the picture."""
    mention = "<!subteam^S0KOREA>"
    looks = {"alert": Look(SEOUL, mention=mention)}
    drawn_ = {
        name: render(card_of(alert, shown.storyline, "en"), looks.get(name, Look(SEOUL)))
        for name, alert in shown.alerts.items()
    }
    cards: dict[str, Card] = {
        "stance": card_of_stance(shown.track, shown.timeline, shown.storyline, "en"),
        "timeline": card_of_timeline(shown.timeline, shown.storyline, "en"),
    }
    drawn_ |= {name: render(card, Look(SEOUL)) for name, card in cards.items()}
    drawn_["brief"] = render(card_of_brief(shown.week, shown.storyline, "en"), Look(SEOUL, more="10080  "))
    gets = described(Route("desk", "slack", "C1", timezone="Asia/Seoul", digest=(time(18),)), shown.storyline, "en")
    drawn_["help"] = help_text(shown.storyline, "en", [gets])
    return drawn_


async def photograph(view: Page, content: str, what: str, name: str) -> None:
    """Take the picture of a page."""
    file = HERE / ".page.html"
    file.write_text(content, "utf-8")
    await view.goto(file.as_uri())
    taken = Image.open(BytesIO(await view.locator(what).screenshot()))
    taken.convert("RGB").quantize(160).save(HERE / name, optimize=True)
    file.unlink()


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
                await photograph(view, page(message, image), "#message", f"slack-{name}-{size}.png")
            if not wanted or "form" in wanted:
                await photograph(view, sheet(shown), "#form", f"slack-form-{size}.png")
        await browser.close()


if __name__ == "__main__":
    asyncio.run(draw(sys.argv[1:]))
