"""What does the core ask of the pages of articles, and of what keeps what is known of them?

Refuses to do: no implementation, no default behaviour.
"""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from bot.domain import Page, PageState


class Pages(Protocol):
    """Fetches and extracts the pages of articles."""

    async def page(self, url: str) -> Page:
        """Return what is printed at `url`.

        Raises:
            PageGoneError: the publisher says that there is none.
            PermanentError: it may not be fetched, or holds no article that can be read.
            TransientError: a later look may work.
        """
        ...


class PageUnit(Protocol):
    """Of one transaction, what concerns pages."""

    def page(self, article: str) -> PageState | None:
        """Return what is remembered of an article's page; None when nothing is."""
        ...

    def save_page(self, state: PageState) -> None:
        """Remember what is known of a page, in the place of what was."""
        ...


class PageStore(Protocol):
    """Of the store, what concerns pages."""

    def page(self, article: str) -> PageState | None:
        """Return what is remembered of an article's page; None when nothing is."""
        ...

    def due_pages(self, now: datetime, limit: int) -> tuple[PageState, ...]:
        """Return the pages that are due to be looked at, the longest due first."""
        ...
