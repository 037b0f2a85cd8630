"""Is this the address of something on the web?

Asked wherever one is written down for later: in sources.yml, in the list of another reader.

Refuses to do: whether it may be fetched, and whether anything answers there, is for the watchers.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

# Safari and older readers write feed://paper.example/rss, and feed:https://paper.example/rss.
_FEED_SCHEME = re.compile(r"^feed:(?:(?://)?(?=(https?://))|//)", re.IGNORECASE)
_SITE = re.compile(r"[\w-]+(?:\.[\w-]+)+(?::\d+)?(?:[/?#]|$)")
_NONE = "is no web address; write http://… or https://… with a host and no blanks"


def as_named(url: str) -> str:
    """Return a web address as somebody types it, who leaves out its scheme or takes a reader's, in full."""
    url = url.strip()
    return f"https://{url}" if _SITE.match(url) else of_reader(url)


def of_reader(url: str) -> str:
    """Return a web address as another reader writes it, with a scheme of the web."""
    return _FEED_SCHEME.sub(lambda match: "" if match[1] else "http://", url.strip())


def check_address(url: str) -> str:
    """Return a web address; ValueError says what is wrong with another."""
    try:
        parts = urlsplit(url)
    except ValueError:  # it says no more than "Invalid IPv6 URL"
        raise ValueError(_NONE) from None
    try:
        port = parts.port
    except ValueError:
        port = 0
    if port == 0:
        raise ValueError("has a port that is none; write a number from 1 to 65535, or none at all")
    if parts.scheme not in {"http", "https"} or not parts.hostname or any(c.isspace() for c in url):
        raise ValueError(_NONE)
    return url
