"""When does a feed say that something was published?

Feeds print dates in the standards' forms and in their country's. Forms that are certain are read here, English words
among them; dates in the words of Korea, Russia and Ukraine are left to dateparser, and what remains to feedparser,
whose guess counts only when its year, month and day can be found in what was printed.

Refuses to do: no relative dates ("yesterday"); an unread date is None, never a guess. A time without a zone is taken as
UTC.
"""

from __future__ import annotations

import calendar
import re
import time
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from watchers.markup import resolved

_ZONES = {
    "KST": "+0900", "JST": "+0900", "HKT": "+0800", "MSK": "+0300", "EEST": "+0300", "EET": "+0200",
    "CEST": "+0200", "CET": "+0100", "BST": "+0100", "UTC": "+0000", "GMT": "+0000", "Z": "+0000",
    "EDT": "-0400", "EST": "-0500", "CDT": "-0500", "CST": "-0600", "PDT": "-0700", "PST": "-0800",
}  # fmt: skip
_ZONE_NAME = re.compile(r"(?<=[\d\s])\(?([A-Z]{1,4})\)?$")
# As Java prints a date (Thu Jun 20 12:00:00 KST 2024), and as Java and JavaScript name a zone beside its offset.
_YEAR_LAST = re.compile(r"(?<= )(\d{2}:\d{2}:\d{2}) ([A-Z]\S{1,8}) (\d{4})$", re.ASCII)
_ZONE_BESIDE = re.compile(r"([+-]\d{2}:?\d{2}|Z)(?: ?\[[\w/+-]{1,40}\]| \([^()]{1,60}\))$")
_FROM_GREENWICH = re.compile(r" ?(?:GMT|UTC|UT) ?([+-])(\d{1,2})(?::?(\d{2}))?$", re.ASCII)
# Whole hours, as databases print an offset; what reads mail takes them for minutes.
_HOURS = re.compile(r"(:\d{2}) ?([+-])(0?\d|1[0-4])$", re.ASCII)
# What is printed for no date: the first by WordPress, the second wherever a clock's count is zero.
_YEAR_ZERO = re.compile(r" -0001(?: |$)")
_ZERO = datetime(1970, 1, 1, tzinfo=UTC)
_CLOCK = r"(?:[T,\s]+(?P<half>오전|오후)?\s*(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,]\d+)?)?)?"
_OFFSET = r"\s*(?P<sign>[+-])?(?P<east>(?(sign)\d{2}))(?(sign):?)(?P<south>(?(sign)\d{2}))$"
_FORMS = (
    re.compile(
        r"(?P<year>\d{4})\s?[-./년]\s?(?P<month>\d{1,2})\s?[-./월]\s?(?P<day>\d{1,2})\s?[.일]?(?:\s?\(\w\))?"
        + _CLOCK
        + _OFFSET
    ),
    re.compile(r"(?P<day>\d{1,2})[./](?P<month>\d{1,2})[./](?P<year>\d{4})г?\.?" + _CLOCK + _OFFSET),
    re.compile(
        r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})"
        r"(?:(?P<hour>\d{2})(?P<minute>\d{2})(?P<second>\d{2})?)?(?P<half>)" + _OFFSET
    ),
)
_HALF = r"(?P<half>[AP]\.?M\.?)"
_HALF_DAY = re.compile(rf"\d\s?{_HALF}(?!\w)", re.IGNORECASE)
_ENGLISH_CLOCK = r"(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2}))?"
_LATER = rf"(?:,?(?: -| at)? {_ENGLISH_CLOCK}(?:\s?{_HALF})?)?{_OFFSET}"
_NTH, _NAME = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?", r"(?P<month>[a-z]{3,9})\.?"
_ENGLISH_FORMS = (
    re.compile(rf"(?:[a-z]{{3,9}},? )?{_NAME} {_NTH},? (?P<year>\d{{4}}){_LATER}", re.IGNORECASE | re.ASCII),
    re.compile(rf"(?:[a-z]{{3,9}},? )?{_NTH} {_NAME},? (?P<year>\d{{4}}){_LATER}", re.IGNORECASE | re.ASCII),
    # Who halves the day puts the month first.
    re.compile(
        rf"(?P<month>\d{{1,2}})/(?P<day>\d{{1,2}})/(?P<year>\d{{4}}),? {_ENGLISH_CLOCK}\s?{_HALF}{_OFFSET}",
        re.IGNORECASE | re.ASCII,
    ),
)
_USUAL = re.compile(
    r"[A-Z][a-z]{2}, ([0-3]?\d) (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) (\d{4}) "
    r"((?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d) (GMT|[+-][01]\d[0-5]\d)",
    re.ASCII,
)
_HANGUL = re.compile("[\uac00-\ud7a3]")
_CYRILLIC = re.compile("[\u0400-\u04ff]")
_ZONES_IN_WORDS = {"МСК": "+0300", "мск": "+0300"}
_LONGEST = 100
_FIRST_YEAR = 1000
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH_MARKS = {name.capitalize(): f"-{number:02}-" for number, name in enumerate(_MONTHS, 1)}
_NO_OFFSET = dict.fromkeys(("GMT", "+0000", "-0000"), "Z")


def read_date(text: str, guess: time.struct_time | None = None) -> datetime | None:
    """Return the moment that `text` names, in UTC; None when it is missing or unreadable.

    Args:
        guess: feedparser's reading of the same text, in UTC.
    """
    moment = _read(text, guess)
    return None if moment == _ZERO else moment


