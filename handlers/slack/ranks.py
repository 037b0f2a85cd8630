"""What is somebody in Slack, and can a channel be told anything?

    admin or owner of the workspace, or listed in the settings   admin
    whoever made the channel; everybody in messages with the bot  manager
    everybody else                                                member

Refuses to do: what a rank may change is the desk's to say; nobody who cannot be looked up is let through.
"""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain import Act, Asker, Rank
from bot.errors import InputError, UndeliverableError
from bot.ports import Desk
from handlers.slack.asked import Asked
from handlers.slack.web import Web


@dataclass(frozen=True, slots=True)
class Ranks:
    """Looks people and channels up.

    Args:
        admins: ids of people who count as admins besides the workspace's own.
    """

    desk: Desk
    web: Web
    admins: frozenset[str] = frozenset()

    async def asker(self, asked: Asked, act: Act) -> Asker:
        """Return who asks, looked up as far as the change needs it."""
        needed = self.desk.needed(act)
        if needed is Rank.MEMBER:
            return asked.as_asker(Rank.MEMBER)
        if asked.direct and needed is Rank.MANAGER:
            return asked.as_asker(Rank.MANAGER)
        if asked.user in self.admins or await self.web.is_admin(asked.user):
            return asked.as_asker(Rank.ADMIN)
        made = needed is Rank.MANAGER and await self._made(asked)
        return asked.as_asker(Rank.MANAGER if made else Rank.MEMBER)

    async def can_be_told(self, asked: Asked) -> None:
        """Raise InputError where the bot could not post: better now than with the first alert."""
        try:
            channel = await self.web.channel(asked.channel)
        except UndeliverableError as error:
            if "channel_not_found" in str(error):
                raise InputError(asked.say("slack.direct" if asked.direct else "slack.invite")) from error
            raise
        if not channel.get("is_member") and not channel.get("is_im"):
            raise InputError(asked.say("slack.invite"))

    async def _made(self, asked: Asked) -> bool:
        try:
            return (await self.web.channel(asked.channel)).get("creator") == asked.user
        except UndeliverableError:
            return False
