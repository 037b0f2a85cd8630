"""Which readings tell of one development, and how many independent origins carry it?

A development is every reading of one (track, holder, rung) within 72 hours, in any language. Its origins are counted
after what makes two reports one: the same speaker, agency or paper is credited, one of them is that paper's own, one
names a holder and the other a body of it, the papers belong to one house, or the texts are near-copies of each other.

Near-copies are found by MinHash over character shingles, which needs no words and so serves Korean as it serves
English. Refuses to do: a retold story in other words is no copy; only its credited origin can tell that.
"""

from __future__ import annotations

import re
import struct
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from types import MappingProxyType
from urllib.parse import urlsplit
from zlib import crc32

from rensa import RMinHash

from bot.domain import Evidence, Source, Tier, paper_letters, paper_name, paper_sound

DEVELOPMENT = timedelta(hours=72)
"""How long readings of one rung are one development, from its first."""

NEVER = datetime.max.replace(tzinfo=UTC)
"""Start of a development that is only counted."""

_SHINGLE = 5
_ROWS = 3
_BANDS = 24
_SHARED_BANDS = 4
"""Bands that near-copies share: 98 in 100 pairs with 7 shingles of 10 in common do, 2 in 100 with 3 of 10."""

_MOST_TEXTS = 30
"""Texts that a development compares later ones with; it has long been confirmed when there are more."""

_NOT_WORD = re.compile(r"[\W_]+")

_NOBODYS: Mapping[str, str] = MappingProxyType({})


def fingerprint(title: str, text: str) -> tuple[int, ...]:
    """Return the near-duplicate fingerprint of an article; the same text gives the same one on every machine.

    Args:
        title, text: plain text in any language.

    Returns:
        one number for each band of the MinHash; () when there is nothing to compare.
    """
    plain = _NOT_WORD.sub(" ", unicodedata.normalize("NFKC", f"{title} {text}").casefold()).strip()
    if not plain:
        return ()
    shingles = {plain[i : i + _SHINGLE] for i in range(max(1, len(plain) - _SHINGLE + 1))}
    sketch = RMinHash(num_perm=_ROWS * _BANDS, seed=1)
    sketch.update(sorted(shingles))
    least = sketch.digest()
    bands = (least[band * _ROWS : (band + 1) * _ROWS] for band in range(_BANDS))
    return tuple(crc32(struct.pack(f"<B{_ROWS}I", number, *band)) for number, band in enumerate(bands))


def copies(a: Iterable[int], b: Iterable[int]) -> bool:
    """Tell whether two fingerprints are of one text or of light rewrites of one."""
    return len(set(a).intersection(b)) >= _SHARED_BANDS


def origin_of(reading_origin: str, group: str) -> str:
    """Return whom a report comes from: the original speaker or agency it credits, else its publisher's house.

    Args:
        reading_origin: a speaker or an agency as the reader named it, "" for none.
        group: origin group of the publisher; for an entry of a news search, of the paper that printed it.
    """
    return reading_origin or group


def origin_groups(sources: Iterable[Source]) -> dict[str, str]:
    """Return publisher, case-folded, and host of its feed or site → origin group, of all sources but searches.

    A search names publishers in its own words ("Yonhap News Agency" for "Yonhap"); the site it names tells whose they
    are. A host that several groups share tells nothing and is left out.
    """
    own = [source for source in sources if source.tier is not Tier.SEARCH]
    hosts: dict[str, set[str]] = {}
    for source in own:
        for host in _with_parent(_host(source.url)):
            hosts.setdefault(host, set()).add(source.origin_group)
    groups = {host: next(iter(several)) for host, several in hosts.items() if len(several) == 1}
    return groups | {source.publisher.casefold(): source.origin_group for source in own}


def origin_group(publisher: str, groups: Mapping[str, str], site: str = "") -> str:
    """Return the house of a publisher: the group that the sources give its site or its name, else one of its own.

    Args:
        groups: as `origin_groups` returns.
        site: address of the publisher's site, "" when it is not known.
    """
    name = publisher.casefold()
    if name not in groups:
        labels = _host(site).split(".")
        for start in range(len(labels) - 1):
            if (host := ".".join(labels[start:])) in groups:
                return groups[host]
    return groups.get(name, name)


