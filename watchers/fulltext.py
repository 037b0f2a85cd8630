"""What does an article's own page say?

    robots.txt → fetch, by the manners of every fetch → worker process: title and body, or a named reason why not

Refuses to do: no way around a paywall, a consent page or a bot check is tried: a page that says it is not free to read
is not read, and neither is what it hides for machines.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime, timedelta
from unicodedata import east_asian_width
from urllib.parse import urljoin, urlsplit

from bot.domain import Page, shown
from bot.errors import BotCheckError, FetchError, NotAPageError, PageGoneError, PermanentError, SourceGoneError
from bot.ports import Clock
from watchers.botchecks import REST, bot_check, who_checks
from watchers.charsets import decode
from watchers.cleaning import text_of, title_of
from watchers.http import A_PAGE, Fetcher
from watchers.pages import is_front, is_page
from watchers.parsing import Document, Parser

_LONGEST = 3_000_000
"""Characters of a page; what is longer is no article."""
_SHORTEST = 250
"""Length of a body; what is shorter is a teaser, a consent page or nothing."""
# schema.org's word for a paywall (Google Search Central, "Subscription and paywalled content"), in JSON, in JSON that a
# script carries as a string, and in an element of the page.
_NOT_FREE = re.compile(
    r"isAccessibleForFree\\?[\"']\s*:\s*\\?[\"']?false\b"
    r"|<\w+\s(?=[^<>]*\bisAccessibleForFree\b)[^<>]*\bcontent\s*=\s*[\"']?false\b",
    re.IGNORECASE,
)
_TAIL = re.compile(r"\s+(?P<joint>[|–—-])\s+(?P<name>[^|–—-]{1,40})$")
_NOT_LETTERS = re.compile(r"[\W_]+")

_MISSING = frozenset({404, 410})
_NOT_NOW = frozenset({429, 503})
"""What is said for a host as a whole; another status is said of one page."""
_LONGEST_REST = timedelta(days=7)


class PageReader:
    """Reads the pages of articles; answers bot.ports.Pages.

    Args:
        fetcher, parser: shared with the watchers, so that a host sees one client; open while this is used.
    """

    def __init__(self, fetcher: Fetcher, parser: Parser, clock: Clock) -> None:
        self._fetcher = fetcher
        self._parser = parser
        self._clock = clock
        self._robots = fetcher.robots
        self._rests: dict[str, tuple[datetime, str]] = {}

    async def page(self, url: str) -> Page:
        """Return what is printed at `url`; see bot.ports.Pages."""
        way: list[str] = []

        async def check(address: str) -> None:
            way.append(address)
            self._leave_alone(address)
            await self._robots.check(address)

        try:
            answer = await self._fetcher.get(url, accept=A_PAGE, check=check)
        except SourceGoneError:
            await self._site_stands(url, way[-1])
            raise PageGoneError(f"{shown(url)}: the publisher says that it is gone for good (410)") from None
        except FetchError as error:
            if error.status in _MISSING:
                await self._site_stands(url, way[-1])
                raise PageGoneError(f"{shown(url)}: is no longer there ({error.status})") from None
            self._heed(way[-1], error)
            raise
        if is_front(answer.url) and not is_front(url):  # so do sites answer that have taken an article down
            raise NotAPageError(f"{shown(url)}: leads to the front page of {_host(answer.url)}; the lead serves")
        document = Document(answer.url, answer.body, answer.content_type)
        return await self._parser.read(read_page, document, shown(url))

    async def _site_stands(self, url: str, missing: str) -> None:
        """Raise FetchError when the site of a page is gone with it, since nobody has taken the page down then.

        Args:
            missing: where `url` leads to.
        """
        site = _host(missing)
        why = f"{shown(url)}: is no longer there, nor is the front page of {site}; what it held before stands"
        try:
            await self._fetcher.get(urljoin(missing, "/"), accept=A_PAGE, check=self._robots.check)
        except FetchError as error:
            self._heed(missing, error)
            raise FetchError(why, retry_after=error.retry_after) from error
        except SourceGoneError as error:
            raise FetchError(why) from error
        except PermanentError:  # too large, or not to be asked for: there is a site that says so
            return

    def _heed(self, url: str, error: FetchError) -> None:
        """Remember how long the host of `url` asks to be left alone, if it does; who checks for bots does."""
        checks = isinstance(error, BotCheckError)
        wait = max(error.retry_after or 0.0, checks * REST.total_seconds())
        if wait and (checks or error.status in _NOT_NOW):
            self._rests[_host(url)] = self._clock.now() + timedelta(seconds=wait), str(error)

    def _leave_alone(self, url: str) -> None:
        """Raise FetchError while the host of `url` has asked to be left alone."""
        until, why = self._rests.get(_host(url), (None, ""))
        left = until - self._clock.now() if until else timedelta()
        if timedelta() < left <= _LONGEST_REST:
            raise FetchError(why, retry_after=left.total_seconds())
        self._rests.pop(_host(url), None)


def read_page(document: Document) -> Page:
    """Return title and body of an article's page. Runs in a worker process.

    Raises:
        NotAPageError: it is no page, not free to read, or holds no article that can be told from what surrounds it.
    """
    where = shown(document.url)
    text = decode(document.body[:_LONGEST], document.content_type)
    if not is_page(text) and "html" not in document.content_type.lower():
        raise NotAPageError(f"{where}: is no web page; the lead serves")
    if (who := who_checks(200, {}, text)) is not None:
        raise NotAPageError(f"{where}: {bot_check(who, instead='the lead serves')}")
    if _NOT_FREE.search(text):
        raise NotAPageError(f"{where}: is not free to read; the lead serves")
    title, site, body = _extracted(text, document.url)
    if _length(body) < _SHORTEST:
        raise NotAPageError(f"{where}: holds no article that can be told from what surrounds it; the lead serves")
    return Page(document.url, _without_site(title_of(title), (site, *_host(document.url).split("."))), body)


def _without_site(title: str, names: Iterable[str]) -> str:
    """Return a title without the name of its site; a dash may stand within a headline, too ("… – if Moscow agrees").

    Args:
        names: what the site is called; by them a name behind a dash is known.
    """
    tail = _TAIL.search(title)
    if tail is None:
        return title
    told, *known = (_NOT_LETTERS.sub("", name).casefold() for name in (tail["name"], *names))
    is_site = tail["joint"] == "|" or any(
        told in name or (name in told and 2 * len(name) >= len(told)) for name in known
    )
    return title[: tail.start()] if is_site else title


def _extracted(text: str, url: str) -> tuple[str, str, str]:
    """Return title, name of the site and body: as surely as can be told, else as well as can be told."""
    import trafilatura  # noqa: PLC0415 -- heavy, and only workers need it
    from trafilatura.settings import Document as Extracted  # noqa: PLC0415 -- the same

    for precision in (True, False):
        found = trafilatura.bare_extraction(
            text, url=url, favor_precision=precision, include_comments=False, with_metadata=True
        )
        if (
            isinstance(found, Extracted)
            and _length(body := text_of((found.text or "").replace("\n", "\n\n"))) >= _SHORTEST
        ):
            return found.title or "", found.sitename or "", body
    return "", "", ""


def _host(url: str) -> str:
    return urlsplit(url).netloc


def _length(text: str) -> int:
    """Return the characters of a text, wide ones twice (Unicode UAX #11): Korean says as much in half as many."""
    return len(text) + sum(east_asian_width(letter) in "WF" for letter in text)
