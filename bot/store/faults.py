"""What does a database error mean to the caller?

Refuses to do: nothing is retried here.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from pydantic_core import PydanticSerializationError
from sqlalchemy import URL
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from bot.errors import InputError, StoreBusyError, StoreError
from bot.store.dialect import clear_error, place


@contextmanager
def clear_errors(url: URL) -> Iterator[None]:
    """Turn what the driver raises within the block into an error of ours, one clear line each.

    Raises:
        StoreBusyError, StoreError: after what the driver says.
        InputError: a text holds half a character (a lone surrogate), which no database stores.
    """
    try:
        yield
    except DBAPIError as error:
        raise clear_error(url, error) from error
    except (UnicodeEncodeError, PydanticSerializationError) as error:
        raise InputError(f"database {place(url)}: a text cannot be stored, it is no Unicode: {error}") from error
    except PoolTimeoutError as error:
        raise StoreBusyError(f"database {place(url)}: every connection is in use; it will be tried again") from error


class LastChange:
    """Could the last change be stored? What only looks, such as at a claim, proves nothing: a full disk can be read.

    Args:
        trouble: what kept it from being stored; "" when it was.
    """

    def __init__(self) -> None:
        self.trouble = ""

    @contextmanager
    def noted(self) -> Iterator[None]:
        """Note what comes of the change that the block makes."""
        try:
            yield
        except (StoreBusyError, StoreError) as error:
            self.trouble = str(error)
            raise
        self.trouble = ""
