"""What does one poll of a feed come to?

    address → fetch (conditional) → not modified?  → Poll(changed=False)
                                  → same body?     → Poll(changed=False)
                                  → worker reads   → Poll(entries)

Every kind of feed goes this way and differs only in the function that reads its body.

Refuses to do: no schedule is kept here; next_due, failures, baselined and the times of success are the scheduler's.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace

from bot.domain import Poll, PollState, Source
from bot.errors import FetchError
from watchers.http import Answer, Fetcher
from watchers.parsing import Document, Parser, ReadFeed

_PATIENCE = 3


@dataclass(frozen=True, slots=True)
class FeedWatcher:
    """Polls one kind of feed.

    Args:
        kind: the name it goes by in messages and registries.
        read: makes entries of a body, in a worker process.
    """

    kind: str
    fetcher: Fetcher
    parser: Parser
    read: ReadFeed

    async def poll(self, source: Source, state: PollState) -> Poll:
        """Poll `source` once; see bot.ports.Watcher.

        The state that comes back carries the new validators, body hash and permanent address; nothing of it
        changes when the poll fails.
        """
        state = _without_dead_end(state)
        answer = await self.fetcher.get(
            state.moved_to or source.url, etag=state.etag, last_modified=state.last_modified
        )
        if answer.not_modified:
            return Poll((), _kept(state, answer), changed=False)
        if not answer.body.strip():
            raise FetchError(f"{answer.url}: the answer is empty")
        digest = hashlib.blake2b(answer.body, digest_size=16).hexdigest()
        after = replace(
            state,
            etag=answer.etag,
            last_modified=answer.last_modified,
            body_hash=digest,
            moved_to=answer.moved_to or state.moved_to,
        )
        if digest == state.body_hash:
            return Poll((), after, changed=False)
        document = Document(answer.url, answer.body, answer.content_type)
        entries = await self.parser.parse(self.read, document, source.name)
        return Poll(entries, after, changed=True)


def _without_dead_end(state: PollState) -> PollState:
    """A redirect's address that has failed several times running gives way to the source's own."""
    return replace(state, moved_to="") if state.failures >= _PATIENCE else state


def _kept(state: PollState, answer: Answer) -> PollState:
    """A 304 may renew the validators; those it does not name stay as they were."""
    return replace(
        state,
        etag=answer.etag or state.etag,
        last_modified=answer.last_modified or state.last_modified,
        moved_to=answer.moved_to or state.moved_to,
    )
