"""How do items come in as JSON lines, and readings go out?

The two formats are stable; other tools call them. An item is {id, lang?, title, text, date?, url?, publisher?,
labels?}; a line that is none gives an error that names the line, and the rest goes on.

Refuses to do: nothing is read for meaning here.
"""

from __future__ import annotations

import re
import sys
from codecs import BOM_UTF8
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError, field_validator

from bot.domain import By, Item, Reading, ReadResult

_ESCAPE = re.compile(
    rb"\\(?:u[dD][89abAB][\da-fA-F]{2}\\u[dD][c-fC-F][\da-fA-F]{2}|u[dD][89a-fA-F][\da-fA-F]{2}|.)", re.DOTALL
)
_HALF = len(rb"\ud83d")
_NO_JSON = re.compile(r"Invalid JSON: (.*) at line \d+ column (\d+)")
_LONGEST = 40
"""Characters of a wrong value that are told."""


class Label(BaseModel):
    """A position that a person has marked in an item."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    track: str
    rung: str
    holder: str
    by: By
    quote: str = ""


class ItemLine(BaseModel):
    """One line of input; fields that are not named here are let pass."""

    model_config = ConfigDict(extra="ignore", frozen=True, coerce_numbers_to_str=True)

    id: str
    title: str = ""
    text: str = ""
    lang: str | None = None
    date: datetime | None = None
    url: str | None = None
    publisher: str | None = None
    relevant: bool = True
    labels: tuple[Label, ...] = ()

    @field_validator("title", "text", mode="before")
    @classmethod
    def _none_is_empty(cls, value: object) -> object:
        return "" if value is None else value

    @field_validator("labels", mode="before")
    @classmethod
    def _none_are_no_labels(cls, value: object) -> object:
        return () if value is None else value

    @field_validator("date", mode="before")
    @classmethod
    def _day_or_moment(cls, value: object) -> object:
        if isinstance(value, bool | list | dict):
            raise ValueError(_no_date(value))  # noqa: TRY004 -- pydantic tells the line's field of a ValueError
        if not isinstance(value, str):
            return value or None
        if not value.strip():
            return None
        try:
            moment = datetime.fromisoformat(value.strip())
        except ValueError:
            raise ValueError(_no_date(value)) from None
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)

    def item(self) -> Item:
        """Return the part that a reader is given."""
        return Item(self.id, self.title, self.text, self.lang or "", self.date, self.url or "", self.publisher or "")

    def gold(self) -> ReadResult:
        """Return the labels as if they had been read."""
        readings = tuple(
            Reading(label.track, label.holder, label.rung, label.by, label.quote, 1.0, trace=("label",))
            for label in self.labels
        )
        return ReadResult(self.id, self.relevant, "labels", self.lang or "", readings)


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line that is no item.

    Args:
        number: from 1.
        reason: what is wrong with it.
    """

    number: int
    reason: str


def parse_items(lines: Iterable[str | bytes]) -> Iterator[ItemLine | BadLine]:
    """Yield an item or what is wrong, for every line that is not empty."""
    for number, line in enumerate(lines, 1):
        raw = line.encode("utf-8", "surrogatepass") if isinstance(line, str) else line
        if number == 1:
            raw = raw.removeprefix(BOM_UTF8)
        if not raw.strip():
            continue
        try:
            yield ItemLine.model_validate_json(_ESCAPE.sub(_whole, raw))
        except ValidationError as error:
            yield BadLine(number, _reason(error, raw))


def _whole(escape: re.Match[bytes]) -> bytes:
    """Return an escape of JSON; for half a character, as programs print that cut a text within one, a whole one."""
    return rb"\ufffd" if len(escape[0]) == _HALF else escape[0]


def _reason(error: ValidationError, line: bytes) -> str:
    """Return field and fault; where it is no JSON at all, the place in the line."""
    first = error.errors(include_url=False)[0]
    where = ".".join(str(part) for part in first["loc"]) or "line"
    try:
        line.decode("utf-8")
    except UnicodeDecodeError as wrong:
        return f"line: it is not UTF-8 (byte {wrong.start + 1} is {line[wrong.start]:#04x}); save the file as UTF-8"
    told = first["msg"].removeprefix("Value error, ")
    return f"{where}: " + _NO_JSON.sub(r"it is no JSON: \1 at column \2", told)


def _no_date(value: object) -> str:
    return f"{str(value)[:_LONGEST]!r} is no date; write it as 2024-06-20 or 2024-06-20T09:00:00+09:00"


def complain(name: str, bad: BadLine) -> None:
    """Say on standard error which line is wrong and why."""
    print(f"stancewatch: {name}:{bad.number}: {bad.reason}", file=sys.stderr)  # noqa: T201


def readings_line(result: ReadResult) -> dict[str, Any]:
    """Return the stable JSON form of what was read in one item."""
    return {
        "id": result.id,
        "relevant": result.relevant,
        "readings": [reading_object(reading) for reading in result.readings],
    }


def reading_object(reading: Reading) -> dict[str, Any]:
    """Return the stable JSON form of one reading."""
    return {
        "track": reading.track,
        "rung": reading.rung,
        "holder": reading.holder,
        "by": reading.by.value,
        "confidence": round(reading.confidence, 3),
        "quote": reading.quote,
        "origin": reading.origin,
        "trace": list(reading.trace),
    }
