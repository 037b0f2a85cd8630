"""What does an article's own page add to what its feed says, or take from it?

    lead + page, read at first → what the lead said stays, what only the page says comes to it
    page again, a day and a week after an alert cited it → a position whose sentence it no longer bears is gone

Only what a page was once seen to carry can vanish from it: feeds word things in their own way. And a page that holds
little of what it held proves nothing: it may be a consent page, a paywall, or another article.

Refuses to do: nothing is fetched, read or stored here (bot/fulltext.py).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import accumulate
from urllib.parse import urlsplit

from bot.domain import Article, Evidence, Page, PageState
from bot.intake import Arrival, Verdict, revised
from bot.ledger import OLD_NEWS

LEAD = 1_200
"""Characters; a feed's text that is shorter is taken for a lead."""

LOOKS = (timedelta(hours=24), timedelta(days=7))
"""How long after an alert first rested on an article its page is looked at again."""

READ = 6_000
"""Characters of a page that are read: news comes first, and what follows further down is background."""

TRIES = 3
"""Looks in vain after which the next one is the one that was due anyway."""

_WAITS = (timedelta(minutes=5), timedelta(hours=1))
_HIDDEN = frozenset({"news.google.com"})
"""Hosts that hide where the article is."""
_NOT_LETTERS = re.compile(r"[\W_]+")
_GAP = re.compile(r"([\W_]+)")
_PARTS = re.compile(r"[^\s,]|\n")
"""What parts sentences, as blanks and commas do not."""
_RUN = 6
ANOTHER = (
    "it holds something else now, which may be a consent page, the beginning before a paywall, or another article: "
    "what it held before stands"
)
_STILL = 0.25
"""Share of what a page held that has to be there still, in runs of _RUN words, for it to be the same article."""
_AS_FAR = 0.5
"""How far into what it held it has to go still: an article that breaks off before its middle is shown in part only."""


def has_page(article: Article) -> bool:
    """Tell whether an article has a page of its own that may be fetched; one that several articles name is nobody's."""
    parts = urlsplit(article.url)
    return bool(article.canonical_url) and parts.scheme in {"http", "https"} and (parts.hostname or "") not in _HIDDEN


def wants_page(article: Article, *, relevant: bool) -> bool:
    """Tell whether an article is read from its page too: one of the storyline, whose feed gives but a lead of it."""
    return relevant and len(article.text) < LEAD and has_page(article) and article.seen - article.dated <= OLD_NEWS


def cited(article: Article, state: PageState | None, now: datetime, *, silent: bool = False) -> PageState | None:
    """Return what to remember once an alert rests on an article; None when there is nothing to look at, or nothing new.

    A page that was never looked at is looked at now, since only what was seen there can vanish.

    Args:
        silent: what was read in the article fills the ledger and is never told, and so does what its page says.
    """
    if not has_page(article) or (state is not None and state.cited is not None):
        return None
    state = replace(state or PageState(article.key, now, silent=silent), cited=now)
    return state if state.due is not None else replace(state, due=next_look(state, now))


def next_look(state: PageState, now: datetime) -> datetime | None:
    """Return when a page that was looked at `now` is looked at next; None for never."""
    if state.cited is None:
        return None
    return next((state.cited + after for after in LOOKS if state.cited + after > now), None)


def _until_next(state: PageState, now: datetime) -> PageState:
    """Return what is remembered of a page that was looked at `now`, with its next look.

    An alert that rests on it from some day to come was decided while the clock was wrong.
    """
    state = state if state.cited is None else replace(state, cited=min(state.cited, now))
    return replace(state, due=next_look(state, now), tries=0)


def after_look(state: PageState, page: Page, before: Iterable[Evidence], now: datetime) -> PageState:
    """Return what to remember of a page that was read.

    Args:
        before: the evidence that the article was.
    """
    text = f"{page.title}\n{page.text}"
    left = replace(_until_next(state, now), looked=now, note="")
    if state.text and not is_same(state.text, text):
        return replace(left, note=ANOTHER)
    gone = [e.quote for e in before if carries(state.text, e.quote) and not still_says(state.text, text, e.quote)]
    lost = [*(q for q in state.lost if not any(_places(text, q))), *gone]
    return replace(left, text=text, lost=tuple(dict.fromkeys(lost)))


def after_end(state: PageState, before: Iterable[Evidence], why: str, now: datetime) -> PageState:
    """Return what to remember of a page that is gone, and with it what was read there."""
    quotes = (*state.lost, *(e.quote for e in before))
    return replace(after_refusal(state, why, now), lost=tuple(dict.fromkeys(quotes)))


def after_refusal(state: PageState, why: str, now: datetime) -> PageState:
    """Return what to remember of a page that cannot be read, and will not be until its next look."""
    return replace(_until_next(state, now), note=why)


