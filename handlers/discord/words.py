"""In which words are Discord's commands offered?

Names of commands stay English everywhere, so that a page of help fits every reader; what they do is said in the
language of each reader's client.

Refuses to do: no text of its own: all of it is in handlers/texts.
"""

from __future__ import annotations

from collections.abc import Iterable

import discord
from discord import app_commands
from discord.app_commands import Choice, locale_str

from handlers.asking import Choices, matching
from handlers.plain import shorten
from handlers.texts import FALLBACK, languages, say

MOST_OFFERED = 25
LONGEST_OFFER = 100
WINDOWS = ("24h", "3d", "7d", "2w", "30d", "90d")


def text(key: str) -> locale_str:
    """Return a text that Discord shows each reader in their own language."""
    return locale_str(say(FALLBACK, key), key=key)


def spoken(locale: discord.Locale | None) -> str:
    """Return the catalogue that fits the language of a client or a server."""
    code = str(locale).split("-", maxsplit=1)[0] if locale else FALLBACK
    return code if code in languages() else FALLBACK


class Translator(app_commands.Translator):
    """Gives Discord the texts of every language that has a catalogue; the base class is the library's port."""

    async def translate(
        self,
        string: locale_str,
        locale: discord.Locale,
        context: app_commands.TranslationContextTypes,
    ) -> str | None:
        """Return a text in a language, None where the default serves."""
        del context
        language = spoken(locale)
        key = string.extras.get("key", "")
        return say(language, key) if key and language != FALLBACK else None


def offered(choices: Choices, typed: str) -> list[Choice[str]]:
    """Return what may be meant by what is typed so far."""
    return _offers((name, ident) for ident, name in matching(choices, typed))


def offered_in_list(choices: Choices, typed: str) -> list[Choice[str]]:
    """Return what a list separated by commas may become, by its last word."""
    before, comma, last = typed.rpartition(",")
    chosen = [part.strip() for part in before.split(",") if part.strip()]
    names = dict(choices)
    prefix = "".join(f"{names.get(part, part)}, " for part in chosen)
    start = "".join(f"{part}," for part in chosen) if comma else ""
    rest = tuple(choice for choice in choices if choice[0] not in chosen)
    return _offers((prefix + name, start + ident) for ident, name in matching(rest, last))


async def windows(asked: discord.Interaction[discord.Client], typed: str) -> list[Choice[str]]:
    """Offer how far back a brief may look."""
    del asked
    given = typed.strip()
    known = [window for window in WINDOWS if window.startswith(given)]
    return [Choice(name=window, value=window) for window in known]


def _offers(pairs: Iterable[tuple[str, str]]) -> list[Choice[str]]:
    taken = [(name, value) for name, value in pairs if len(value) <= LONGEST_OFFER]
    return [Choice(name=shorten(name, LONGEST_OFFER), value=value) for name, value in taken[:MOST_OFFERED]]
