"""What does one arrival come to in the store?

    arrival and what was read in it → article, evidence and page, within the transaction that it is given

Refuses to do: what an entry is, is for bot/intake.py; nothing is read, decided or committed here.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import chain, islice
from operator import attrgetter

import structlog

from bot.domain import Article, Evidence, PageState, ReadResult
from bot.evidence import evidence_of
from bot.intake import READ, Arrival, Verdict, revised, sort_in
from bot.pages import kept_by_page, wants_page
from bot.ports import Store, Unit

log = structlog.get_logger()

_names = attrgetter("key", "canonical_url", "content_hash")
_NO_NAME = frozenset({""})


def stored_like(store: Unit | Store, articles: Sequence[Article]) -> tuple[Article, ...]:
    """Return the stored articles that share an id, an address or their words with one of these."""
    return store.known(
        (a.key for a in articles), (a.canonical_url for a in articles), (a.content_hash for a in articles)
    )


def names_of(articles: Sequence[Article]) -> frozenset[str]:
    """Return the ids, addresses and digests of words by which articles are found to be the same."""
    return frozenset(chain.from_iterable(map(_names, articles))) - _NO_NAME


def like(stored: Sequence[Article], names: frozenset[str]) -> list[Article]:
    """Return those of some stored articles that go by one of the names."""
    return [a for a in stored if a.key in names or a.canonical_url in names or a.content_hash in names]


class Written:
    """What was stored lately goes by these names: what is none of it need not be looked up a second time.

    Args:
        most: names that are kept.
    """

    def __init__(self, most: int = 20_000) -> None:
        self._most = most
        self._lately: deque[frozenset[str]] = deque()
        self._forgotten = 0

    @property
    def moment(self) -> int:
        """Now, as `since` takes it."""
        return self._forgotten + len(self._lately)

    def note(self, names: frozenset[str]) -> None:
        """Note that articles of these names were stored just now."""
        self._lately.append(names)
        while sum(map(len, self._lately)) > self._most:
            self._lately.popleft()
            self._forgotten += 1

    def forget(self) -> None:
        """Whatever was stored up to now may be what nobody knows of."""
        self._forgotten = self.moment + 1
        self._lately.clear()

    def since(self, moment: int) -> frozenset[str] | None:
        """Return the names of what was stored since then; None when that is not known any more."""
        if moment < self._forgotten:
            return None
        return frozenset().union(*islice(self._lately, moment - self._forgotten, None))


class Present:
    """Holds the arrivals of several polls against what is stored by now.

    They were sorted in a while ago, and were read since then: another source may have stored one of them meanwhile, or
    one of these polls, in the transaction that is under way.

    Args:
        polls: their arrivals.
        since: of each poll the names of what was stored since it was sorted in; None when that is not known.

    Attributes:
        names: of what this transaction has written up to now.
    """

    def __init__(self, unit: Unit, polls: Sequence[Sequence[Arrival]], since: Sequence[frozenset[str] | None]) -> None:
        self._unit = unit
        old = [arrivals for arrivals, names in zip(polls, since, strict=True) if names is None]
        new = [arrival.article for arrivals in old for arrival in arrivals if arrival.verdict is Verdict.NEW]
        self._stored = stored_like(unit, new) if new else ()
        # What was stored since the earliest of these moments holds what was stored since any other.
        self._since: frozenset[str] = max(filter(None, since), key=len, default=frozenset())
        self.names: set[str] = set()

    def still_so(self, arrivals: Sequence[Arrival], now: datetime) -> list[Arrival]:
        """Return one poll's arrivals as they are now, just before they are stored."""
        new = [arrival.article for arrival in arrivals if arrival.verdict is Verdict.NEW]
        names = names_of(new)
        fresh = names.isdisjoint(self._since) and names.isdisjoint(self.names)
        stored = like(self._stored, names) if fresh else stored_like(self._unit, new)
        if not stored and len(new) == len(arrivals):  # as on a first poll
            self.names |= names
            return list(arrivals)
        again = {a.article.key: a for a in sort_in(new, stored, now)} if stored else {}
        present = [again.get(arrival.article.key, arrival) for arrival in arrivals]
        changed = [a for a in present if a.verdict in READ or a.verdict is Verdict.REPOST]
        self.names |= names_of([a.article for a in changed] + [a.of for a in changed if a.of])
        return present


def keep(
    unit: Unit,
    arrival: Arrival,
    read: Mapping[str, ReadResult],
    now: datetime,
    silent_until: datetime | None,
    *,
    pages: bool,
) -> tuple[tuple[Evidence, ...], tuple[Evidence, ...]]:
    """Store one arrival; return the evidence that it was, and that it is now."""
    article = arrival.article
    if arrival.verdict is Verdict.REPOST and arrival.of:
        gate = f"repost: {article.publisher} printed the same words before, first seen {arrival.of.seen:%Y-%m-%d %H:%M}"
        unit.add_article(article, ReadResult(article.key, False, gate, article.language), ())
        return (), ()
    if arrival.verdict not in READ:
        return (), ()
    result = read[article.key]
    silent = _silent(article, silent_until)
    evidence = evidence_of(article, result.readings, result.language, silent=silent)
    page = unit.page(article.key) if pages else None
    if arrival.verdict is Verdict.NEW:
        unit.add_article(article, result, evidence)
        before: tuple[Evidence, ...] = ()
    else:
        before = unit.article_evidence(article.key)
        evidence = kept_by_page(page, before, revised(arrival, before, evidence, now))
        unit.replace_article(article, result, evidence)
    if pages and (page or wants_page(article, relevant=result.relevant)):
        # An edit of the lead may stand for one of the page.
        unit.save_page(replace(page or PageState(article.key, now, silent=silent), due=now, tries=0))
    if result.relevant:
        log.info(
            "article_read",
            source=article.source,
            article=article.key,
            verdict=arrival.verdict.value,
            readings=len(evidence),
        )
    return before, evidence


def foreign(result: ReadResult) -> bool:
    """Tell whether an article is of another story altogether."""
    return not (result.relevant or result.readings)


def _silent(article: Article, until: datetime | None) -> bool:
    """Tell whether an article fills the ledger without being told: on a first poll, all but what is known to have
    been published since the source is watched. A missing date proves nothing, and one to come even less."""
    if until is None:
        return False
    return article.published is None or not until < article.published <= article.seen
