"""How do notices reach Slack, and questions reach us?

    send, edit ─→ card ─→ Block Kit ─→ chat.postMessage, chat.update
    /brief …   ─→ socket or signed HTTP ─→ Bolt ─→ desk ─→ answer

Refuses to do: it never waits for a connection to send, and never ends the bot for a token that is wrong.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

import structlog
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult

from bot.domain import Brief, Delivery, News, Notice, Storyline
from bot.errors import PermanentError
from bot.ports import Desk
from handlers.card import card_of, card_of_news
from handlers.moments import zone_of
from handlers.slack import checking, history
from handlers.slack.asked import PLATFORM
from handlers.slack.blocks import Message
from handlers.slack.commands import Commands
from handlers.slack.connection import Connection, Hear, by_http, by_socket
from handlers.slack.escape import mention
from handlers.slack.faults import MessageGoneError
from handlers.slack.look import Look
from handlers.slack.questions import scope_of
from handlers.slack.render import render
from handlers.slack.web import DEFAULT_API, Pace, Web, quiet_logger

log = structlog.get_logger()

ANY_HOST = "0.0.0.0"  # noqa: S104 - whoever sets the port wants to be reached, and every request is signed


@dataclass(frozen=True, slots=True)
class Access:
    """What lets us in, and how we hear.

    Args:
        bot_token: xoxb-…; "" when none was set.
        app_token: xapp-…, for Socket Mode.
        signing_secret, http_port: both set: Slack posts to us, and there is no socket.
        api: address of the Web API.
    """

    bot_token: str = field(default="", repr=False)
    app_token: str = field(default="", repr=False)
    signing_secret: str = field(default="", repr=False)
    http_host: str = ANY_HOST
    http_port: int = 0
    api: str = DEFAULT_API

    @property
    def by_http(self) -> bool:
        """Whether Slack posts to us."""
        return bool(self.signing_secret and self.http_port)


@dataclass(slots=True)
class SlackNotifier:
    """Shows notices in Slack, and answers there.

    Args:
        desk: answers questions; None to show notices only.
        admins: ids of people who may subscribe besides the workspace's admins.
        channels: ids of channels that `problems` looks at besides those of the desk's routes.
    """

    storyline: Storyline
    access: Access
    desk: Desk | None = None
    admins: frozenset[str] = frozenset()
    channels: tuple[str, ...] = ()
    pace: Pace = field(default_factory=Pace)
    platform: str = PLATFORM
    _web: Web = field(init=False, repr=False)
    _connection: Connection | None = field(init=False, default=None, repr=False)
    _commands: Commands | None = field(init=False, default=None, repr=False)

    def __post_init__(self) -> None:
        self._web = Web(self.access.bot_token, self.pace, self.access.api)

    async def start(self) -> None:
        """Begin to hear; what keeps us from it is said in the log, and tried again."""
        if self._connection is None:
            hear = self._hear() if self.desk else None
            self._connection = Connection(self._web, hear, self.pace)
            self._connection.start()

    async def problems(self) -> tuple[str, ...]:
        """Return what is wrong with tokens, scopes and channels, a line each with what to do."""
        routes = await self.desk.routes(PLATFORM, "") if self.desk else ()
        return await checking.problems(
            self._web,
            self.access.app_token,
            (*self.channels, *(route.channel for route in routes)),
            by_http=self.access.by_http or self.desk is None,
        )

    async def setup(self) -> tuple[str, ...]:
        """Return where the manifest of the Slack app is."""
        return (f"the Slack app's manifest is {checking.MANIFEST}",)

    async def send(self, delivery: Delivery, notice: Notice) -> str:
        """Post a notice; the reference is channel and time, which together name a message in Slack."""
        message = self._drawn(delivery, notice, whom=delivery.mention)
        channel, ts = await self._web.post(delivery.channel, message, history.metadata(delivery, notice))
        return f"{channel}/{ts}"

    async def edit(self, delivery: Delivery, notice: Notice) -> bool:
        """Bring a message up to date; nobody is mentioned again, and one that somebody deleted stays deleted."""
        channel, slash, ts = delivery.ref.partition("/")
        if not slash:
            raise PermanentError(f"slack {delivery.channel}: {delivery.ref!r} names no message; it stays as it is")
        try:
            await self._web.update(channel, ts, self._drawn(delivery, notice), history.metadata(delivery, notice))
        except MessageGoneError:
            log.info("slack_message_deleted", alert=notice.id, channel=delivery.channel)
            return False
        return True

    async def tell(self, delivery: Delivery, news: News) -> str:
        """Reply to a message with what has become of its alert; see bot.ports.Notifier."""
        channel, _, ts = delivery.thread.partition("/")
        woken = mention(news.mention)
        card = card_of_news(news, self.storyline, delivery.language)
        message = render(card, Look(zone_of(delivery.timezone), mention=woken, answers=False))
        channel, said = await self._web.post(channel, message, history.metadata(delivery, news), thread=ts)
        return f"{channel}/{said}"

    async def find(self, delivery: Delivery, since: datetime, until: datetime) -> tuple[str, ...]:
        """Return the references of a delivery's messages, as its channel or its thread shows them."""
        return await history.found(self._web, delivery, since, until)

    async def remove(self, delivery: Delivery, ref: str) -> None:  # noqa: ARG002 - the reference names the channel too
        """Delete a message of ours."""
        await history.removed(self._web, ref)

    async def close(self) -> None:
        """Stop hearing, give the answers under way a moment, and close every connection."""
        connection, self._connection = self._connection, None
        if connection is not None:
            await connection.close()
        if self._commands is not None:
            await self._commands.underway.finish()
        await self._web.close()

    def _drawn(self, delivery: Delivery, notice: Notice, whom: str = "") -> Message:
        zone, answers = zone_of(delivery.timezone), self.desk is not None
        woken = mention(whom)
        if whom and not woken:
            log.warning("slack_mention_unknown", mention=whom, route=delivery.route)
        card = card_of(notice, self.storyline, delivery.language)
        more = scope_of(notice.as_of - notice.since) if answers and isinstance(notice, Brief) else ""
        return render(card, Look(zone, mention=woken, more=more, answers=answers))

    def _hear(self) -> Hear | None:
        access = self.access
        if access.by_http:
            return by_http(self._bolt(), access.signing_secret, access.http_host, access.http_port)
        if access.app_token:
            return by_socket(self._bolt(), self._web, access.app_token, self.pace)
        log.error("slack_deaf", error=checking.NO_WAY_TO_HEAR)
        return None

    def _bolt(self) -> AsyncApp:
        async def authorize(enterprise_id: str | None, team_id: str | None) -> AuthorizeResult:
            # One token, one workspace. Bolt would ask Slack who we are before the first acknowledgement.
            return AuthorizeResult(enterprise_id=enterprise_id, team_id=team_id, bot_token=self.access.bot_token)

        app = AsyncApp(
            name="stancewatch",
            logger=quiet_logger(),
            client=self._web.client,
            authorize=authorize,
            signing_secret="",
            # signed.py has verified it, and knows replays; what comes over the socket is not signed.
            request_verification_enabled=False,
        )
        assert self.desk is not None
        self._commands = Commands(self.desk, self._web, self.admins)
        self._commands.register(app)
        return app
