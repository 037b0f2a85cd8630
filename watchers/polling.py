"""What does one poll of a feed come to?

    address → fetch (conditional) → not modified?  → Poll(changed=False)
                                  → same body?     → Poll(changed=False)
                                  → read           → Poll(entries)

Every kind of feed goes this way and differs only in the function that reads its body.

Refuses to do: no schedule is kept here; next_due, failures, baselined and the times of success are the scheduler's.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import partial

from xxhash import xxh3_128_hexdigest

from bot.domain import Poll, PollState, Source, shown
from bot.errors import FetchError, NotAFeedError, SourceGoneError
from watchers.answers import Answer
from watchers.guard import Check
from watchers.http import Fetcher
from watchers.manners import BROKEN_OFF
from watchers.parsing import Content, Document, Parser, ReadFeed, ReadSwiftly

_PATIENCE = 3
_BLANKS = b" \t\r\n\0"
_ENDS = (b">", b"}", b"]")
"""How a feed ends. One that breaks off is read as far as it goes, and the whole of it is asked for at the next poll:
"not modified" would hide the rest."""
_ROOTS = (b"</rss>", b"</feed>", b"</rdf:RDF>", b"</html>")
_ROOT = re.compile(rb"</(?:\w+:)?(?:rss|feed|RDF)\s*>")
_JSON = re.compile(rb"(?:\xef\xbb\xbf)?\s*[\[{]")
_BEGINS = re.compile(rb"<(\w+:)?(?:item|entry)[\s>]")
_CLOSES = re.compile(rb"</(?:\w+:)?(?:item|entry)\s*>")
_PARTS = re.compile(
    rb"</(?:dc:\w+|content:encoded"
    rb"|(\w+:)?(?:title|link|guid|id|pubDate|published|updated|category|description|summary|content))>"
)
"""Ends of the parts of an item; group 1 is the prefix, which is the item's own or none: media:title is no headline."""


@dataclass(frozen=True, slots=True)
class FeedWatcher:
    """Polls one kind of feed.

    Args:
        kind: the name it goes by in messages and registries.
        read: makes entries of a body, in a worker process.
        swiftly: see Parser.parse.
        accept, check: see Fetcher.get; what is offered to be polled needs no check.
    """

    kind: str
    fetcher: Fetcher
    parser: Parser
    read: ReadFeed
    swiftly: ReadSwiftly | None = None
    accept: str = ""
    check: Check | None = None

    async def poll(self, source: Source, state: PollState) -> Poll:
        """Poll `source` once; see bot.ports.Watcher.

        The state that comes back carries the new validators, body hash, permanent address and the feed's wishes;
        nothing of it changes when the poll fails. After a failure the whole body is asked for: "not modified" would not
        show that the feed can be read again.
        """
        state = _without_dead_end(state)
        known = state if not state.failures else replace(state, etag="", last_modified="")
        get = partial(self.fetcher.get, accept=self.accept, check=self.check, partly=True)
        try:
            answer = await get(state.moved_to or source.url, etag=known.etag, last_modified=known.last_modified)
        except SourceGoneError:
            if not state.moved_to:
                raise
            state = replace(state, moved_to="")  # where it was sent to is gone; it may be back at its own address
            answer = await get(source.url)
        if answer.not_modified:
            return Poll((), _kept(state, answer), changed=False, seconds=answer.seconds)
        if not answer.body or answer.body.isspace():
            raise FetchError(f"{shown(answer.url)}: the answer is empty")
        ended = _is_whole(answer.body)
        whole = answer.whole and ended
        if not (answer.whole or ended or state.baselined):  # the rest of it would be told as new
            raise FetchError(f"{shown(answer.url)}: {BROKEN_OFF}")
        digest = xxh3_128_hexdigest(answer.body)
        after = replace(
            state,
            etag=answer.etag if whole else "",
            last_modified=answer.last_modified if whole else "",
            body_hash=digest,
            moved_to=answer.moved_to or state.moved_to,
            fresh_until=answer.fresh_until if whole else None,
        )
        if digest == state.body_hash:
            return Poll((), after, changed=False, seconds=answer.seconds)
        content = await self._content(source, answer, whole=whole)
        if content.wishes != after.wishes:
            after = replace(after, wishes=content.wishes)
        return Poll(content.entries, after, changed=True, seconds=answer.seconds)

    async def _content(self, source: Source, answer: Answer, *, whole: bool) -> Content:
        body = answer.body if whole else _finished(answer.body)
        document = Document(answer.url, body, answer.content_type, source.selector)
        try:
            content = await self.parser.parse(self.read, document, source.name, self.swiftly)
        except NotAFeedError:
            if answer.whole:
                raise
            content = Content(())
        if not content.entries and not (answer.whole and body == answer.body):
            raise FetchError(f"{shown(answer.url)}: {BROKEN_OFF}")
        return content


def _is_whole(body: bytes) -> bool:
    """Tell whether a body ends as a feed does, whatever stands behind its root, and not within an item."""
    end = body.rstrip(_BLANKS)
    if end.endswith(_ROOTS) or _JSON.match(body):
        return end.endswith(_ENDS)
    last = _behind_items(body)
    return (end.endswith(_ENDS) and not _BEGINS.search(body, last)) or _ROOT.search(body, last) is not None


def _finished(body: bytes) -> bytes:
    """Return a body that breaks off up to the last part that is whole of an item that has its title, else to where the
    item begins: half a headline may say the opposite. An item of which nothing has come is none."""
    begun = _BEGINS.search(body, _behind_items(body))
    if begun is None or not body[begun.end() :].strip(b"> \r\n\t"):
        return body
    if body.find(b"</" + (begun[1] or b"") + b"title>", begun.end()) < 0:
        return body[: begun.start()]
    ends = [part.end() for part in _PARTS.finditer(body, begun.end()) if part[1] in {None, begun[1]}]
    return body[: max(ends, default=begun.start())]


def _behind_items(body: bytes) -> int:
    """Return where the last item ends that is whole, 0 where none is."""
    return max((close.end() for close in _CLOSES.finditer(body)), default=0)


def _without_dead_end(state: PollState) -> PollState:
    """A redirect's address that has failed several times running gives way to the source's own."""
    return replace(state, moved_to="") if state.failures >= _PATIENCE else state


def _kept(state: PollState, answer: Answer) -> PollState:
    """A 304 may renew the validators; those it does not name stay as they were."""
    etag, modified = answer.etag or state.etag, answer.last_modified or state.last_modified
    moved_to = answer.moved_to or state.moved_to
    if (etag, modified, moved_to, answer.fresh_until) == (
        state.etag,
        state.last_modified,
        state.moved_to,
        state.fresh_until,
    ):
        return state  # as nearly always
    return replace(state, etag=etag, last_modified=modified, moved_to=moved_to, fresh_until=answer.fresh_until)
