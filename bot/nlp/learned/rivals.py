"""Which of several rungs of one track does an item report?

Refuses to do: how likely each is stands in joining.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.nlp.candidates import Candidate
from bot.nlp.learned.joining import FAINT


def one_a_track(joined: Sequence[Candidate], second: float) -> tuple[Candidate, ...]:
    """Make doubtful what is less sure than another rung of the same track.

    Items do report two rungs of one track (a claim and its denial), but seldom: a second one has to be likely itself.

    Args:
        second: probability that a second rung needs.
    """
    best: dict[str, float] = {}
    for c in joined:
        best[c.track] = max(best.get(c.track, 0.0), c.confidence)
    return tuple(
        c
        if c.confidence >= min(second, best[c.track])
        else replace(
            c,
            confidence=min(c.confidence, FAINT),
            trace=(*c.trace, f"doubtful: another rung of {c.track} is surer, and this one is below {second:.2f}"),
        )
        for c in joined
    )
