"""How does a Sheet become a message that Discord takes?

As Components V2: one container with a coloured edge. Where Discord refuses that, as an embed with the same text.

Refuses to do: no view is kept waiting in memory; presses are answered from their ids (idents.py).
"""

from __future__ import annotations

import discord
from discord import ui

from handlers.discord.sheet import LABEL_LIMIT, Button, Sheet
from handlers.plain import shorten


def layout(sheet: Sheet, mention: str = "") -> ui.LayoutView:
    """Return a message as Components V2.

    Args:
        mention: whom it names above the card; whether that wakes anybody is for AllowedMentions.
    """
    container: ui.Container[ui.LayoutView] = ui.Container(accent_colour=sheet.colour)
    for part in sheet.parts:
        if part.ruled:
            container.add_item(ui.Separator(spacing=discord.SeparatorSpacing.small))
        container.add_item(ui.TextDisplay(part.text))
    if sheet.buttons:
        container.add_item(ui.ActionRow(*(_button(button) for button in sheet.buttons)))
    view = ui.LayoutView(timeout=None)
    if mention:
        view.add_item(ui.TextDisplay(mention))
    view.add_item(container)
    # A finished view is not kept by the library, which would hold every message of years.
    view.stop()
    return view


def embed(sheet: Sheet) -> discord.Embed:
    """Return the same text as an embed."""
    return discord.Embed(description="\n\n".join(part.text for part in sheet.parts), colour=sheet.colour)


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
