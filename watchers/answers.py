"""What did an address answer?

Refuses to do: nothing is fetched or read here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Answer:
    """What an address answered.

    Args:
        url: where the answer came from, after redirects.
        body: decompressed; empty when not modified.
        content_type: the header as received.
        etag, last_modified: validators exactly as received, "" when there are none.
        moved_to: where the permanent redirects at the head of the chain lead, "" when there are none.
        not_modified: the server says that nothing has changed since the validators were given.
        date: what the server's clock said, None when it says nothing.
        fresh_until: before then it promises nothing new; None when it does not say.
        seconds: that it took, all redirects included; waiting for one's turn does not count.
        links: what its header names; see manners.header_links.
        whole: it came to its end.
    """

    url: str
    body: bytes = b""
    content_type: str = ""
    etag: str = ""
    last_modified: str = ""
    moved_to: str = ""
    not_modified: bool = False
    date: datetime | None = None
    fresh_until: datetime | None = None
    seconds: float = 0.0
    links: tuple[Mapping[str, str], ...] = ()
    whole: bool = True
