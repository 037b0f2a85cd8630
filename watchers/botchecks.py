"""Is it a bot check that stands before what was asked for?

Some publishers let a service look at every visitor, and it answers with a page whose script or riddle only a browser
or a person gets past: as an error, or as if all were well. It stays until a person acts, so it is not told as trouble
of the host's own.

Refuses to do: no way around a check is tried. What a page says in words makes a check of errors alone, as healthy pages
carry captchas in their forms; of other answers what stands in checks and nowhere else.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping
from datetime import timedelta

from aiohttp import ClientError, ClientResponse

from watchers.charsets import decode

REST = timedelta(hours=1)
"""How long a host is not asked for articles that put a check before one."""

_STATUSES = frozenset({202, 401, 403, 405, 406, 429, 503})
"""With which checks answer, where they do not answer as if all were well."""
_HEADERS = (
    ("cf-mitigated", "challenge", "Cloudflare"),
    ("x-vercel-mitigated", "challenge", "Vercel"),
    ("x-amzn-waf-action", "", "Amazon"),
)
"""Header, what it says, and whose it is."""


def _of_id(name: str) -> tuple[str, ...]:
    return tuple(f"id={quote}{name}" for quote in ("", "'", '"'))


_MARKS = (
    ("Cloudflare", ("_cf_chl_opt", "cf-browser-verification", "<title>just a moment...</title>")),
    ("DDoS-Guard", ("<title>ddos-guard</title>", "/ddos-guard/js-challenge/")),
    ("Anubis", (".within.website/x/cmd/", ".within.website/x/xess/", *_of_id("anubis_challenge"))),
    ("Imperva", ("incapsula incident id",)),
    ("DataDome", ("//geo.captcha-delivery.com/",)),
    ("HUMAN", _of_id("px-captcha")),
    ("Amazon", ("window.gokuprops", "awswafintegration.savereferrer", "awswafintegration.checkforcerefresh")),
    ("Vercel", ("<title>vercel security checkpoint",)),
    ("Qrator", ("/__qrator/qauth",)),
    ("Sucuri", ("sucuri_cloudproxy_js",)),
)
"""Whose a check is, and what stands in it, in small letters."""
_IN_WORDS = re.compile(
    r"<title>[^<]{0,60}(?:just a moment|checking your browser|attention required|ddos.protection|security check"
    r"|(?:human|bot|browser) (?:check|verification)|not a (?:ro)?bot|are you (?:a )?(?:human|robot)|you are human"
    r"|проверка браузера|перевірка браузера|не робот|보안 확인|로봇이 아)",
    re.IGNORECASE,
)
_RIDDLE = re.compile(r"class=[\"'](?:[\w-]+ )*(?:[gh]-recaptcha|h-captcha|cf-turnstile|smart-captcha)\b", re.IGNORECASE)
_ASKS_MORE = re.compile(
    r"<textarea\b(?![^<>]*-response)|<input\b[^<>]*\btype=[\"']?(?:text|email|password|tel|search)\b", re.IGNORECASE
)
"""A field for a visitor's own words: where one is, the riddle belongs to a form, to log in or to write, and bars
nothing. The riddles' own fields, hidden, are called `…-response`. No tag reaches into the next, or a page of thousands
that never end would hold up everything."""
_READ = 65_536
"""Bytes of an error page, and characters of any other, that are looked through."""
_SECONDS = 3.0


def who_checks(status: int, headers: Mapping[str, str], body: str = "") -> str | None:
    """Return whose check it is that an answer holds: a name, "" for one that is not known, None where there is none.

    Args:
        body: its beginning.
    """
    refused = status in _STATUSES
    if status != 200 and not refused:
        return None
    for header, says, who in _HEADERS:
        if refused and header in headers and says in headers[header]:
            return who
    start = body[:_READ].lower()
    found = next((who for who, marks in _MARKS if any(mark in start for mark in marks)), None)
    return "" if found is None and refused and _bars(start) else found


def _bars(start: str) -> bool:
    """Tell whether an error page asks for proof of a person, and for nothing else."""
    return bool(_IN_WORDS.search(start) or (_RIDDLE.search(start) and not _ASKS_MORE.search(start)))


def bot_check(who: str, status: int = 0, *, instead: str = "") -> str:
    """Say in one line that a check stands before something, and what to do.

    Args:
        who: as `who_checks` returns it.
        instead: what is done where nothing has to be; else what can be.
    """
    of, answered = f" of {who}" if who else "", f" ({status})" if status else ""
    to_do = instead or "ask the publisher to let feed readers pass, or take another feed"
    return f"a bot check{of} stands before it{answered}; {to_do}"


async def beginning(response: ClientResponse) -> str:
    """Return the beginning of an error page; as much of it as comes without being waited for, "" for what is broken."""
    body = bytearray()
    if response.status in _STATUSES:
        try:
            async with asyncio.timeout(_SECONDS):
                while len(body) < _READ and (chunk := await response.content.readany()):
                    body += chunk
        except (TimeoutError, ClientError, OSError, ValueError):
            pass  # what has come will do: what counts is the status
    return decode(bytes(body[:_READ]), response.headers.get("Content-Type", ""))
