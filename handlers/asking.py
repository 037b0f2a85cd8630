"""What does somebody in a chat mean by the words typed after a command?

Times ("7d", "2 weeks"), tracks and holders (by id, by title or by a part of it, in any language), and the wish of a
`subscribe`. What cannot be understood is an InputError whose one line is worded in the channel's language and says
what would be.

Refuses to do: no platform's notation is read here; who may ask is for the platform; nothing is stored.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.domain import Route, Severity, Storyline
from bot.errors import InputError
from handlers.plain import NAME_LIMIT, plain
from handlers.texts import languages, listed, say, word
from handlers.times import clock_times, digest_words, quiet_hours, quiet_words, weekdays

WEEK = timedelta(days=7)
LONGEST = timedelta(days=365)
"""A window is no longer: what is older is in `timeline`, not in a brief."""

Choices = tuple[tuple[str, str], ...]

_WINDOW = re.compile(r"(\d{1,6})\s*([^\W\d_]+)")
_WINDOW_AMONG_WORDS = re.compile(r"(?<!\S)\d{1,6}\s*[^\W\d_]+(?!\S)")
_MINUTES = {
    "m": 1, "min": 1, "mins": 1, "minute": 1, "minutes": 1, "분": 1,
    "h": 60, "hr": 60, "hrs": 60, "hour": 60, "hours": 60, "시간": 60,
    "d": 1_440, "day": 1_440, "days": 1_440, "일": 1_440,
    "w": 10_080, "week": 10_080, "weeks": 10_080, "주": 10_080, "주일": 10_080,
}  # fmt: skip
_YES = frozenset({"on", "yes", "true", "1", "켬", "예"})
_NO = frozenset({"off", "no", "false", "0", "끔", "아니오"})


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody asks a channel to be told, as typed; "" leaves a thing as it is by default.

    Args:
        tracks, holders: ids or titles, separated by commas.
        severity: the least that is told: low, medium or high.
        signals: on or off.
        mention: whom to wake, in the platform's notation and checked by the platform.
        mention_from: from which severity on.
        timezone: IANA name.
        quiet: hours in which nothing new is posted: 22:00-07:00.
        quiet_except: from which severity on it is posted all the same.
        digest, digest_days: local times and days of digests.
        digest_only: on: no single alerts.
        digest_empty: off: no digest when nothing has moved.
    """

    tracks: str = ""
    holders: str = ""
    severity: str = ""
    signals: str = ""
    mention: str = ""
    mention_from: str = ""
    language: str = ""
    timezone: str = ""
    quiet: str = ""
    quiet_except: str = ""
    digest: str = ""
    digest_days: str = ""
    digest_only: str = ""
    digest_empty: str = ""


def window(text: str, language: str) -> timedelta:
    """Return how far back "7d", "24h", "2 weeks" or "3일" reaches; a week for ""."""
    stripped = text.strip().lower()
    if not stripped:
        return WEEK
    found = _WINDOW.fullmatch(stripped)
    minutes = int(found[1]) * _MINUTES.get(found[2], 0) if found else 0
    if not 0 < minutes <= LONGEST / timedelta(minutes=1):
        raise InputError(say(language, "ask.window", given=plain(text, NAME_LIMIT)))
    return timedelta(minutes=minutes)


def is_window(text: str) -> bool:
    """Tell whether a word reads as a window: so that `/brief 24h` needs no name before it."""
    found = _WINDOW.fullmatch(text.strip().lower())
    return bool(found and found[2] in _MINUTES)


def split_window(text: str) -> tuple[str, str]:
    """Return what is typed without its window, and the window: "pact 2 weeks" is "pact" and "2 weeks"."""
    for found in _WINDOW_AMONG_WORDS.finditer(text):
        if is_window(found[0]):
            return " ".join((text[: found.start()] + text[found.end() :]).split()), found[0]
    return " ".join(text.split()), ""


def track_choices(storyline: Storyline, language: str) -> Choices:
    """Return every track as (id, title)."""
    return tuple((track.id, word(language, track.title, track.id)) for track in storyline.tracks)


def holder_choices(storyline: Storyline, language: str) -> Choices:
    """Return everybody who holds a position on some track as (id, name), in the order of the tracks."""
    held = dict.fromkeys(holder for track in storyline.tracks for holder in track.holders)
    names = {holder.id: word(language, holder.names, holder.id) for holder in storyline.holders}
    return tuple((holder, names.get(holder, holder)) for holder in held)


def matching(choices: Choices, typed: str) -> Choices:
    """Return the choices that what is typed so far may become, in their order."""
    wanted = typed.strip().casefold()
    return tuple(choice for choice in choices if any(wanted in name.casefold() for name in choice))


def track_id(storyline: Storyline, text: str, language: str) -> str:
    """Return the id of the track that is meant; "" for "", InputError where none or several may be."""
    names = {track.id: (track.id, *track.title.values()) for track in storyline.tracks}
    return _meant(names, text, "ask.track", language)


def holder_id(storyline: Storyline, text: str, language: str) -> str:
    """Return the id of the holder that is meant; "" for "", InputError where none or several may be."""
    known = {holder.id: holder for holder in storyline.holders}
    names = {
        holder: (holder, *known[holder].names.values()) if holder in known else (holder,)
        for holder, _ in holder_choices(storyline, language)
    }
    return _meant(names, text, "ask.holder", language)