def after_failure(state: PageState, why: str, wait: float | None, now: datetime) -> PageState:
    """Return what to remember of a look that failed and may work later.

    Args:
        wait: seconds that the host asked for.
    """
    tries = state.tries + 1
    if tries >= TRIES:
        return after_refusal(state, why, now)
    return replace(state, due=now + max(_WAITS[tries - 1], timedelta(seconds=wait or 0)), tries=tries, note=why)


def text_to_read(article: Article, state: PageState, page: Page) -> tuple[str, str]:
    """Return the title and the text in which a page is read.

    At first the feed's lead stands before it; later the page speaks for itself. A title that is but a part of the
    feed's was cut, and may lack the condition that it ends with.
    """
    body = page.text[:READ]
    if state.text:
        return page.title if page.title and not carries(article.title, page.title) else article.title, body
    return article.title, body if carries(body, article.text) else f"{article.text}\n{body}"


def weighed(
    article: Article, state: PageState, page: Page, before: Iterable[Evidence], found: Iterable[Evidence], now: datetime
) -> tuple[Evidence, ...]:
    """Return the evidence that an article is, now that its page was read.

    Args:
        state: of the page, as it was before this look.
        before: the evidence that the article was.
        found: what is read now.
    """
    held = tuple(before)
    there = f"{page.title}\n{page.text}"
    fresh = {e.id: e for e in found}
    merged = {e.id: e for e in revised(_running(article), held, fresh.values(), now)}
    if not is_same(state.text, there):
        return tuple(merged.values()) if not state.text else held
    for e in held:
        if not carries(state.text, e.quote) or still_says(state.text, there, e.quote):
            continue
        if e.id in fresh:
            kept = merged[e.id]
            merged[e.id] = replace(fresh[e.id], dated=kept.dated, seen=kept.seen, silent=kept.silent)
        else:
            del merged[e.id]
    return tuple(merged.values())


def kept_by_page(
    state: PageState | None, before: Iterable[Evidence], after: Sequence[Evidence]
) -> tuple[Evidence, ...]:
    """Return the evidence that an edit of the feed's lead leaves, with what the page bears as far as is known."""
    if state is None:
        return tuple(after)
    left = {e.id for e in after}
    return (*after, *(e for e in before if e.id not in left and carries(state.text, e.quote)))


def carries(text: str, quote: str) -> bool:
    """Tell whether a text holds a sentence; case, blanks and punctuation do not count."""
    return any(True for _ in _places(text, quote))


def still_says(was: str, there: str, quote: str) -> bool:
    """Tell whether a page holds a sentence, by itself where it did: "it is not so that …" repeats what it denies."""
    places = list(_places(there, quote))
    return any(places) or (bool(places) and not any(_places(was, quote)))


def _places(text: str, quote: str) -> Iterator[bool]:
    """Yield for each place where a text holds a sentence whether it stands there by itself, not within a longer one."""
    said = "".join(_words(quote).split())
    parts = _GAP.split(_folded(text).strip())
    words, gaps = parts[::2], ["\n", *parts[1::2], "\n"]
    # Letters alone are compared, as "U.S." and "US" are one; but no word's beginning is taken for the word.
    starts = {start: number for number, start in enumerate(accumulate(map(len, words), initial=0))}
    for place in _occurrences("".join(words), said):
        ends = (place, place + len(said))
        if starts.keys() >= set(ends):
            yield all(_PARTS.search(gaps[starts[end]]) for end in ends)


def _occurrences(letters: str, said: str) -> Iterator[int]:
    """Yield each place where letters hold others, overlapping ones too, after Knuth, Morris and Pratt.

    To look on from each place anew takes the square of their length where one word is said over and over.
    """
    if not said or said not in letters:
        return
    whole = f"{said}\0{letters}"
    falls = [0]  # of each place: how many of the letters before and at it are those that `said` begins with
    for place in range(1, len(whole)):
        same = falls[-1]
        while same and whole[place] != whole[same]:
            same = falls[same - 1]
        falls.append(same + (whole[place] == whole[same]))
        if falls[-1] == len(said):
            yield place - 2 * len(said)


def is_same(was: str, there: str) -> bool:
    """Tell whether a page still holds a good part of what it held, and not its beginning alone."""
    old, new = _runs(was), frozenset(_runs(there))
    still = [place for place, run in enumerate(old) if run in new]
    return bool(still) and len(still) >= _STILL * len(old) and still[-1] >= _AS_FAR * (len(old) - 1)


def _runs(text: str) -> list[str]:
    words = _words(text).split()
    return [" ".join(words[i : i + _RUN]) for i in range(len(words) - _RUN + 1)]


def _words(text: str) -> str:
    return _NOT_LETTERS.sub(" ", _folded(text)).strip()


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def _running(article: Article) -> Arrival:
    """Return the article as an arrival whose earlier words stay."""
    return Arrival(article, Verdict.RUNNING, article.published, article)
