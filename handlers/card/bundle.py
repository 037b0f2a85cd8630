"""What does the card of several alerts in one message show, and in which order?

What they are about in one line; then each alert by its own sentence, with its state, its quote and who carries it. The
ladders are left to `why` and the brief: several do not fit a phone.

Refuses to do: no decision; which alerts share a message is decided before. None of them is left out.
"""

from __future__ import annotations

from bot.domain import Alert, Bundle, NoticeKind, Storyline
from handlers.card import names
from handlers.card.alert import badge_text, kicker, lead_quote
from handlers.card.model import Badge, Card, Member
from handlers.card.opening import opening
from handlers.plain import TITLE_LIMIT, shorten
from handlers.texts import count, say, word


def card_of_bundle(bundle: Bundle, storyline: Storyline, language: str) -> Card:
    """Make the card of several alerts, each in its present state. Pure.

    Args:
        language: of the channel: a code that has a catalogue in handlers/texts, else English stands in.
    """
    alerts = bundle.alerts
    return Card(
        kind=NoticeKind.ALERT,
        subject=bundle.id,
        version=bundle.version,
        language=language,
        headline=_headline(alerts, storyline, language),
        badge=Badge(count(language, "together", len(alerts))),
        kicker=word(language, storyline.title, storyline.id),
        at=max(alert.at for alert in alerts),
        blocks=tuple(_member(number, alert, storyline, language) for number, alert in enumerate(alerts, 1)),
        footer=tuple(alert.id for alert in alerts),
        severity=max(alert.severity for alert in alerts),
    )


def _headline(alerts: tuple[Alert, ...], storyline: Storyline, language: str) -> str:
    """Name what moved, each ledger once: a phone's notification shows little more."""
    ledgers = dict.fromkeys((alert.holder, alert.track) for alert in alerts)
    about = (
        say(
            language,
            "together.about",
            holder=names.holder_name(storyline, holder, language),
            track=names.track_title(storyline, track, language),
        )
        for holder, track in ledgers
    )
    return shorten("; ".join(about), TITLE_LIMIT)


def _member(number: int, alert: Alert, storyline: Storyline, language: str) -> Member:
    carried = say(
        language,
        "together.carried",
        outlets=count(language, "outlets", alert.outlets),
        origins=count(language, "origins", alert.origins),
    )
    return Member(
        number=number,
        sentence=opening(alert, storyline, language),
        badge=Badge(badge_text(alert, storyline, language), alert.state),
        kicker=kicker(alert, storyline, language),
        quote=lead_quote(alert, storyline, language),
        carried=carried,
        at=alert.at,
        ident=alert.id,
    )