def _host(address: str) -> str:
    try:
        return (urlsplit(address).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def _with_parent(host: str) -> tuple[str, ...]:
    """Return a host and the one it belongs to: rss.paper.com and paper.com; com and co.kr are nobody's."""
    parent = host.partition(".")[2]
    first, _, last = parent.partition(".")
    shared = not last or ("." not in last and len(last) == 2 and len(first) <= 3)
    return (host,) if shared else (host, parent)


def _paper(e: Evidence) -> str:
    """Return the name of the paper that printed a reading; a ministry is none, though it sounds like one (통일부)."""
    return "" if e.tier is Tier.OFFICIAL else paper_name(e.publisher)


class Development:
    """Readings of one rung as they come in, by date, and the independent origins among them.

    Args:
        start: date of the first reading.
        bodies: speaker → the holder that it is a body of.
    """

    __slots__ = (
        "_articles",
        "_bands",
        "_bodies",
        "_heard",
        "_houses",
        "_origins",
        "_papers",
        "_shared",
        "_texts",
        "evidence",
        "label",
        "start",
    )

    def __init__(self, start: datetime, bodies: Mapping[str, str] = _NOBODYS) -> None:
        self.start = start
        self.evidence: list[Evidence] = []
        self.label: dict[str, str] = {}
        """Evidence id → its independent origin."""
        self._origins: set[str] = set()
        self._houses: set[str] = set()
        self._texts: list[tuple[tuple[int, ...], str]] = []
        self._bands: set[int] = set()
        self._articles: dict[str, str] = {}
        self._papers: dict[str, str] = {}
        """What a paper is called → the origin of what it printed; who credits the paper has it from there."""
        self._heard: dict[str, list[tuple[str, str]]] = defaultdict(list)
        """How a paper sounds → its names, each with its origin."""
        self._bodies = bodies
        self._shared: dict[str, str] = {}
        """Holder or body → the origin it is counted as."""

    @property
    def origins(self) -> int:
        """How many independent origins carry it."""
        return len(self._origins)

    @property
    def witnesses(self) -> int:
        """How many have read it for themselves: origins, or houses that printed no copy, whichever are more.

        What a holder says itself has one speaker; that several houses heard it still tells that it was said.
        """
        return max(len(self._origins), len(self._houses))

    @property
    def labelled(self) -> list[Evidence]:
        """Its readings, each under its independent origin, so that whoever counts origins counts these."""
        named = ((e, self.label[e.id]) for e in self.evidence)
        return [e if e.origin == origin else replace(e, origin=origin) for e, origin in named]

    def heard_by(self, house: str) -> bool:
        """Tell whether a house is among them."""
        return house in self._houses

    def open_at(self, at: datetime) -> bool:
        """Tell whether a reading of that date still belongs to it."""
        return at - self.start <= DEVELOPMENT

    def add(self, e: Evidence) -> bool:
        """Take a reading in; tell whether it brought an origin that was not there before."""
        if e.id in self.label:
            return False
        paper = paper_name(e.publisher)
        origin = self._articles.get(e.article) or self._origin(e, self._spoken(self._retold(e, paper)))
        fresh = origin not in self._origins
        self._papers.setdefault(paper, origin)
        for name in {_paper(e)} | ({e.origin} - {e.origin_group}):
            self._heard[paper_sound(name)].append((name, origin))
        self._articles[e.article] = self.label[e.id] = origin
        self._origins.add(origin)
        self.evidence.append(e)
        return fresh

    def _retold(self, e: Evidence, paper: str) -> str:
        """Return the origin of a reading: a paper's own report is that of those who retell it, whoever comes first."""
        own = e.origin == e.origin_group
        if own and paper in self._origins:
            return paper
        return self._papers.get(e.origin) or self._by_ear(_paper(e) if own else e.origin) or e.origin

    def _by_ear(self, name: str) -> str:
        """Return the origin of a paper whose name sounds the same in other letters, "" for none."""
        sound = paper_sound(name)
        others = self._heard.get(sound, ()) if sound else ()
        return next((origin for other, origin in others if paper_letters(other) != paper_letters(name)), "")

    def _spoken(self, origin: str) -> str:
        """Return what a speaker is counted as: who names a holder or its minister may mean one of its bodies."""
        holder = self._bodies.get(origin)
        if holder and origin not in self._shared:
            alone = holder in self._origins and holder not in self._shared
            self._shared[origin] = holder if alone else origin
            self._shared.setdefault(holder, self._shared[origin])
        return self._shared.get(origin, origin)

    def _origin(self, e: Evidence, origin: str) -> str:
        if origin in self._origins and e.origin_group in self._houses:
            return origin
        copied = self._copied(e.fingerprint)
        if copied is not None:
            return origin if origin in self._origins else copied
        if e.fingerprint and len(self._texts) < _MOST_TEXTS:
            self._texts.append((e.fingerprint, origin))
            self._bands.update(e.fingerprint)
        self._houses.add(e.origin_group)
        return origin

    def _copied(self, text: tuple[int, ...]) -> str | None:
        """Return the origin of the first text that this one is a copy of, None when it is a copy of none."""
        # Most texts share nothing with any other, which one look tells.
        if self._bands.isdisjoint(text):
            return None
        bands = set(text)
        return next((label for other, label in self._texts if len(bands.intersection(other)) >= _SHARED_BANDS), None)
