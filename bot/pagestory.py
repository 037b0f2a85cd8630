"""What became of an article's own page, in words?

For `why`: when it was read, or why its feed's words serve; whether it was looked at again once an alert rested on it,
and which sentence it bears no more.

Refuses to do: nothing is fetched; when a page is looked at is decided in bot/pages.py.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from bot.account import when
from bot.domain import Article, PageState
from bot.ledger import OLD_NEWS
from bot.pages import LEAD, LOOKS, has_page

_AGES = dict(zip(LOOKS, ("a day", "a week"), strict=True))


def page_lines(article: Article, state: PageState | None, *, relevant: bool) -> Iterator[str]:
    """Yield what is known of an article's page, a step a line; nothing for an article of another story. Pure."""
    if state is None:
        if relevant:
            yield f"page      not fetched: {_why_not(article)}"
        return
    if state.looked is None:
        yield "page      not read: its feed's words serve" if state.note else "page      not read yet"
    elif state.text:
        yield f"page      read {when(state.looked)}{_again(state)}, {len(state.text)} characters"
    if state.note:
        yield f"  note    {state.note}"
    for quote in state.lost:
        yield f'  gone    "{quote}" stood on the page, and stands there no more'
    if state.due is not None:
        age = next(
            (f", {age} after an alert first rested on it" for after, age in _AGES.items() if _due(state, after)), ""
        )
        yield f"  next    looked at{' again' * bool(state.looked or state.tries)} {when(state.due)}{age}"


def _why_not(article: Article) -> str:
    if not has_page(article):
        return "its feed names no address of its own"
    if len(article.text) >= LEAD:
        return f"its feed gives more than a lead of it ({len(article.text):,} characters)"
    if article.seen - article.dated > OLD_NEWS:
        return f"it was {OLD_NEWS.days} days old when it was first seen"
    return "pages were not looked at when it came (STANCEWATCH_FULL_TEXT)"


def _again(state: PageState) -> str:
    if state.cited is None or state.looked is None:
        return ""
    ages = [age for after, age in _AGES.items() if state.looked - state.cited >= after]
    return f", {ages[-1]} after an alert first rested on it" if ages else ""


def _due(state: PageState, after: timedelta) -> bool:
    return state.cited is not None and state.due is not None and state.due - state.cited == after
