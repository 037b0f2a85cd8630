"""What does the reader ask of the learned part?

Whether an item is near, whether it belongs to the storyline, and how sure each reading is once rules and the learned
part are joined. Loads its artefact when first asked, so that a process that reads nothing pays nothing.

Refuses to do: it finds no sentence and parses nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

import structlog

from bot.domain import Storyline
from bot.nlp.candidates import Candidate
from bot.nlp.learned.crediting import Creditor
from bot.nlp.learned.denied import Denied
from bot.nlp.learned.joining import Joiner, Weights
from bot.nlp.learned.opinion import Learned, Opinion, Unit, strange_rungs
from bot.nlp.learned.rivals import one_a_track
from bot.nlp.learned.wished import Wished
from bot.nlp.plain import Stretch, stretches
from bot.nlp.voices import Heard

log = structlog.get_logger()

_LONGEST = 600
"""Characters of one unit that are read."""

_OFF_TOPIC = 0.3
"""What the sieve must be surer by where the gate met no topic, as it does in all but one of 25 relevant items; of the
ordinary news that the sieve let through, four in five had none."""

_TOP = 3_000
"""Characters of a text that are looked at where the gate found no place of its own."""


def advisor_for(storyline: Storyline) -> Advisor | None:
    """Return the learned part where it was trained on this storyline's ladders; another team's is read by rules."""
    strange = strange_rungs(storyline)
    if strange:
        log.warning("learned_part_left_out", storyline=storyline.id, unknown=", ".join(strange))
        return None
    return Advisor(storyline)


class Advisor:
    """The learned part of one storyline.

    Args:
        storyline: the one that the artefact was trained on.
    """

    def __init__(self, storyline: Storyline) -> None:
        self._storyline = storyline

    @cached_property
    def _learned(self) -> Learned:
        return Learned(self._storyline)

    @cached_property
    def _joiner(self) -> Joiner:
        learned = self._learned
        weights = Weights(**learned.manifest["weights"])
        return Joiner(self._storyline, weights, learned.rungs, learned.holders, learned.bys)

    @cached_property
    def _creditor(self) -> Creditor:
        party = {holder.id: holder.id for holder in self._storyline.holders}
        party.update((speaker.id, speaker.holder) for speaker in self._storyline.speakers)
        return Creditor(self._learned.rungs, party)

    @property
    def floor(self) -> float:
        """Confidence below which a reading is kept for `why` and not acted on."""
        return float(self._learned.manifest["floors"]["reading"])

    def near(self, title: str, text: str, above: Iterable[str], below: Iterable[str], *, topic: bool) -> bool:
        """Tell whether an item is worth the encoder's time.

        Args:
            above, below: keys that the gate found in title and text.
            topic: the gate met a topic of the storyline.
        """
        floor = float(self._learned.manifest["floors"]["near"]) + (0.0 if topic else _OFF_TOPIC)
        return self._learned.sieve(title, text, above, below) >= floor

    def opinion(self, title: str, text: str, places: Sequence[Stretch]) -> Opinion:
        """Judge the title and the places of a text; the top of the text where no place is given."""
        return self._learned.opinion(tuple(units(title, text, places or ((0, min(len(text), _TOP)),))))

    def again(self, units: Sequence[Unit]) -> Opinion:
        """Judge some units of an item by themselves."""
        return self._learned.opinion(tuple(units))

    def undenied(
        self, opinion: Opinion, denied: Denied, every: Sequence[Candidate]
    ) -> tuple[Opinion, tuple[Candidate, ...]]:
        """Return what is thought of an item apart from what it denies, and the denials."""
        return denied.heard(opinion, self._learned.rungs, self.again, every) if denied else (opinion, ())

    def unwished(self, opinion: Opinion, wished: Wished) -> Opinion:
        """Return what is thought of an item apart from what is only wished of a holder."""
        return wished.heard(opinion, self._learned.rungs, {track.id: track.holders for track in self._storyline.tracks})

    def relevant(self, opinion: Opinion, *, gate: bool) -> tuple[bool, float]:
        """Tell whether the item belongs to the storyline, and with what probability."""
        sure = self._joiner.relevance(opinion, gate=gate)
        return sure >= float(self._learned.manifest["floors"]["relevance"]), sure

    def join(self, opinion: Opinion, settled: Sequence[Candidate], every: Sequence[Candidate]) -> tuple[Candidate, ...]:
        """Return the candidates of both, the probability of each as its confidence."""
        return one_a_track(
            self._joiner.join(opinion, settled, every), float(self._learned.manifest["floors"]["second"])
        )

    def credit(
        self, joined: Sequence[Candidate], opinion: Opinion, every: Sequence[Candidate], heard: Heard
    ) -> tuple[Candidate, ...]:
        """Return what was joined, the reports among it with whom they come from where no rule found that."""
        return self._creditor.credit(joined, opinion, every, heard)


def units(title: str, text: str, places: Sequence[Stretch]) -> Iterator[Unit]:
    """Yield the units of an item: the title, then the rough sentences of the places."""
    if title.strip():
        yield Unit(title[:_LONGEST], 0, title=True)
    for start, end in places:
        for first, last in stretches(text[start:end]):
            yield Unit(text[start + first : start + last][:_LONGEST], start + first, title=False)
