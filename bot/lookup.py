"""Which alert does somebody mean who gives its id?

Refuses to do: an id is taken as it stands; what is done with the alert is for those who ask.
"""

from __future__ import annotations

from bot.domain import Alert, NoticeKind
from bot.errors import InputError
from bot.ports import Store


def alert_of(store: Store, ident: str) -> Alert:
    """Return the alert of an id, in its present state; InputError when there is none."""
    try:
        found = store.notice(NoticeKind.ALERT, ident)
    except KeyError:
        raise InputError(f"no alert {ident!r}; its id stands at the foot of its message") from None
    assert isinstance(found, Alert), "alerts are kept as alerts"
    return found