def _read(text: str, guess: time.struct_time | None) -> datetime | None:
    usual = _USUAL.fullmatch(text)
    if usual is None:
        text = " ".join(resolved(text[:_LONGEST]).split())  # feeds escape blanks twice: 20 Jun 2024&amp;#160;12:00
        usual = _USUAL.fullmatch(text)
    if usual is not None:
        try:
            return _from_usual(usual)
        except (ValueError, OverflowError):
            if int(usual[3]) < _FIRST_YEAR:
                return None  # the others would take a year of the first century for one of this
    if _YEAR_ZERO.search(text):
        return None
    zoned = _zoned(text)
    for read in (_in_numbers, datetime.fromisoformat, _in_english, _in_mail):
        try:
            moment = read(zoned)
            return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
    found = None if text.isascii() else _in_words(zoned)
    return found or (_checked(text, guess) if guess is not None else None)


def _zoned(text: str) -> str:
    """Return a date with its zone at its end, as an offset where it is known."""
    text = _ZONE_BESIDE.sub(r"\1", _YEAR_LAST.sub(r"\3 \1 \2", text))
    text = _FROM_GREENWICH.sub(lambda match: f" {match[1]}{match[2]:0>2}{match[3] or '00'}", text)
    text = _HOURS.sub(lambda match: f"{match[1]} {match[2]}{match[3]:0>2}00", text)
    return _ZONE_NAME.sub(lambda match: _ZONES.get(match[1], match[0]), text)


def _in_words(text: str) -> datetime | None:
    """Read a date in Korean, Russian or Ukrainian words that names day, month and year."""
    languages = ["ko"] if _HANGUL.search(text) else ["ru", "uk"] if _CYRILLIC.search(text) else []
    if not languages or not any(character.isdigit() for character in text):
        return None
    # Loading it takes as long as reading a hundred feeds, and few feeds need it.
    import dateparser  # noqa: PLC0415

    for word, zone in _ZONES_IN_WORDS.items():
        text = text.replace(word, zone)
    settings = {
        "TIMEZONE": "UTC",
        "TO_TIMEZONE": "UTC",
        "RETURN_AS_TIMEZONE_AWARE": True,
        "PARSERS": ["absolute-time"],
        "REQUIRE_PARTS": ["day", "month", "year"],
        "DATE_ORDER": "DMY",
    }
    try:
        moment: datetime | None = dateparser.parse(text, languages=languages, settings=settings)
    except (ValueError, OverflowError, TypeError):
        return None
    return moment.astimezone(UTC) if moment else None


def _in_mail(text: str) -> datetime:
    """Read what mail has for a date (RFC 5322), which knows no halves of the day. ValueError or TypeError."""
    if _HALF_DAY.search(text):
        raise ValueError(text)
    return parsedate_to_datetime(text)


def _in_english(text: str) -> datetime:
    """Read dates in English words, and those that halve the day. ValueError when it is none, or an impossible one."""
    match = next((found for form in _ENGLISH_FORMS if (found := form.fullmatch(text))), None)
    if match is None:
        raise ValueError(text)
    month = match["month"]
    number = int(month) if month.isdigit() else _MONTHS.index(month[:3].lower()) + 1
    return _moment(match, number, late=(match["half"] or "").upper().startswith("P"))


def _from_usual(match: re.Match[str]) -> datetime:
    """Read what nine feeds of ten print. ValueError when there is no such moment."""
    day, month, year, clock, east = match.groups()
    moment = datetime.fromisoformat(f"{year}{_MONTH_MARKS[month]}{day.zfill(2)}T{clock}{_NO_OFFSET.get(east, east)}")
    return moment if moment.tzinfo is UTC else moment.astimezone(UTC)


def _in_numbers(text: str) -> datetime:
    """Read dates that are written in numbers. ValueError when it is none, or an impossible one."""
    match = next((found for form in _FORMS if (found := form.fullmatch(text))), None)
    if match is None:
        raise ValueError(text)
    return _moment(match, int(match["month"]), late=match["half"] == "오후")


def _moment(match: re.Match[str], month: int, *, late: bool) -> datetime:
    """Return the moment of a match's parts. ValueError when there is none.

    Args:
        late: of a day in halves, it is the second.
    """
    hour = int(match["hour"] or 0)
    if match["half"]:
        hour = hour % 12 + 12 * late
    moment = datetime(
        int(match["year"]), month, int(match["day"]), hour,
        int(match["minute"] or 0), int(match["second"] or 0), tzinfo=UTC,
    )  # fmt: skip
    if not match["sign"]:
        return moment
    offset = timedelta(hours=int(match["east"]), minutes=int(match["south"]))
    return moment - offset if match["sign"] == "+" else moment + offset


def _checked(text: str, guess: time.struct_time) -> datetime | None:
    """feedparser reads the start of forms that it does not know and makes up the rest: only what is printed counts."""
    try:
        moment = datetime.fromtimestamp(calendar.timegm(guess), UTC)
    except (ValueError, OverflowError, OSError):
        return None
    numbers = {int(number) for number in re.findall(r"\d{1,4}", text)}
    # The printed day may lie in another zone.
    for day in (moment, moment - timedelta(days=1), moment + timedelta(days=1)):
        month = day.month in numbers or _MONTHS[day.month - 1] in text.lower()
        if month and day.day in numbers and numbers & {day.year, day.year % 100}:
            return moment
    return None
