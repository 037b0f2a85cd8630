"""What is a process told when it is forked, and how does it die?

Refuses to do: it chooses nothing (crashing/rounds.py).
"""

from __future__ import annotations

import ctypes
import os
import signal
import struct
import time
from dataclasses import dataclass


@dataclass(frozen=True)
class Order:
    """What is started, and where it dies.

    Args:
        step, at: it dies when it comes to this step for the `at`th time; "" for never.
        threads: what blocks is done on threads.
        cpu: or when it has computed for so many seconds; 0 for never.
        base: address of the platforms.
        begin, leader, bot: of the clock.
        folder: with the configuration, the stories and the log.
        holders: that the storyline has.
        file: of the backup, for the steps of one.
    """

    step: str
    at: int
    threads: bool
    cpu: float
    seed: int
    base: str
    begin: float
    leader: int
    bot: int
    url: str
    folder: str
    holders: int
    file: str = ""


class Death:
    """Kills this process, as if the power were cut, when a step is reached for the nth time."""

    def __init__(self, order: Order) -> None:
        self._step, self._left = order.step, order.at

    def __call__(self, step: str) -> None:
        """Come to a step."""
        if step == self._step:
            self._left -= 1
            if self._left <= 0:
                os.kill(os.getpid(), signal.SIGKILL)


def die_after(seconds: float) -> None:
    """Have this process killed by the kernel once it has computed for so long (timer_create(2), SIGKILL)."""
    libc, timer = ctypes.CDLL(None, use_errno=True), ctypes.c_void_p()
    # struct sigevent: the value, the signal, SIGEV_SIGNAL, padding; struct itimerspec: the interval, the first time.
    event = struct.pack("<Qii48x", 0, signal.SIGKILL, 0)
    first = struct.pack("<qqqq", 0, 0, int(seconds), int(seconds % 1 * 1e9))
    made = libc.timer_create(time.CLOCK_PROCESS_CPUTIME_ID, event, ctypes.byref(timer))
    assert made == 0, os.strerror(ctypes.get_errno())
    assert libc.timer_settime(timer, 0, first, None) == 0


def end_with_parent() -> None:
    """Have this process killed when its parent is gone (prctl(2), PR_SET_PDEATHSIG)."""
    ctypes.CDLL(None).prctl(1, signal.SIGKILL)
