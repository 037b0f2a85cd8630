"""Which decisions do rules read so plainly that the learned part's silence does not undo them?

"Seoul will send shells" is the plainest of headlines, and the learned part has seen few: what it knows is told with
"decided", "in principle", "once". Where rules read such a decision surely and the learned part hears nothing else of
the track, it is taken to have heard it faintly.

Refuses to do: where another rung of the track is heard, or the learned part is sure that there is none, it stays at
that; so does every track on which nobody decides upon a deed that it could refuse as well.
"""

from __future__ import annotations

from collections.abc import Iterator

from bot.domain import Factuality, Register, Storyline

_SURE = 0.85
"""Confidence of rules that read a decision outright."""

_OPEN, _ANOTHER = -5.0, 2.0
"""Log odds below which the learned part is sure that a rung is not reported, and at which another one is heard."""

_FAINTLY = -0.5


class Outright:
    """Takes a decision that rules read outright for one that the learned part hears, too."""

    def __init__(self, storyline: Storyline) -> None:
        self._decisions = frozenset(_decisions(storyline))

    def odds(self, key: tuple[str, str], learned: float, rival: float, rule: float) -> float:
        """Return the log odds of a rung, given by its track and id.

        Args:
            learned, rival: the learned part's log odds of it, and of the strongest other rung of the track.
            rule: confidence of the rules' reading, 0 for none.
        """
        plain = key in self._decisions and rule >= _SURE and rival < _ANOTHER and learned >= _OPEN
        return max(learned, _FAINTLY) if plain else learned


def _decisions(storyline: Storyline) -> Iterator[tuple[str, str]]:
    """Yield the rungs, each with its track, of a decision, short of the deed, that its holder could as well refuse."""
    for track in storyline.tracks:
        deeds = {rung.id for rung in track.rungs if rung.register is Register.DEED}
        for rungs in (frame.rungs for frame in track.events if not track.deeds_outrank_words):
            decided, done = rungs.get(Factuality.DECIDED), rungs.get(Factuality.DONE)
            if decided and decided != done and done in deeds and Factuality.REFUSED in rungs:
                yield track.id, decided
