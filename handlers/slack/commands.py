"""Which commands, buttons and forms are heard in Slack, and how does each get its answer?

Everything is acknowledged before anything is looked up, so that Slack never waits for us; the answer follows at the
address that came with the question. What arrives twice is answered once, and nobody can keep the bot busy alone.

    heard ─→ acknowledged ─→ turnstile ─→ Questions, Changes ─→ answer, or what is wrong in one line

Refuses to do: nothing is looked up or changed here (questions.py, changes.py).
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import structlog
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck

from bot.errors import DeliveryError, InputError, StancewatchError, StoreBusyError
from bot.ports import Desk
from handlers.acting import refusal
from handlers.crowd import Turnstile, Underway
from handlers.moments import zone_of
from handlers.plain import NAME_LIMIT, plain
from handlers.slack import answers, form
from handlers.slack.answers import Reply
from handlers.slack.asked import PLATFORM, Asked, from_command, from_press
from handlers.slack.changes import Changes
from handlers.slack.presses import ADD_FEED, CHANGE, END, MENU, MORE, MUTE, SOURCES, USEFUL, WHY, WRONG
from handlers.slack.questions import Questions
from handlers.slack.ranks import Ranks
from handlers.slack.web import Web

log = structlog.get_logger()

Answer = Callable[[Asked], Awaitable[Reply | None]]
"""Answers a question; None where the answer is a form that was opened."""


@dataclass(slots=True)
class Commands:
    """Hears and answers.

    Args:
        admins: ids of people who count as admins besides the workspace's own.
    """

    desk: Desk
    web: Web
    admins: frozenset[str] = frozenset()
    turnstile: Turnstile = field(default_factory=Turnstile)
    underway: Underway = field(default_factory=Underway, repr=False)

    @property
    def questions(self) -> Questions:
        """What asks for something."""
        return Questions(self.desk, self.web)

    @property
    def changes(self) -> Changes:
        """What changes something."""
        return Changes(self.desk, self.web, Ranks(self.desk, self.web, self.admins))

    def register(self, app: AsyncApp) -> None:
        """Have a Bolt app hear the commands, the buttons and the form."""

        async def typed_brief(ack: AsyncAck, command: dict[str, Any]) -> None:
            await ack()
            await self._answer(from_command(command), self.questions.brief)

        async def typed_stancewatch(ack: AsyncAck, command: dict[str, Any]) -> None:
            await ack()
            await self._answer(from_command(command), self.stancewatch)

        async def sent_form(ack: AsyncAck, body: dict[str, Any]) -> None:
            await self._take_form(ack, body)

        app.command("/brief")(typed_brief)
        app.command("/stancewatch")(typed_stancewatch)
        app.view(form.CALLBACK)(sent_form)
        for action, answer in self._pressed().items():
            app.action(action)(self._hearing(answer))

    async def stancewatch(self, asked: Asked) -> Reply | None:
        """Answer `/stancewatch SUBCOMMAND …`."""
        name, _, rest = asked.text.strip().partition(" ")
        answer = self._typed().get(name.lower())
        if answer is None:
            raise InputError(asked.say("slack.unknown", given=plain(name, NAME_LIMIT)))
        return await answer(replace(asked, text=rest.strip()))

    async def feeds(self, asked: Asked) -> Reply | None:
        """Answer `feeds add|remove|list …`."""
        name, _, rest = asked.text.strip().partition(" ")
        known: Mapping[str, Answer] = {
            "": self.questions.sources,
            "list": self.questions.sources,
            "add": self.changes.find_feed,
            "remove": self.changes.remove_feed,
        }
        answer = known.get(name.lower())
        if answer is None:
            raise InputError(asked.say("slack.unknown", given=plain(f"feeds {name}", NAME_LIMIT)))
        return await answer(replace(asked, text=rest.strip()))

    async def digest(self, asked: Asked) -> Reply | None:
        """Answer `digest` with what there is, and `digest 09:00 …` by changing when it comes."""
        now = asked.text.strip().casefold() in {"", "now"}
        return await (self.questions.digest(asked) if now else self.changes.digest(asked))

    async def menu(self, asked: Asked) -> Reply | None:
        """Answer what was chosen of the menu beside one alert among several."""
        action, _, carried = asked.text.partition(" ")
        return await self._pressed()[action](replace(asked, text=carried))

    def _typed(self) -> Mapping[str, Answer]:
        questions, changes = self.questions, self.changes
        return {
            "": questions.help,
            "help": questions.help,
            "brief": questions.brief,
            "stance": questions.stance,
            "timeline": questions.timeline,
            "why": questions.why,
            "sources": questions.sources,
            "subscribe": changes.subscribe,
            "unsubscribe": changes.unsubscribe,
            "test": changes.test,
            "mute": changes.mute,
            "unmute": changes.unmute,
            "muted": questions.muted,
            "digest": self.digest,
            "feeds": self.feeds,
            "audit": questions.audit,
        }

    def _pressed(self) -> Mapping[str, Answer]:
        return {
            MORE: self.questions.more,
            WHY: self.questions.why_alert,
            SOURCES: self.questions.evidence,
            USEFUL: self.changes.useful,
            WRONG: self.changes.wrong,
            MUTE: self.changes.mute_alert,
            ADD_FEED: self.changes.add_feed,
            CHANGE: self.changes.change,
            END: self.changes.unsubscribe,
            MENU: self.menu,
        }

    def _hearing(self, answer: Answer) -> Callable[..., Awaitable[None]]:
        async def pressed(ack: AsyncAck, body: dict[str, Any]) -> None:
            await ack()
            await self._answer(from_press(body), answer)

        return pressed

    async def _take_form(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        """Keep a form open that makes no sense, with what is wrong at its fields; else answer in the channel."""
        asked, wish = form.asked_by(body), form.wish_of(body)
        wrong = form.flaws(wish, lambda wished: self.changes.understood(asked, wished), wish.language or "en")
        if wrong:
            await ack(response_action="errors", errors=wrong)
            return
        await ack()
        await self._answer(asked, lambda known: self.changes.submitted(known, wish))

    async def _answer(self, asked: Asked, answer: Answer) -> None:
        """Send the answer, or what is wrong in one line; whoever asked is never left without."""
        if task := asyncio.current_task():
            self.underway.add(task)
        if not self.turnstile.first(asked.number):
            log.info("slack_asked_twice", channel=asked.channel)
            return
        with self.turnstile.pressing(asked.press) as pressed:
            if pressed:
                await self._sent(asked, answer)

    async def _sent(self, asked: Asked, answer: Answer) -> None:
        async with self.turnstile.room:
            reply = await self._reply(asked, answer)
        if reply is None:
            return
        try:
            await self.web.answer(asked.address, reply.message, public=reply.public, replace=reply.replace)
        except StancewatchError as error:
            log.warning("slack_answer_lost", channel=asked.channel, error=str(error))

    async def _reply(self, asked: Asked, answer: Answer) -> Reply | None:
        try:
            asked = await self._in_its_language(asked)
            if not await self.turnstile.admits(asked.user):
                return Reply(answers.sentence(asked.say("act.slow")))
            return await answer(asked)
        except InputError as error:
            return Reply(answers.sentence(refusal(error, asked.language)))
        except (StoreBusyError, DeliveryError) as error:
            log.warning("slack_answer_put_off", error=str(error))
            return Reply(answers.sentence(asked.say("chat.busy")))
        except StancewatchError as error:
            log.warning("slack_answer_failed", error=str(error))
            return Reply(answers.sentence(str(error)))
        except Exception:
            log.exception("slack_answer_crashed", channel=asked.channel)
            return Reply(answers.sentence(asked.say("chat.broken")))

    async def _in_its_language(self, asked: Asked) -> Asked:
        """Return a question with the language and the zone of the channel's first route."""
        routes = await self.desk.routes(PLATFORM, asked.channel)
        return replace(asked, language=routes[0].language, zone=zone_of(routes[0].timezone)) if routes else asked
