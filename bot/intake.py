"""What is an entry of a poll, beside what is stored: new, edited, issued again, or known?

    entries as articles, and the stored articles that share an id, an address or their words with one
    → one arrival each, with the named verdict that says what becomes of it

What a source re-issues under another id or address is never news again, and what it has not changed is never read
again. An edit is read in the place of the article it edits; its unchanged positions keep the date they had.

Refuses to do: nothing is fetched, read or stored here (bot/ingest.py). Likeness of stories told in other words is for
bot/developments.py.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from bot.developments import copies, fingerprint
from bot.domain import Article, By, Evidence, Tier, maker
from bot.identity import address_key, content_hash, words_key
from bot.ledger import AUTHORITY, OLD_NEWS

EDITED_WITHIN = timedelta(days=14)
"""How long after it was first seen an article's edits are read: as long as an alert takes them in."""

MOST_EDITS = 20
"""Edits of one article that are read; a text that changes at every poll costs no more than these."""

_RUNNING = re.compile(r"/(live|liveblog|live-blog)(/|$)|[-/]live-(updates?|news|blog)(?![a-z])|-live(/|\.\w+)?$")


class Verdict(StrEnum):
    """What becomes of an entry."""

    NEW = "new"
    """Nothing of it is stored: it is read."""
    EDITED = "edited"
    """Stored, and its words have changed: it is read in the place of what it was."""
    RUNNING = "running"
    """Stored, on a live page whose words run on: it is read, and what it said before stays."""
    UNCHANGED = "unchanged"
    """Stored with the same words, whatever its id or date is now."""
    REPOST = "repost"
    """The same publisher printed the same words before, elsewhere: kept, never read as news again."""
    ANOTHER_FEED = "another-feed"
    """Another feed brought its address first, and speaks for it."""
    LEFT_AS_IT_IS = "left-as-it-is"
    """Its words have changed, but too late or too often to be read again."""


READ = frozenset({Verdict.NEW, Verdict.EDITED, Verdict.RUNNING})
"""The verdicts whose articles are read."""

ELSEWHERE = frozenset({Verdict.ANOTHER_FEED, Verdict.REPOST})
"""The verdicts of what was printed here too, though something that is stored speaks for it."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """One entry and what becomes of it.

    Args:
        article: as it is to be stored: of an edit, under the key and with the dates of what it edits.
        stated: when the feed says it was published now; None when it does not.
        of: the stored article that it is again, None for a new one.
    """

    article: Article
    verdict: Verdict
    stated: datetime | None = None
    of: Article | None = None


_make_arrival = maker(Arrival)


def distinct(articles: Sequence[Article]) -> list[Article]:
    """Return one poll's articles with what stands for none of them taken away; of equal keys the first.

    An id or a page that several articles name is about them all, and stands for none. Two that bear one title are one.
    """
    # As nearly always.
    if _differ([a.key for a in articles]) and _differ([a.canonical_url for a in articles if a.canonical_url]):
        return list(articles)
    addresses: dict[str, set[str]] = {}
    for article in articles:
        addresses.setdefault(article.key, set()).add(article.canonical_url)
    own: dict[tuple[str, str], Article] = {}
    for article in articles:
        shared = len(addresses[article.key] - {""}) > 1 and article.canonical_url
        known = replace(article, key=_page_key(article)) if shared else article
        # What no id tells apart is told apart by its title: a ticker, or a feed that links its list of notices.
        own.setdefault((known.key, _without_page(known).key if known.key == _page_key(known) else ""), known)
    keys = Counter(key for key, _ in own)
    pages = Counter(article.canonical_url for article in own.values())
    alone = [a if keys[a.key] == 1 else _without_page(a) for a in own.values()]
    return [a if pages[a.canonical_url] == 1 else replace(a, canonical_url="") for a in alone]


def sort_in(articles: Iterable[Article], stored: Iterable[Article], now: datetime) -> list[Arrival]:
    """Return what each article of one poll of one source is, in their order.

    Args:
        articles: as `distinct` returns them.
        stored: those that share a key, a canonical address or a content hash with one of them.
    """
    articles, stored = tuple(articles), tuple(stored)
    # As nearly always: nothing is known of any of them.
    if not stored and _differ([(a.publisher, a.content_hash) for a in articles]):
        new = Verdict.NEW
        return [_make_arrival(article, new, article.published) for article in articles]
    known = _Known(stored)
    arrivals = []
    for article in articles:
        arrival = _arrival(article, known, now)
        if arrival.verdict is Verdict.NEW:
            known.add(arrival.article)
        arrivals.append(arrival)
    return arrivals


def revised(
    arrival: Arrival, before: Iterable[Evidence], after: Iterable[Evidence], now: datetime
) -> tuple[Evidence, ...]:
    """Return the evidence that an edited article is from now on.

    A position that it stated before keeps its date, however the sentence reads now: an edit is no news. One that it
    did not state before, or by an analyst's mouth alone, is dated by what the feed states now, never before the article
    itself; in an article first seen more than a week ago it fills the ledger silently, as old news does.

    Args:
        before: the evidence that it was; of a running page all of it stays, unless it has a better authority now.
        after: as read in its present words.
    """
    kept = {e.id: e for e in before}
    article = arrival.article
    stated = arrival.stated or (article.dated if article.published else now)
    dated = max(article.dated, min(stated, now))
    late = now - article.seen > OLD_NEWS
    found = dict(kept) if arrival.verdict is Verdict.RUNNING else {}
    for e in after:
        old = kept.get(e.id)
        if old is None or (old.by is By.ANALYST and e.by is not By.ANALYST):
            found[e.id] = replace(e, dated=dated, seen=now, silent=e.silent or late)
        elif arrival.verdict is Verdict.EDITED or AUTHORITY[e.by] > AUTHORITY[old.by]:
            found[e.id] = replace(e, dated=old.dated, seen=old.seen, silent=old.silent)
    return tuple(found.values())


def _differ(values: Sequence[object]) -> bool:
    return len(set(values)) == len(values)


class _Known:
    """Stored articles by what they are found by."""

    def __init__(self, stored: Iterable[Article]) -> None:
        self.by_key: dict[str, Article] = {}
        self._by_url: dict[str, list[Article]] = {}
        self._by_words: dict[tuple[str, str], list[Article]] = {}
        for article in stored:
            self.add(article)

    def add(self, article: Article) -> None:
        self.by_key.setdefault(article.key, article)
        if article.canonical_url:
            self._by_url.setdefault(article.canonical_url, []).append(article)
        self._by_words.setdefault((article.publisher, article.content_hash), []).append(article)

    def at(self, article: Article) -> Article | None:
        """Return what is stored at its address, of its own source first; what only a search found counts for none
        but a search: the paper's own feed is still to come, and its word weighs more."""
        found = [a for a in self._by_url.get(article.canonical_url, ()) if _counts(a, article)]
        return next((a for a in found if a.source == article.source), found[0] if found else None)

    def said(self, article: Article) -> Article | None:
        """Return what the same publisher printed in the same words."""
        found = self._by_words.get((article.publisher, article.content_hash), ())
        return next((a for a in found if _counts(a, article)), None)