def route_of(wish: Wish, storyline: Storyline, *, platform: str, channel: str, author: str) -> Route:
    """Return the route that somebody asks for; InputError where a part of the wish makes no sense.

    Args:
        author: id of the person on the platform, kept with the route.
    """
    language = wish.language.strip().lower() or "en"
    if language not in languages():
        raise InputError(say("en", "ask.language", given=plain(language, NAME_LIMIT), languages=", ".join(languages())))
    return Route(
        name=f"{platform}-{channel}",
        platform=platform,
        channel=channel,
        tracks=tuple(track_id(storyline, part, language) for part in _parts(wish.tracks)),
        holders=tuple(holder_id(storyline, part, language) for part in _parts(wish.holders)),
        min_severity=_severity(wish.severity, Severity.LOW, language),
        signals=_switch(wish.signals, language, default=True),
        mention=wish.mention,
        mention_from=_severity(wish.mention_from, Severity.HIGH, language),
        language=language,
        timezone=timezone_of(wish.timezone, language),
        author=author,
        quiet=quiet_hours(wish.quiet, language),
        quiet_except=_severity(wish.quiet_except, Severity.HIGH, language) if wish.quiet_except.strip() else None,
        digest=clock_times(wish.digest, language),
        digest_days=weekdays(wish.digest_days, language),
        digest_only=_switch(wish.digest_only, language, default=False),
        digest_empty=_switch(wish.digest_empty, language, default=True),
    )


def contradictions(route: Route, language: str) -> tuple[tuple[str, str], ...]:
    """Return which of a route's times contradict each other: the field, and what to do about it in words."""
    return tuple((field, say(language, f"ask.contradicts.{field}")) for field, _ in route.contradictions())


def require_sense(route: Route, language: str) -> None:
    """Raise InputError when times of a route contradict each other."""
    for _, said in contradictions(route, language):
        raise InputError(said)


def described(route: Route, storyline: Storyline, language: str) -> str:
    """Return in one line what a route brings, without whom it wakes, which each platform writes its own way."""
    tracks = dict(track_choices(storyline, language))
    holders = dict(holder_choices(storyline, language))
    parts = [
        listed(language, (tracks.get(track, track) for track in route.tracks)) or say(language, "ask.all_tracks"),
        listed(language, (holders.get(holder, holder) for holder in route.holders)) or say(language, "ask.all_holders"),
        say(language, "ask.from_severity", severity=severity_name(route.min_severity, language)),
        say(language, "ask.signals.on" if route.signals else "ask.signals.off"),
        "" if route.digest else route.timezone,
        *_times(route, language),
    ]
    return " · ".join(part for part in parts if part)


def _times(route: Route, language: str) -> Iterator[str]:
    """Yield when a channel is quiet, and when it gets digests."""
    if route.quiet:
        yield say(language, "ask.route.quiet", hours=quiet_words(route.quiet))
    if route.quiet_except is not None:
        yield say(language, "ask.route.quiet_except", severity=severity_name(route.quiet_except, language))
    if route.digest:
        yield say(language, "ask.route.digest", times=digest_words(route, language))
    if route.digest_only:
        yield say(language, "ask.route.digest_only")
    if route.digest and not route.digest_empty:
        yield say(language, "ask.route.digest_moved")


def severity_name(severity: Severity, language: str) -> str:
    """Return a severity in words."""
    return say(language, f"severity.{severity.name.lower()}")


def _parts(text: str) -> list[str]:
    return [part for part in (piece.strip() for piece in text.split(",")) if part]


def _meant(names: Mapping[str, Sequence[str]], text: str, key: str, language: str) -> str:
    wanted = " ".join(text.split()).casefold()
    if not wanted:
        return ""
    folded = {ident: [name.casefold() for name in forms] for ident, forms in names.items()}
    for fits in (
        [ident for ident, forms in folded.items() if wanted in forms],
        [ident for ident, forms in folded.items() if any(wanted in form for form in forms)],
    ):
        if len(fits) == 1:
            return fits[0]
    return _unclear(folded, wanted, key, language)


def _unclear(folded: Mapping[str, Sequence[str]], wanted: str, key: str, language: str) -> str:
    """Raise InputError with what may have been meant."""
    known = {form: ident for ident, forms in folded.items() for form in forms}
    near = [ident for ident, forms in folded.items() if any(wanted in form for form in forms)]
    near = near or [known[form] for form in difflib.get_close_matches(wanted, known, n=3, cutoff=0.5)]
    choices = ", ".join(dict.fromkeys(near)) or ", ".join(folded)
    raise InputError(say(language, key, given=plain(wanted, NAME_LIMIT), choices=choices))


def _severity(text: str, default: Severity, language: str) -> Severity:
    wanted = text.strip().casefold()
    if not wanted:
        return default
    for severity in Severity:
        if wanted in {severity.name.lower(), *(severity_name(severity, code).casefold() for code in languages())}:
            return severity
    raise InputError(say(language, "ask.severity", given=plain(text, NAME_LIMIT)))


def _switch(text: str, language: str, *, default: bool) -> bool:
    wanted = text.strip().casefold()
    if not wanted:
        return default
    if wanted in _YES:
        return True
    if wanted in _NO:
        return False
    raise InputError(say(language, "ask.switch", given=plain(text, NAME_LIMIT)))


def timezone_of(text: str, language: str) -> str:
    """Return the IANA name of a zone, UTC for ""; InputError for a name that does not exist."""
    name = text.strip() or "UTC"
    try:
        return ZoneInfo(name).key
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise InputError(say(language, "ask.timezone", given=plain(text, NAME_LIMIT))) from None
