"""What does Discord offer while somebody types an option?

Refuses to do: an offer binds nobody; what is typed in the end is read anew.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from zoneinfo import available_timezones

from discord.app_commands import Choice

from bot.ports import Desk
from handlers.acting import span_choices
from handlers.asking import Choices, holder_choices, track_choices
from handlers.card.brief import silenced
from handlers.discord.answers import Asked, channel_of
from handlers.discord.notifier import PLATFORM
from handlers.discord.words import offered, offered_in_list, spoken
from handlers.plain import NAME_LIMIT, plain


@dataclass(frozen=True, slots=True)
class Offers:
    """Offers what a desk knows."""

    desk: Desk

    async def track(self, asked: Asked, typed: str) -> list[Choice[str]]:
        """Offer tracks."""
        return offered(self._tracks(asked), typed)

    async def holder(self, asked: Asked, typed: str) -> list[Choice[str]]:
        """Offer holders."""
        return offered(self._holders(asked), typed)

    async def tracks(self, asked: Asked, typed: str) -> list[Choice[str]]:
        """Offer what a list of tracks may become."""
        return offered_in_list(self._tracks(asked), typed)

    async def holders(self, asked: Asked, typed: str) -> list[Choice[str]]:
        """Offer what a list of holders may become."""
        return offered_in_list(self._holders(asked), typed)

    async def subject(self, asked: Asked, typed: str) -> list[Choice[str]]:
        """Offer what can be muted: tracks, and then holders."""
        return offered(self._tracks(asked) + self._holders(asked), typed)

    async def span(self, asked: Asked, typed: str) -> list[Choice[str]]:
        """Offer for how long."""
        return offered(span_choices(spoken(asked.locale)), typed)

    async def mute(self, asked: Asked, typed: str) -> list[Choice[str]]:
        """Offer the mutes of the channel."""
        language = spoken(asked.locale)
        mutes = await self.desk.muted(PLATFORM, channel_of(asked))
        return offered(tuple((mute.id, silenced(mute, self.desk.storyline, language)) for mute in mutes), typed)

    async def source(self, asked: Asked, typed: str) -> list[Choice[str]]:
        """Offer the sources that are watched."""
        del asked
        watched = [source for source, _ in await self.desk.sources() if source.enabled]
        return offered(tuple((source.key, plain(source.name, NAME_LIMIT)) for source in watched), typed)

    async def zone(self, asked: Asked, typed: str) -> list[Choice[str]]:
        """Offer time zones."""
        del asked
        return offered(_zones(), typed.replace(" ", "_"))

    def _tracks(self, asked: Asked) -> Choices:
        return track_choices(self.desk.storyline, spoken(asked.locale))

    def _holders(self, asked: Asked) -> Choices:
        return holder_choices(self.desk.storyline, spoken(asked.locale))


@cache
def _zones() -> Choices:
    return tuple((zone, zone) for zone in sorted(available_timezones()))
