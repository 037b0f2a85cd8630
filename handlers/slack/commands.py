"""What is answered to /brief, /stancewatch and the buttons?

Everything is acknowledged before anything is looked up, so that Slack never waits for us; the answer follows at the
address that came with the question. Answers are for whoever asked alone; what changes the channel is said to all.

Refuses to do: nothing is fetched or read here: the desk answers from what is stored.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

import structlog
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck

from bot.errors import DeliveryError, InputError, StancewatchError, StoreBusyError, UndeliverableError
from bot.ports import Desk
from handlers import asking
from handlers.moments import zone_of
from handlers.plain import NAME_LIMIT, plain
from handlers.slack import answers
from handlers.slack.answers import Reply
from handlers.slack.render import MORE, WHY
from handlers.slack.subscribing import wish_of
from handlers.slack.web import Web
from handlers.texts import say

log = structlog.get_logger()

PLATFORM = "slack"

_UTC = ZoneInfo("UTC")


@dataclass(frozen=True, slots=True)
class Asked:
    """Somebody's question.

    Args:
        text: what was typed after the command, or the value of the button.
        language, zone: of the channel's first route.
        replace: the answer takes the place of the message whose button was pressed.
    """

    channel: str
    user: str
    text: str
    direct: bool
    language: str = "en"
    zone: ZoneInfo = _UTC
    replace: bool = False

    def say(self, key: str, **fields: object) -> str:
        """Return a text in the channel's language."""
        return say(self.language, key, **fields)


def scope_of(since: timedelta, track: str = "", holder: str = "") -> str:
    """Return what a brief was asked for, as the value of its button."""
    return f"{since // timedelta(minutes=1)} {track} {holder}"


Answer = Callable[[Asked], Awaitable[Reply]]


