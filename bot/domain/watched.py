"""What is polled, and what does a poll bring?

Refuses to do: nothing here is judged; an Article is only what a source printed. Times are aware, in UTC.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.domain.scales import Tier


@dataclass(frozen=True, slots=True)
class Source:
    """What is polled.

    Args:
        key: stable and unique; derived from the address when the YAML names none.
        kind: the module of `watchers/` that polls it: rss, json, search, …
        language: ISO 639-1 code, or "" when the source mixes languages.
        origin_group: outlets of one house or agency family share it; they count as one origin.
        interval: seconds between polls.
        author: who added it: "yaml", or a person from chat or the command line.
    """

    key: str
    name: str
    url: str
    kind: str
    language: str
    publisher: str
    origin_group: str
    tier: Tier
    confidence: str = "high"
    interval: int = 600
    enabled: bool = True
    author: str = "yaml"


@dataclass(frozen=True, slots=True)
class PollState:
    """What is remembered of a source between two polls.

    Args:
        etag, last_modified: validators exactly as received; sent back unchanged.
        body_hash: of the last body that was parsed; an equal body is not parsed again.
        baselined: the first poll has been stored; only later items may alert.
        failures: polls failed in a row.
        last_error: one line for a person, "" when the last poll was well.
        moved_to: address of a permanent redirect, used instead of the source's own.
        gone: the source answered 410 and is polled no more.
    """

    next_due: datetime
    etag: str = ""
    last_modified: str = ""
    body_hash: str = ""
    baselined: bool = False
    failures: int = 0
    last_success: datetime | None = None
    last_new_item: datetime | None = None
    last_error: str = ""
    moved_to: str = ""
    gone: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """One item as a watcher found it, cleaned to plain text but not judged.

    Args:
        guid: the feed's own id, "" when it gives none.
        url: absolute address of the item, "" when it gives none.
        title, text: plain text: no markup, entities resolved.
        published: as the feed states it; None when missing or unreadable.
        publisher: who printed it where the source is a search, else "".
        publisher_url: site of that publisher where the source names it, else "".
    """

    guid: str
    url: str
    title: str
    text: str
    published: datetime | None = None
    publisher: str = ""
    publisher_url: str = ""


@dataclass(frozen=True, slots=True)
class Poll:
    """What one poll of a source brought.

    Args:
        entries: what the feed holds now, oldest first; empty when it has not changed.
        state: what to remember; next_due is set by the scheduler.
        changed: False for "not modified" or an equal body.
    """

    entries: tuple[Entry, ...]
    state: PollState
    changed: bool


@dataclass(frozen=True, slots=True)
class Article:
    """One item of a source, with its identity settled.

    Args:
        key: identity within the store: guid, else canonical address, else content hash, with the source's
            identity space. Equal keys are one article.
        canonical_url: the address without tracking parameters; "" when there is none.
        content_hash: of normalised title and text; equal hashes are verbatim copies.
        published: None when the feed states none; `seen` then stands in.
        seen: when it was first polled.
    """

    key: str
    source: str
    url: str
    canonical_url: str
    content_hash: str
    title: str
    text: str
    language: str
    published: datetime | None
    seen: datetime
    publisher: str
    origin_group: str
    tier: Tier

    @property
    def dated(self) -> datetime:
        """When its news happened, as well as can be told: publication, but never after it was seen."""
        return min(self.published, self.seen) if self.published else self.seen
