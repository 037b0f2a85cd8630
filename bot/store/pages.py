"""What is known of the pages of articles, and which are due to be looked at?

Refuses to do: when a page is due is decided in bot/pages.py.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, select

from bot.domain import PageState
from bot.store.columns import PAGE_STATE
from bot.store.dialect import insert_into
from bot.store.schema import pages
from bot.store.sources import FARTHEST


def of_article(connection: Connection, article: str) -> PageState | None:
    """Return what is remembered of an article's page; None when nothing is."""
    value = connection.execute(select(pages.c.value).where(pages.c.article == article)).scalar()
    return None if value is None else PAGE_STATE.load(value)


def due(connection: Connection, now: datetime, limit: int) -> tuple[PageState, ...]:
    """Return the pages that are due, the longest due first."""
    # None waits so long: it was written while the clock was wrong.
    is_due = (pages.c.due <= now) | (pages.c.due > now + FARTHEST)
    query = select(pages.c.value).where(is_due).order_by(pages.c.due, pages.c.article).limit(limit)
    return tuple(PAGE_STATE.load(value) for value in connection.execute(query).scalars())


def save(connection: Connection, state: PageState) -> None:
    """Remember what is known of a page, in the place of what was."""
    row = {"due": state.due, "value": PAGE_STATE.dump(state)}
    new = insert_into(connection, pages).values(article=state.article, **row)
    connection.execute(new.on_conflict_do_update(index_elements=[pages.c.article], set_=row))
