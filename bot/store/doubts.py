"""Which posts were begun and never recorded, which channels may hold a copy too many, and what else is owed?

A post is claimed before it begins, under the name of a delivery; the claim is let go of by the record of what came
of it. What a bot leaves claimed when it is killed is in doubt: it is looked for in the channel (bot/doubts.py).

Refuses to do: no platform is asked here.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from datetime import datetime

from sqlalchemy import Connection, case, delete, or_, select, update

from bot.domain import Brief, Delivery, DeliveryState, News, NoticeKind, PageState
from bot.store import pages
from bot.store.columns import BRIEF
from bot.store.dialect import insert_into
from bot.store.outbox import SURE, read
from bot.store.schema import briefs, deliveries, owed

_ROW = deliveries.c
_PENDING = _ROW.state == DeliveryState.PENDING.value

Transaction = Callable[[], AbstractContextManager[Connection]]


class StoredDoubts:
    """Answers bot.ports.StoreDoubts.

    Args:
        reading, writing: open a transaction of that kind.
    """

    def __init__(self, reading: Transaction, writing: Transaction) -> None:
        self._reading = reading
        self._writing = writing

    def claim(self, posts: Sequence[tuple[Delivery, int]], now: datetime, until: datetime) -> bool:
        """Note that a post begins; False, and nothing noted, when one of its deliveries is no longer as it was seen."""
        begun = {"tried": now, "key": posts[0][0].id, "unsure_until": until, "due": until}
        with self._writing() as connection:
            for delivery, _ in posts:
                tried = _ROW.tried.is_not_distinct_from(delivery.tried)
                as_seen = _ROW.id == delivery.id, _PENDING, _ROW.ref == "", tried
                if connection.execute(select(_ROW.id).where(*as_seen)).first() is None:
                    return False
            for delivery, version in posts:
                connection.execute(update(deliveries).where(_ROW.id == delivery.id).values(**begun, showing=version))
        return True

    def resume(self, now: datetime, until: datetime | None) -> None:
        """Let what a bot before this one has left in doubt be looked for at once.

        Args:
            until: from then on it cannot show up any more; None where that bot may still be posting.
        """
        with self._writing() as connection:
            left = _PENDING, _ROW.tried.is_not(None)
            connection.execute(update(deliveries).where(*left).values(due=now))
            if until is not None:
                connection.execute(
                    update(deliveries).where(*left, _ROW.unsure_until > until).values(unsure_until=until)
                )

    def unseen(self, posts: Sequence[Delivery], again: datetime) -> None:
        """Record when to look again for what a channel does not show so far."""
        self._change(posts, due=again)

    def joining(self, delivery: Delivery, version: int, ref: str, now: datetime) -> None:
        """Record that a message will show this too, in this version, by an edit, which is due."""
        self._change([delivery], ref=ref, posted=now, due=now, **SURE | {"showing": version})

    def found(self, posts: Sequence[Delivery], ref: str, now: datetime, look: datetime) -> None:
        """Record which message shows these, in the versions that it was posted with; an edit of it is due.

        Whatever else was posted in it, due or not, is shown by it too: else it would look as if it had room for more.
        """
        known = case((_ROW.showing > _ROW.sent, _ROW.showing), else_=_ROW.sent)
        with self._writing() as connection:
            together = _PENDING & _ROW.tried.is_not(None) & (_ROW.ref == "") & (_ROW.key == posts[0].key)
            those = _ROW.id.in_([one.id for one in posts])
            changed = update(deliveries).where(or_(those, together) if posts[0].key else those)
            connection.execute(changed.values(ref=ref, posted=now, due=now, sent=known, **SURE))
            connection.execute(update(deliveries).where(_ROW.id == posts[0].id).values(look=look))

    def apart(self, posts: Sequence[Delivery], now: datetime) -> None:
        """Record that a message does not show these, and cannot: each needs one of its own."""
        self._change(posts, ref="", posted=None, due=now, attempts=_ROW.attempts + 1, **SURE)

    def to_look_at(self, now: datetime, limit: int) -> tuple[Delivery, ...]:
        """Return the deliveries whose channels are to be looked through for surplus copies, the longest due first."""
        with self._reading() as connection:
            query = select(deliveries).where(_ROW.look <= now).order_by(_ROW.look, _ROW.id)
            return read(connection, query.limit(limit))

    def looked(self, delivery: Delivery, again: datetime | None) -> None:
        """Record that a channel was looked through, and when to do so again."""
        self._change([delivery], look=again)

    def briefs_told(self, platform: str, channel: str, since: datetime) -> tuple[Brief, ...]:
        """Return the briefs made since then that a channel was told, or is about to be, the first one first."""
        here = _ROW.kind == NoticeKind.BRIEF.value, _ROW.platform == platform, _ROW.channel == channel
        told = or_(_ROW.sent > 0, _PENDING)
        shown = select(briefs.c.value).join(deliveries, _ROW.subject == briefs.c.id)
        query = shown.where(*here, told, briefs.c.as_of >= since).order_by(briefs.c.as_of, _ROW.id)
        with self._reading() as connection:
            return tuple(BRIEF.load(value) for value in connection.execute(query).scalars())

    def unsaid(self, shown: Delivery) -> tuple[str, ...]:
        """Return the ids of the news of an alert that its thread in a channel is still to be told, and that wait."""
        here = _ROW.platform == shown.platform, _ROW.channel == shown.channel, _ROW.thread == shown.ref
        waits = _ROW.kind == NoticeKind.NEWS.value, _PENDING, _ROW.held != "", _ROW.tried.is_(None)
        with self._reading() as connection:
            found = connection.execute(select(_ROW.subject).where(*here, *waits).order_by(_ROW.id)).scalars()
            return tuple(ident for ident in found if News.read(ident)[0] == shown.subject)

    def owe(self, name: str, since: datetime) -> None:
        """Note that something has to be done, whatever happens until then; `Unit.done` ends it."""
        with self._writing() as connection:
            row = insert_into(connection, owed).values(name=name, since=since)
            connection.execute(row.on_conflict_do_nothing())

    def owes(self, name: str) -> bool:
        """Tell whether that is still to be done."""
        with self._reading() as connection:
            return connection.execute(select(owed.c.name).where(owed.c.name == name)).first() is not None

    def page(self, article: str) -> PageState | None:
        """Return what is remembered of an article's page; None when nothing is."""
        with self._reading() as connection:
            return pages.of_article(connection, article)

    def due_pages(self, now: datetime, limit: int) -> tuple[PageState, ...]:
        """Return the pages that are due to be looked at, the longest due first."""
        with self._reading() as connection:
            return pages.due(connection, now, limit)

    def _change(self, posts: Sequence[Delivery], **changed: object) -> None:
        with self._writing() as connection:
            connection.execute(update(deliveries).where(_ROW.id.in_([one.id for one in posts])).values(**changed))


def done(connection: Connection, name: str) -> None:
    """Note that something which was owed is done."""
    connection.execute(delete(owed).where(owed.c.name == name))
