"""How does a Sheet become a message that Discord takes?

As Components V2: one container with a coloured edge. Where Discord refuses that, as an embed with the same text.

Refuses to do: no view is kept waiting in memory; presses are answered from their ids (idents.py).
"""

from __future__ import annotations

from io import BytesIO

import discord
from discord import ui

from handlers.discord.sheet import (
    ALT_LIMIT,
    IDENT_LIMIT,
    LABEL_LIMIT,
    MENU_LIMIT,
    ROW_LIMIT,
    Button,
    Image,
    Menu,
    Sheet,
)
from handlers.plain import shorten


def layout(sheet: Sheet, mention: str = "", number: int | None = None) -> ui.LayoutView:
    """Return a message as Components V2.

    Args:
        mention: whom it names above the card; whether that wakes anybody is for AllowedMentions.
        number: of the container, by which the message is known again (history.py).
    """
    container: ui.Container[ui.LayoutView] = ui.Container(accent_colour=sheet.colour, id=number)
    for part in sheet.parts:
        if part.ruled:
            container.add_item(ui.Separator(spacing=discord.SeparatorSpacing.small))
        container.add_item(ui.TextDisplay(part.text))
    if sheet.image:
        container.add_item(_gallery(sheet.image))
    if sheet.menu:
        container.add_item(ui.ActionRow(_select(sheet.menu)))
    for start in range(0, len(sheet.buttons), ROW_LIMIT):
        container.add_item(ui.ActionRow(*map(_button, sheet.buttons[start : start + ROW_LIMIT])))
    view = ui.LayoutView(timeout=None)
    if mention:
        view.add_item(ui.TextDisplay(mention))
    view.add_item(container)
    # A finished view is not kept by the library, which would hold every message of years.
    view.stop()
    return view


def files(sheet: Sheet) -> list[discord.File]:
    """Return what is sent along with a message."""
    image = sheet.image
    return [discord.File(BytesIO(image.png), image.name, description=_alt(image))] if image else []


def embed(sheet: Sheet, mark: str = "") -> discord.Embed:
    """Return the same text as an embed.

    Args:
        mark: small print by which the message is known again (history.py); "" for none.
    """
    text = "\n\n".join(part.text for part in sheet.parts)
    return discord.Embed(description=text, colour=sheet.colour).set_footer(text=mark or None)


def row(sheet: Sheet) -> ui.View:
    """Return the buttons below an embed: none that leads elsewhere, as it is an address that Discord may refuse."""
    view = ui.View(timeout=None)
    for button in sheet.buttons:
        if button.ident:
            view.add_item(_button(button))
    view.stop()
    return view


def _button(button: Button) -> ui.Button[ui.LayoutView]:
    label = shorten(button.label, LABEL_LIMIT)
    if button.url:
        return ui.Button(label=label, url=button.url)
    return ui.Button(label=label, custom_id=button.ident, style=discord.ButtonStyle.secondary)


def _select(menu: Menu) -> ui.Select[ui.LayoutView]:
    options = [
        discord.SelectOption(label=shorten(words, IDENT_LIMIT), value=value)
        for value, words in menu.choices[:MENU_LIMIT]
    ]
    return ui.Select(custom_id=menu.ident, placeholder=shorten(menu.hint, IDENT_LIMIT), options=options)


def _gallery(image: Image) -> ui.MediaGallery[ui.LayoutView]:
    return ui.MediaGallery(discord.MediaGalleryItem(f"attachment://{image.name}", description=_alt(image)))


def _alt(image: Image) -> str:
    return shorten(image.alt, ALT_LIMIT)
