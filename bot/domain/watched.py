"""What is polled, and what does a poll bring?

Refuses to do: nothing here is judged; an Article is only what a source printed. Times are aware, in UTC.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.domain.scales import Tier

YAML = "yaml"
"""Author of the sources and routes that a YAML file names."""

USUAL_SELECTOR = "usual"
"""What people type in the place of a selector, to have a page watched where pages usually list their items."""


@dataclass(frozen=True, slots=True)
class Source:
    """What is polled.

    Args:
        key: stable and unique; derived from the address when the YAML names none.
        kind: the module of `watchers/` that polls it: rss, json, search, …
        language: ISO 639-1 code, or "" when the source mixes languages.
        origin_group: outlets of one house or agency family share it; they count as one origin.
        interval: seconds between polls.
        author: who added it: YAML, or a person from chat or the command line.
        selector: of a page that is watched, the CSS selector of its items; "" for what is usual.
        folders: groups that it stands in in other readers, "A/B" for B within A; see watchers/opml.py.
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
    author: str = YAML
    selector: str = ""
    folders: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a feed says of when it wants to be asked.

    Args:
        least: seconds between two polls (ttl, sy:updatePeriod), 0 when it does not say.
        skip_hours: hours in UTC, 0 to 23, in which it is not asked.
        skip_days: days in UTC, Monday is 0, on which it is not asked.
    """

    least: int = 0
    skip_hours: tuple[int, ...] = ()
    skip_days: tuple[int, ...] = ()


STRIKES = 3
"""A feed that has killed so many workers running is read no more until a person says so."""


@dataclass(frozen=True, slots=True)
class PollState:
    """What is remembered of a source between two polls.

    Args:
        etag, last_modified: validators exactly as received; sent back unchanged.
        body_hash: of the last body that was parsed; an equal body is not parsed again.
        baselined: the first poll has been stored.
        first_tried: when the source was first polled, well or not, if that failed; what it printed since is told.
        failures: polls failed in a row.
        last_error: one line for a person, "" when the last poll was well.
        moved_to: address of a permanent redirect, used instead of the source's own.
        gone: the source answered 410 and is polled no more.
        fresh_until: before then its caching headers promise nothing new.
        wishes: what the feed itself says of when it wants to be asked.
        gap: seconds between two of its items, as a mean; 0 when that is not known.
        longest_gap: the longest of late, in seconds.
        hot_until: until then it carries a development that was told, and is polled as often as it may be.
        quiet: it answers, but has fallen silent by its own rhythm, and that was told.
        strikes: worker processes it has killed, running.
        seconds: that its publisher took to answer the last poll.
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
    first_tried: datetime | None = None
    fresh_until: datetime | None = None
    wishes: Wishes = Wishes()
    gap: float = 0.0
    longest_gap: float = 0.0
    hot_until: datetime | None = None
    quiet: bool = False
    strikes: int = 0
    seconds: float = 0.0

    @property
    def quarantined(self) -> bool:
        """Whether it has killed too many worker processes to be read again."""
        return self.strikes >= STRIKES

    @property
    def retired(self) -> bool:
        """Whether it is polled no more until a person acts."""
        return self.gone or self.quarantined


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
        seconds: that the publisher took to answer; None when the watcher does not say.
    """

    entries: tuple[Entry, ...]
    state: PollState
    changed: bool
    seconds: float | None = None


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
        edits: how often its words changed since.
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
    edits: int = 0

    @property
    def dated(self) -> datetime:
        """When its news happened, as well as can be told: publication, but never after it was seen."""
        return min(self.published, self.seen) if self.published else self.seen


@dataclass(frozen=True, slots=True)
class Page:
    """What an article's own page says: where it came from, its title, and its body as plain text."""

    url: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class PageState:
    """What is remembered of an article's own page.

    Args:
        article: key.
        due: when to look at it next; None for never.
        text: title and body as they were last read there, "" when they never were.
        looked: when that was.
        cited: when an alert first rested on the article; the page is then looked at again.
        tries: in vain, running.
        silent: what is read in it fills the ledger and is never told.
        note: what stood in the way of the last look, "" for nothing.
        lost: sentences of positions that it was seen to bear and bears no more.
    """

    article: str
    due: datetime | None
    text: str = ""
    looked: datetime | None = None
    cited: datetime | None = None
    tries: int = 0
    silent: bool = False
    note: str = ""
    lost: tuple[str, ...] = ()
