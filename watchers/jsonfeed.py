"""What does a JSON feed hold?

JSON Feed 1 and 1.1, and the lists of posts that sites serve as JSON (WordPress and its like): the same few facts
under other names. The body is looked at, not its Content-Type. Runs in a worker process.

Refuses to do: no page of further items is asked for, and nothing but lists of titled things is taken for a feed.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from math import isfinite
from typing import Any

from bot.domain import Entry, shown
from bot.errors import NotAFeedError
from bot.ports import Watcher
from watchers.charsets import decode
from watchers.cleaning import absolute, text_of, title_of
from watchers.dates import read_date
from watchers.http import Fetcher
from watchers.ordering import oldest_first
from watchers.pages import advice
from watchers.parsing import Document, Parser
from watchers.polling import FeedWatcher

KINDS = ("json",)

EXAMPLE = b"""{"version": "https://jsonfeed.org/version/1.1", "title": "Example", "items": [
{"id": "2", "url": "/2", "title": "Second", "content_html": "<p>Lead.</p>",
 "date_published": "2024-06-20T12:00:00+09:00"},
{"id": 1, "url": "https://news.example/1", "title": "First", "content_text": "Lead.",
 "date_published": "2024-06-19"}]}"""
"""A small feed of this kind with two items, newest first; the contract suite serves it."""

RawItem = Mapping[str, Any]
_GUIDS = ("id", "guid")
_LINKS = ("url", "external_url", "originallink", "link", "permalink")
_TITLES = ("title", "headline")
_TEXTS = ("content_html", "content_text", "content", "summary", "excerpt", "description")
_DATES = (
    "datepublished",
    "dategmt",
    "published",
    "publishedat",
    "publisheddate",
    "publishedon",
    "publishdate",
    "publicationdate",
    "firstpublished",
    "pubdate",
    "date",
    "createdat",
    "created",
    "timestamp",
    "datemodified",
    "modified",
    "updatedat",
    "updated",
)
"""Without case and marks, as sites write them in every way: publishedAt, published_at, pubDate."""
_DEPTH = 4


def build(fetcher: Fetcher, parser: Parser) -> Watcher:
    """Return the watcher of JSON feeds."""
    return FeedWatcher("json", fetcher, parser, read_json)


def read_json(document: Document) -> tuple[Entry, ...]:
    """Return the entries of a JSON feed, oldest first.

    Raises:
        NotAFeedError: the body is no JSON, or JSON without a list of items.
    """
    text = decode(document.body, document.content_type)
    try:
        content = json.loads(text)
    except RecursionError:
        raise NotAFeedError(f"{shown(document.url)}: its JSON is nested too deeply; it is not read") from None
    except ValueError as error:
        if text.startswith(("{", "[")):
            raise NotAFeedError(f"{shown(document.url)}: its JSON is malformed ({error})") from None
        raise NotAFeedError(advice(text, document.url, expected="JSON")) from None
    items = _items(content)
    if items is None:
        raise NotAFeedError(f"{shown(document.url)}: is JSON, but holds no list of items with titles")
    return oldest_first([_entry(item, document.url) for item in items])


def _items(content: object) -> list[RawItem] | None:
    """The list of items: that of a JSON Feed, else the first list of things with a title or a text and a link."""
    if isinstance(content, dict) and "jsonfeed.org" in str(content.get("version", "")):
        items = content.get("items")
        return [item for item in items if isinstance(item, dict)] if isinstance(items, list) else None
    lists = list(_lists(content))
    for values in lists:
        items = [value for value in values if isinstance(value, dict) and _first(value, _TITLES)]
        if items and any(_first(item, _LINKS) for item in items):
            return items
    return [] if _holds_nothing(content, lists) else None


def _holds_nothing(content: object, lists: list[list[object]]) -> bool:
    """Tell whether a value without items is a feed that has none at present, and no error or something else."""
    if isinstance(content, dict) and content.get("items") == []:
        return True
    things = any(isinstance(value, dict) for values in lists for value in values)
    failed = isinstance(content, dict) and any(content[key] for key in content if key.lower().startswith("error"))
    return [] in lists and not things and not failed


def _lists(content: object) -> Iterator[list[object]]:
    """Every list within the upper levels of a JSON value, outer ones first."""
    level = [content]
    for _ in range(_DEPTH):
        yield from (value for value in level if isinstance(value, list))
        level = [inner for value in level if isinstance(value, dict) for inner in value.values()]


def _entry(item: RawItem, base: str) -> Entry:
    return Entry(
        guid=" ".join(_first(item, _GUIDS).split()),
        url=absolute(_first(item, _LINKS), base),
        title=title_of(_first(item, _TITLES)),
        text=text_of(*(_plain_value(item.get(name)) for name in _TEXTS)),
        published=_date(item),
    )


def _date(item: RawItem) -> datetime | None:
    named = {name.replace("_", "").replace("-", "").lower(): value for name, value in item.items()}
    for name in _DATES:
        value = named.get(name)
        printed = str(int(value)) if isinstance(value, float) and isfinite(value) else _plain_value(value)
        moment = _from_epoch(printed) if printed.isdecimal() and len(printed) in {10, 13} else read_date(printed)
        if moment is not None:
            return moment
    return None


def _from_epoch(digits: str) -> datetime:
    """Seconds or milliseconds since 1970, told apart by their length."""
    return datetime.fromtimestamp(int(digits) / (1000 if len(digits) == 13 else 1), UTC)


def _first(item: RawItem, names: tuple[str, ...]) -> str:
    return next((text for text in (_plain_value(item.get(name)) for name in names) if text), "")


def _plain_value(value: object) -> str:
    """A string, a number as one, or the `rendered` text of WordPress; "" for anything else."""
    if isinstance(value, dict):
        value = value.get("rendered")
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return str(value)
