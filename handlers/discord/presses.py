"""What happens when somebody presses a button below a message, chooses from a menu, or sends a form?

Refuses to do: a press that is not ours, or whose id cannot be read, is left alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import discord

from bot.ports import Desk
from handlers.discord import changes, idents, questions, subscribing
from handlers.discord.answers import Asked, Question, Reception
from handlers.discord.idents import Form, OfAlert, Step


async def pressed(asked: Asked, reception: Reception) -> None:
    """Answer a press: for whoever pressed alone, unless it changes what the channel is told."""
    data: Mapping[str, Any] = asked.data or {}
    if asked.type is discord.InteractionType.modal_submit:
        await _sent(asked, reception, data)
    if asked.type is not discord.InteractionType.component:
        return
    desk = reception.desk
    match idents.read(str(data.get("custom_id", ""))):
        case idents.Why(alert=alert, version=version):
            await reception.answer(asked, lambda _: questions.why(desk, alert, version), alone=True)
        case idents.Everything(window=back, track=track, holder=holder):
            await reception.answer(asked, lambda _: questions.everything(desk, asked, back, track, holder), alone=True)
        case idents.Fill(form=form):
            await fill(asked, reception, form)
        case idents.End():
            await reception.answer(asked, lambda _: subscribing.unsubscribe(desk, asked), alone=False)
        case idents.Watch(url=url, selector=selector):
            await reception.answer(asked, lambda _: changes.add_feed(desk, asked, url, selector), alone=False)
        case OfAlert() as press:
            question = _of_alert(asked, desk, press, _chosen(data))
            await reception.answer(asked, question, alone=press.step is not Step.MUTED)
        case None:
            return


async def fill(asked: Asked, reception: Reception, form: Form) -> None:
    """Open a form for whoever asks, if they may subscribe the channel."""
    route = await subscribing.present(reception.desk, asked)
    await reception.open(asked, lambda own: subscribing.form(reception.desk, own, asked, form, route))


async def _sent(asked: Asked, reception: Reception, data: Mapping[str, Any]) -> None:
    """Subscribe the channel as a form says; one that is not ours is left alone."""
    sent = idents.read(str(data.get("custom_id", "")))
    if isinstance(sent, idents.Fill):
        desk, which = reception.desk, sent.form
        route = await subscribing.present(desk, asked)
        await reception.answer(
            asked, lambda own: subscribing.submitted(desk, own, asked, which, route, data), alone=False
        )


def _of_alert(asked: Asked, desk: Desk, press: OfAlert, chosen: str) -> Question:
    match press.step:
        case Step.USEFUL:
            return lambda _: changes.judge(desk, asked, press.alert, "useful")
        case Step.JUDGED:
            return lambda _: changes.judge(desk, asked, press.alert, chosen)
        case Step.WRONG | Step.MUTE:
            return lambda _: changes.menu(desk, asked, press)
        case Step.MUTED:
            return lambda own: changes.mute_alert(desk, own, asked, press.alert, chosen)
        case Step.SOURCES:
            return lambda _: questions.evidence(desk, press.alert)


def _chosen(data: Mapping[str, Any]) -> str:
    values = data.get("values")
    return str(values[0]) if isinstance(values, list) and values else ""
