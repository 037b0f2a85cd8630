"""What does somebody mean who gives an id: which alert, and is there a track or a holder of it?

Refuses to do: an id is taken as it stands; what is done with what it names is for those who ask.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from bot.domain import Alert, NoticeKind, Storyline
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


def expect_ids(storyline: Storyline, tracks: Iterable[str] = (), holders: Iterable[str] = ()) -> None:
    """Raise InputError with those there are when a track or a holder is given that a storyline has none of."""
    for track in tracks:
        expect_known("track", track, [known.id for known in storyline.tracks])
    for holder in holders:
        expect_known("holder", holder, [known.id for known in storyline.holders])


def expect_known(what: str, given: str, known: Collection[str]) -> None:
    """Raise InputError with those there are when something is given that is none of them."""
    if given and given not in known:
        raise InputError(f"no {what} {given!r}; there are: {', '.join(known)}")
