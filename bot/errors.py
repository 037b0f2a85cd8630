"""What can go wrong, and is it worth trying again?

    StancewatchError
    ├── PermanentError            trying again changes nothing; a person has to act
    │   ├── ConfigError           a file, line or field is wrong
    │   ├── InputError            what was given on the command line or standard input is wrong
    │   │   └── NotAllowedError   whoever asks in a chat may not change this
    │   ├── StoreError            the database is of another version, damaged, or in use by another bot
    │   │   └── ClaimedError      another bot works with the database
    │   ├── RefusedAddressError   an address that must not be fetched (private, not http, …)
    │   ├── SourceGoneError       the source says that it is gone (410)
    │   ├── NotAFeedError         what came back is no feed
    │   ├── NotAPageError         what came back is no page that an article can be read from
    │   ├── PageGoneError         the page is not there (404, 410)
    │   ├── OversizeError         more bytes than the cap allows
    │   └── UndeliverableError    the channel is gone, or the bot may not write there
    └── TransientError            the same call may work later
        ├── FetchError            a time-out, a dropped connection, an error status
        │   └── BotCheckError     a check that only a browser or a person gets past
        ├── WorkerError           a worker process died or ran out of its time
        ├── StoreBusyError        the database is locked or out of reach
        └── DeliveryError         the platform answered with an error that passes

Refuses to do: nothing is logged or handled here; whoever can act on an error catches it.
"""

from __future__ import annotations


class StancewatchError(Exception):
    """The root of everything that Stancewatch raises on purpose.

    The message is one line for a person: what is wrong, where, and what to do.
    """


class PermanentError(StancewatchError):
    """Trying again changes nothing; a person has to act."""


class TransientError(StancewatchError):
    """The same call may work later.

    Args:
        message: one line for a person.
        retry_after: seconds that the other side asked to wait, if it did.
    """

    def __init__(self, message: str, *, retry_after: float | None = None) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class ConfigError(PermanentError):
    """A configuration file is wrong: the message names the file, the line and what to do."""


class InputError(PermanentError):
    """What was given on the command line or on standard input is wrong."""


class NotAllowedError(InputError):
    """Whoever asks in a chat may not change this.

    Args:
        act: what they wanted to change, a value of bot.domain.Act.
        needed: name of the rank that may, of bot.domain.Rank.
    """

    def __init__(self, message: str, act: str, needed: str) -> None:
        super().__init__(message)
        self.act = act
        self.needed = needed


class StoreError(PermanentError):
    """The database is of another version, damaged, or in use by another bot."""


class ClaimedError(StoreError):
    """Another bot works with the database; it can be waited for."""


class RefusedAddressError(PermanentError):
    """The address must not be fetched: private, loopback, metadata, or not http(s)."""


class SourceGoneError(PermanentError):
    """The source says that it is gone for good (410)."""


class NotAFeedError(PermanentError):
    """What the address returned is no feed."""


class NotAPageError(PermanentError):
    """What the address returned holds no article that can be read."""


class PageGoneError(PermanentError):
    """The publisher says that there is no such page (404, 410)."""


class OversizeError(PermanentError):
    """The answer is larger than the cap, before or after decompression."""


class UndeliverableError(PermanentError):
    """The channel is gone, or the bot has no right to write there."""


class FetchError(TransientError):
    """A time-out, a dropped connection or an error status.

    Args:
        status: of HTTP, 0 when there was no answer.
    """

    def __init__(self, message: str, *, retry_after: float | None = None, status: int = 0) -> None:
        super().__init__(message, retry_after=retry_after)
        self.status = status


class BotCheckError(FetchError):
    """A bot check stands before what was asked for; it may be lifted, but waiting alone seldom mends it."""


class WorkerError(TransientError):
    """A worker process died or ran out of its time.

    Args:
        killed: what it was given to read is what ended it.
    """

    def __init__(self, message: str, *, killed: bool = False) -> None:
        super().__init__(message)
        self.killed = killed


class StoreBusyError(TransientError):
    """The database is locked or out of reach."""


class DeliveryError(TransientError):
    """The chat platform answered with an error that passes.

    Args:
        refused: the platform has certainly not done what it was asked; else it may have, and we never heard of it.
    """

    def __init__(self, message: str, *, retry_after: float | None = None, refused: bool = False) -> None:
        super().__init__(message, retry_after=retry_after)
        self.refused = refused