@dataclass(frozen=True, slots=True)
class Commands:
    """Answers from a desk.

    Args:
        admins: ids of people who may subscribe channels besides the workspace's admins.
    """

    desk: Desk
    web: Web
    admins: frozenset[str] = frozenset()

    def register(self, app: AsyncApp) -> None:
        """Have a Bolt app hear the commands and the buttons."""

        async def typed_brief(ack: AsyncAck, command: dict[str, Any]) -> None:
            await ack()
            await self._answer(_from_command(command), command["response_url"], self.brief)

        async def typed_stancewatch(ack: AsyncAck, command: dict[str, Any]) -> None:
            await ack()
            await self._answer(_from_command(command), command["response_url"], self.stancewatch)

        async def pressed_more(ack: AsyncAck, body: dict[str, Any]) -> None:
            await ack()
            await self._answer(_from_press(body), body["response_url"], self.more)

        async def pressed_why(ack: AsyncAck, body: dict[str, Any]) -> None:
            await ack()
            await self._answer(_from_press(body), body["response_url"], self.why)

        app.command("/brief")(typed_brief)
        app.command("/stancewatch")(typed_stancewatch)
        app.action(MORE)(pressed_more)
        app.action(WHY)(pressed_why)

    async def brief(self, asked: Asked) -> Reply:
        """Answer `/brief [track or holder] [window]`, short first."""
        about, since = asking.split_window(asked.text)
        track, holder = self._about(about, asked.language)
        more = scope_of(asking.window(since, asked.language), track, holder)
        return await self._brief(asked, more, more)

    async def more(self, asked: Asked) -> Reply:
        """Answer the button under a short brief with all of it."""
        reply = await self._brief(asked, asked.text, "")
        return replace(reply, replace=asked.replace)

    async def why(self, asked: Asked) -> Reply:
        """Answer why an address or an alert was told or not."""
        what = asked.text.strip().strip("<>").split("|")[0].replace("&amp;", "&")
        if not what:
            raise InputError(asked.say("slack.need_what"))
        return Reply(answers.steps(await self.desk.explain(what)))

    async def stance(self, asked: Asked) -> Reply:
        """Answer where everybody stands on one track."""
        track = asking.track_id(self.desk.storyline, asked.text, asked.language)
        if not track:
            raise InputError(asked.say("slack.need_track", track=self.desk.storyline.tracks[0].id))
        brief = await self.desk.brief(since=asking.WEEK, track=track)
        return Reply(answers.stance(brief, self.desk.storyline, asked.language, asked.zone))

    async def help(self, asked: Asked) -> Reply:
        """Answer with what there is to type."""
        return Reply(answers.help_text(self.desk.storyline, asked.language))

    async def subscribe(self, asked: Asked) -> Reply:
        """Have alerts told in the channel."""
        await self._allowed(asked)
        wish = wish_of(asked.text, asked.language)
        route = asking.route_of(wish, self.desk.storyline, platform=PLATFORM, channel=asked.channel, author=asked.user)
        await self._can_be_told(asked)
        await self.desk.subscribe(route)
        return Reply(answers.subscribed(route, self.desk.storyline, asked.user), public=True)

    async def unsubscribe(self, asked: Asked) -> Reply:
        """End what people subscribed the channel to."""
        await self._allowed(asked)
        if not await self.desk.unsubscribe(PLATFORM, asked.channel, asked.user):
            return Reply(answers.sentence(asked.say("chat.not_subscribed")))
        return Reply(answers.marked(asked.say("chat.unsubscribed", who=f"<@{asked.user}>")), public=True)

    async def stancewatch(self, asked: Asked) -> Reply:
        """Answer `/stancewatch SUBCOMMAND …`."""
        name, _, rest = asked.text.strip().partition(" ")
        known: Mapping[str, Answer] = {
            "": self.help,
            "help": self.help,
            "brief": self.brief,
            "stance": self.stance,
            "why": self.why,
            "subscribe": self.subscribe,
            "unsubscribe": self.unsubscribe,
        }
        answer = known.get(name.lower())
        if answer is None:
            raise InputError(asked.say("slack.unknown", given=plain(name, NAME_LIMIT)))
        return await answer(replace(asked, text=rest.strip()))

    async def _brief(self, asked: Asked, scope: str, more: str) -> Reply:
        minutes, track, holder = scope.split(" ")
        brief = await self.desk.brief(since=timedelta(minutes=int(minutes)), track=track, holder=holder)
        return Reply(answers.brief(brief, self.desk.storyline, asked.language, asked.zone, more))

    def _about(self, typed: str, language: str) -> tuple[str, str]:
        """Return the track, or else the holder, that is meant; InputError names tracks."""
        try:
            return asking.track_id(self.desk.storyline, typed, language), ""
        except InputError as unclear:
            try:
                return "", asking.holder_id(self.desk.storyline, typed, language)
            except InputError:
                raise unclear from None

    async def _allowed(self, asked: Asked) -> None:
        if asked.user in self.admins or await self.web.is_admin(asked.user):
            return
        raise InputError(asked.say("chat.not_allowed"))

    async def _can_be_told(self, asked: Asked) -> None:
        """Raise InputError where the bot could not post: better now than with the first alert."""
        if asked.direct:
            raise InputError(asked.say("slack.direct"))
        try:
            channel = await self.web.channel(asked.channel)
        except UndeliverableError as error:
            if "channel_not_found" in str(error):
                raise InputError(asked.say("slack.invite")) from error
            raise
        if not channel.get("is_member"):
            raise InputError(asked.say("slack.invite"))

    async def _answer(self, asked: Asked, address: str, answer: Answer) -> None:
        """Send the answer, or what is wrong in one line; whoever asked is never left without."""
        try:
            asked = await self._in_its_language(asked)
            reply = await answer(asked)
        except InputError as error:
            reply = Reply(answers.sentence(str(error)))
        except (StoreBusyError, DeliveryError) as error:
            log.warning("slack_answer_put_off", error=str(error))
            reply = Reply(answers.sentence(asked.say("chat.busy")))
        except StancewatchError as error:
            log.warning("slack_answer_failed", error=str(error))
            reply = Reply(answers.sentence(str(error)))
        except Exception:
            log.exception("slack_answer_crashed", channel=asked.channel)
            reply = Reply(answers.sentence(asked.say("chat.broken")))
        try:
            await self.web.answer(address, reply.message, public=reply.public, replace=reply.replace)
        except StancewatchError as error:
            log.warning("slack_answer_lost", channel=asked.channel, error=str(error))

    async def _in_its_language(self, asked: Asked) -> Asked:
        """Return a question with the language and the zone of the channel's first route."""
        routes = await self.desk.routes(PLATFORM, asked.channel)
        return replace(asked, language=routes[0].language, zone=zone_of(routes[0].timezone)) if routes else asked


def _from_command(command: Mapping[str, Any]) -> Asked:
    direct = command.get("channel_name") == "directmessage" or str(command["channel_id"]).startswith("D")
    return Asked(command["channel_id"], command["user_id"], command.get("text") or "", direct)


def _from_press(body: Mapping[str, Any]) -> Asked:
    """Return what a press asks; an answer to somebody's own brief takes its place, one to the channel's does not."""
    channel = str((body.get("channel") or {}).get("id", ""))
    own = bool((body.get("container") or {}).get("is_ephemeral"))
    value = body["actions"][0].get("value") or ""
    return Asked(channel, body["user"]["id"], value, channel.startswith("D"), replace=own)
