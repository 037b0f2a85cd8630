"""When are two items the same article?

By the feed's own id, else by the address without tracking and session, else by the words. Times play no part: feeds
re-date, re-order and re-issue what they have printed.

Refuses to do: no near-likeness; copies in other words are found by bot/developments.py.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from w3lib.url import canonicalize_url, url_query_cleaner

from bot.domain import Entry, Reading, Source

_TRACKING = re.compile(
    r"(utm_|mtm_|pk_|piwik_|hsa_|at_(medium|campaign|custom|link|bbc))\w*|ga_(source|medium|campaign|term|content)"
    r"|fbclid|gclid|gclsrc|dclid|wbraid|gbraid|msclkid|yclid|ysclid|twclid|ttclid|igshid|igsh|li_fat_id|mkt_tok"
    r"|mc_cid|mc_eid|_hsenc|_hsmi|__hstc|__hssc|__hsfp|vero_id|oly_enc_id|oly_anon_id|s_cid|ncid|cmpid|wt_mc|wt\.mc_id"
    r"|ns_source|ns_mchannel|ns_campaign|ns_linkname|ns_fee|ito|icid|xtor|plink|traffic_source|ref_src|ref_url"
    r"|_openstat|gaa_at|gaa_n|gaa_sig|gaa_ts|smid|smtyp|srnd|ocid|guccounter|guce_referrer|guce_referrer_sig|rss_id"
    r"|jsessionid|phpsessid|aspsessionid\w*",
    re.IGNORECASE,
)
_SESSION = re.compile(r"(?:;|%3B)jsessionid(?:=|%3D)(?:[^/?#;&%]|%(?!2F|3F|23|3B|26))*", re.IGNORECASE)
"""What a Java server writes into addresses for those who keep no cookie: another one at each visit. It may stand in an
address within the query, too; what comes behind it there tells items apart."""
_USUAL_QUERY = 200
"""Characters of a query that is remembered; what is longer takes the long way to the same end."""
_NOT_LETTERS = re.compile(r"[\W_]+")
_SEAM = "\0"  # parts texts that are taken together
_ASCII_WORDS = bytes(ord(chr(c).lower()) if (c < 128 and chr(c).isalnum()) or not c else 32 for c in range(256))
# Two blanks or more. To split and join words costs three times as much; `  +` stops at every single one to look on.
_BLANKS = re.compile(b"   *")
_MARKS = "\u2014\u2013\u2019\u2018\u201c\u201d\u2026\u00ab\u00bb\u00a0"
"""Dashes, quotes and the like: often all that keeps an English text from being ASCII."""
# An address of this form is its own canonical spelling.
_CANONICAL = re.compile(r"https?://[a-z0-9-]+(?:\.[a-z0-9-]+)+(?:/[A-Za-z0-9_~-]+(?:\.[A-Za-z0-9_~-]+)*)+/?", re.ASCII)
_DEFAULT_PORTS = {"http": ":80", "https": ":443"}


def article_key(source: Source, entry: Entry) -> str:
    """Return what an item is known by in the store: its guid, else its canonical address, else its words.

    Keys hold within one source: two feeds may number their items alike.
    """
    if entry.guid:
        guid = _SESSION.sub("", entry.guid)  # for many it is the address
        return f"{source.key}:{_digest(f'guid {guid}')}"
    if address := article_address(entry.url):
        return address_key(source.key, address)
    return words_key(source.key, content_hash(entry.title, entry.text))


def address_key(source: str, address: str) -> str:
    """Return what an article of a source is known by whose feed gives it no id of its own.

    Args:
        address: canonical, not empty.
    """
    # A site that moves to https re-issues everything under new addresses.
    identity = f"link {address.partition('://')[2]}"
    return f"{source}:{_digest(identity)}"


def words_key(source: str, words: str) -> str:
    """Return what an article of a source is known by that has neither an id nor a page of its own.

    Args:
        words: content hash of what tells it apart.
    """
    return f"{source}:{_digest(f'words {words}')}"


def article_address(url: str) -> str:
    """Return the canonical address of an article; "" when there is none, or only a site's front page is named."""
    canonical = canonical_url(url)
    return canonical if canonical.partition("://")[2].partition("/")[2] else ""


def canonical_url(url: str) -> str:
    """Return an address in one spelling, without fragment, session and tracking; "" when it is no http address."""
    if _CANONICAL.fullmatch(path := _without_tracking_only(url)):
        return path
    try:
        canonical = canonicalize_url(_untracked(canonicalize_url(url.strip())))
    except ValueError:
        return ""
    scheme, _, rest = canonical.partition("://")
    if scheme not in _DEFAULT_PORTS or not rest:
        return ""
    host, slash, path = rest.partition("/")
    if not host:
        return ""
    return f"{scheme}://{host.removesuffix(_DEFAULT_PORTS[scheme])}{slash}{path}"


def content_hash(title: str, text: str) -> str:
    """Return a digest of the words of an item; case, blanks, punctuation and letter forms do not count."""
    return content_hashes([(title, text)])[0]


def content_hashes(items: Sequence[tuple[str, str]]) -> list[str]:
    """Return the digest of each of some items, given their titles and texts, as `content_hash` does."""
    words = iter(_words_of_all([part for item in items for part in item]))
    return [_digest(f"{title}\n{text}") for title, text in zip(words, words, strict=True)]


def evidence_id(article: str, reading: Reading) -> str:
    """Return what a reading of an article is known by as evidence.

    Args:
        article: key of the article.
    """
    return short_id(article, reading.track, reading.holder, reading.rung)


def short_id(*parts: str) -> str:
    """Return an id of sixteen letters and digits, the same for the same parts in the same order."""
    return _digest("\0".join(parts))[:16]


def _without_tracking_only(url: str) -> str:
    """Return an address without its query where that holds nothing but tracking parameters."""
    path, mark, query = url.partition("?")
    return path if mark and len(query) <= _USUAL_QUERY and _only_tracks(query) else url


@lru_cache(maxsize=1024)  # most items of a feed bear the same
def _only_tracks(query: str) -> bool:
    return all(_TRACKING.fullmatch(part.partition("=")[0]) for part in query.split("&"))


def _untracked(url: str) -> str:
    url = _SESSION.sub("", url)
    _, mark, query = url.partition("?")
    if not mark:
        return url
    names = [part.partition("=")[0] for part in query.split("&")]
    tracking = [name for name in names if _TRACKING.fullmatch(name)]
    return url_query_cleaner(url, tracking, remove=True, unique=False) if tracking else url


def _words_of_all(texts: Sequence[str]) -> list[str]:
    """Return the words of each text; of texts in ASCII all in one go."""
    if not texts:
        return []
    whole = _SEAM.join(texts)
    if whole.count(_SEAM) >= len(texts):
        whole = _SEAM.join([text.replace(_SEAM, " ") for text in texts])
    if not whole.isascii():
        for mark in _MARKS:
            whole = whole.replace(mark, " ")
    if not whole.isascii():
        return [_words(text) for text in whole.split(_SEAM)]
    words = _BLANKS.sub(b" ", whole.encode("ascii").translate(_ASCII_WORDS)).decode("ascii")
    return [one.strip() for one in words.split(_SEAM)]


def _words(text: str) -> str:
    if text.isascii():
        return _BLANKS.sub(b" ", text.encode("ascii").translate(_ASCII_WORDS)).strip().decode("ascii")
    return " ".join(_NOT_LETTERS.sub(" ", unicodedata.normalize("NFKC", text).casefold()).split())


def _digest(text: str) -> str:
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