def _counts(stored: Article, article: Article) -> bool:
    return stored.tier is not Tier.SEARCH or article.tier is Tier.SEARCH


def _arrival(article: Article, known: _Known, now: datetime) -> Arrival:
    same = known.by_key.get(article.key)
    if same and _recycled(same, article):
        article = replace(article, key=address_key(article.source, article.canonical_url))
        same = known.by_key.get(article.key)
    if same:
        return _again(article, same, now)
    there = known.at(article)
    if there and there.source != article.source:
        return Arrival(article, Verdict.ANOTHER_FEED, article.published, there)
    if there and (there.content_hash == article.content_hash or _rewrite(there, article)):
        return _again(article, there, now)
    if there:
        # A page whose items come and go: it is about them all and stands for none.
        article = replace(article, canonical_url="")
    if said := known.said(article):
        return Arrival(article, Verdict.REPOST, article.published, said)
    return Arrival(article, Verdict.NEW, article.published)


def _again(article: Article, stored: Article, now: datetime) -> Arrival:
    """Return what an entry is that is a stored article again."""
    if article.content_hash == stored.content_hash:
        return Arrival(stored, Verdict.UNCHANGED, article.published, stored)
    if now - stored.seen > EDITED_WITHIN or stored.edits >= MOST_EDITS:
        return Arrival(stored, Verdict.LEFT_AS_IT_IS, article.published, stored)
    running = bool(_RUNNING.search(stored.canonical_url or stored.url))
    edited = replace(
        stored,
        title=article.title,
        text=article.text,
        content_hash=article.content_hash,
        edits=stored.edits + 1,
    )
    return Arrival(edited, Verdict.RUNNING if running else Verdict.EDITED, article.published, stored)


def _recycled(stored: Article, article: Article) -> bool:
    """Tell whether an id has gone over to another article: another address, and other words altogether."""
    addresses = {stored.canonical_url, article.canonical_url}
    return len(addresses) == 2 and "" not in addresses and not _rewrite(stored, article)


def _page_key(article: Article) -> str:
    """What an article is known by whose feed gives it no id; "" without a page."""
    return address_key(article.source, article.canonical_url) if article.canonical_url else ""


def _without_page(article: Article) -> Article:
    """Return an article under its title, as its text may change; under its text where it has none."""
    words = content_hash(article.title, "") if article.title else article.content_hash
    return replace(article, key=words_key(article.source, words), canonical_url="")


def _rewrite(stored: Article, article: Article) -> bool:
    """Tell whether the words are an edit of those that are stored: their title or their text is much the same."""
    if stored.content_hash == article.content_hash:
        return True
    pairs = ((stored.title, article.title), (stored.text, article.text))
    if any(old and old == new for old, new in pairs):
        return True
    one, other = fingerprint(stored.title, stored.text), fingerprint(article.title, article.text)
    return copies(one, other) or copies(fingerprint(stored.title, ""), fingerprint(article.title, ""))
