"""How do times and values become columns, and back?

Times are stored as integers: microseconds since 1970-01-01 UTC. They sort, compare and index the same in every
database, and lose nothing. Values of the domain are stored as JSON text beside the few columns that queries need,
written and read by pydantic from the dataclasses themselves.

Refuses to do: a time without a zone is not guessed at; it raises ValueError.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Generic, TypeVar

from pydantic import TypeAdapter, ValidationError
from sqlalchemy import BigInteger, Dialect
from sqlalchemy.types import TypeDecorator

from bot.domain import (
    Alert,
    AuditEntry,
    Brief,
    Evidence,
    Feedback,
    Mute,
    PageState,
    PollState,
    ReadResult,
    Route,
    Source,
    Standing,
    Trouble,
)
from bot.errors import StoreError

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)

T = TypeVar("T")


def micros(value: datetime) -> int:
    """Return the integer that a time is stored as; ValueError for a time without a zone."""
    if value.tzinfo is None:
        raise ValueError(f"a stored time needs a zone: {value.isoformat()}")
    return (value - EPOCH) // MICROSECOND


class UtcMicros(TypeDecorator[datetime]):
    """An aware time, stored as microseconds since the epoch."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:  # noqa: ARG002 - SQLAlchemy's signature
        """Return the integer to store; ValueError for a time without a zone."""
        return None if value is None else micros(value)

    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - SQLAlchemy's signature
        """Return the aware time of a stored integer."""
        return None if value is None else EPOCH + timedelta(microseconds=value)


class Json(Generic[T]):
    """Writes one type of the domain as JSON text and reads it back equal.

    Args:
        kind: the dataclass.
    """

    def __init__(self, kind: type[T]) -> None:
        self._name = kind.__name__
        self._adapter: TypeAdapter[T] = TypeAdapter(kind)

    def dump(self, value: T) -> str:
        """Return the JSON text of a value."""
        # As `dump_json` does with none of its sixteen options, at half its cost.
        return self._adapter.serializer.to_json(value).decode()

    def load(self, text: str) -> T:
        """Return the value of a JSON text; StoreError when this version cannot read it."""
        try:
            return self._adapter.validate_json(text)
        except ValidationError as error:
            first = error.errors()[0]
            where = ".".join(str(part) for part in first["loc"])
            raise StoreError(
                f"the database holds a {self._name} that this version cannot read ({where}: {first['msg']}); "
                "restore a backup or use the version that wrote it"
            ) from error


ALERT = Json(Alert)
AUDIT = Json(AuditEntry)
BRIEF = Json(Brief)
EVIDENCE = Json(Evidence)
FEEDBACK = Json(Feedback)
MUTE = Json(Mute)
PAGE_STATE = Json(PageState)
POLL_STATE = Json(PollState)
READ_RESULT = Json(ReadResult)
ROUTE = Json(Route)
SOURCE = Json(Source)
STANDING = Json(Standing)
TROUBLE = Json(Trouble)
