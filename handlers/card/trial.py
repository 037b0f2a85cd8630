"""What does a test alert show, so that a new channel sees that alerts arrive and what they look like?

Refuses to do: nothing in it is news, and it says so first; it carries nothing that could be pressed.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.domain import Alert, Storyline
from bot.errors import InputError
from handlers.card.alert import card_of_alert
from handlers.card.model import Badge, Card
from handlers.samples import samples
from handlers.texts import say


def card_of_test(storyline: Storyline, language: str, now: datetime) -> Card:
    """Return the card of a made-up signal, marked as a test.

    Raises:
        InputError: the storyline has no ladder to show one on.
    """
    try:
        made = samples(storyline)["signal"]
    except ValueError as error:
        raise InputError(str(error)) from error
    assert isinstance(made, Alert), "the sample of a signal is an alert"
    dated = tuple(replace(evidence, dated=now, seen=now) for evidence in made.evidence)
    card = card_of_alert(replace(made, at=now, posted=now, evidence=dated), storyline, language)
    badge = Badge(say(language, "badge.test"), card.badge.state)
    return replace(card, badge=badge, headline=say(language, "open.test"), footer=(say(language, "badge.test"),))
