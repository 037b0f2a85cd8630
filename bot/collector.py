"""How much of the bot's time goes into looking for garbage?

Python looks for cycles after every few hundred new objects, and now and then through all that is alive: modules,
settings, prepared statements, which last as long as the bot. A feed's thirty items are hundreds of objects without a
cycle among them, so a fifth of what a first poll cost was such looking; of what a reader's start costs, a tenth.

Refuses to do: cycles among what comes later are still found, only later; what was there when it was frozen is looked
through no more, so nothing is frozen that comes and goes.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

NEW_OBJECTS = 20_000
"""Containers that may be made before the youngest are looked through: some megabytes at most."""
ROUNDS = 20
"""Looks at the younger ones for one at the older ones."""


def spare_collector() -> None:
    """Leave alone what is there now, for it stays, and look less often at what comes; for when all is built."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(NEW_OBJECTS, ROUNDS, ROUNDS)


@contextmanager
def lasting() -> Iterator[None]:
    """Build within it what stays until the process ends: nothing is looked for meanwhile, and it is left alone then."""
    looking = gc.isenabled()
    gc.disable()
    try:
        yield
        spare_collector()
    finally:
        if looking:
            gc.enable()
