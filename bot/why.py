"""Why was this told, or why not?

For an address or an article: the gate that stopped it, or every step from sentence to channel, with the named reason
of what each reading did to its ledger. For an alert: the steps of the sentence that it quotes, what it rests on, what
each decision was made for, what it weighs, and channel by channel whether it was told.

Refuses to do: nothing is read or told again. The ledger is folded from what is stored, as every decision does, and
nothing is kept of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.account import Names, account_of, named, when
from bot.domain import Alert, Article, NoticeKind, Reading, ReadResult, Route, Standing, Storyline
from bot.errors import InputError
from bot.identity import evidence_id
from bot.ledger import ALWAYS, ledgers_of, reasons_in, voices_in
from bot.ledger.reasons import Reason
from bot.pagestory import page_lines
from bot.ports import Store

SETTLED = "settled: It was folded into the ledger before its opening was kept, and the reason with it."

_STOPS = {
    "no holder": "Nobody is named whose position is watched",
    "no topic": "Holders are named, but not what this storyline is about",
    "no cue": "It belongs to the storyline, but no words in it can carry a position that rules know",
    "far from the storyline": "Holders are named, but its words are too unlike those of this storyline",
}
"""What the gate says, and the sieve behind it; where the learned part has read on, "; learned: …" follows."""
_CUE = re.compile(r", cue '(.*)'\)$")
_LONGEST_CUE = 60
_LANGUAGES = {"en": "English", "ko": "Korean", "ru": "Russian", "uk": "Ukrainian"}


def explain(store: Store, storyline: Storyline, what: str, routes: Sequence[Route] = ()) -> tuple[str, ...]:
    """Return the explanation of an address, an article key or an alert id, one step a line. Blocks.

    Args:
        routes: those that there are now, for the channels that were not told.

    Raises:
        InputError: nothing of that name is stored.
    """
    trail = _Trail(store, Names(storyline), tuple(routes))
    found = store.article(what)
    if found is not None:
        return tuple(trail.of_article(*found))
    try:
        notice = store.notice(NoticeKind.ALERT, what)
    except KeyError:
        raise InputError(
            f"{what}: neither an address nor an alert that is stored; an article has to have been polled first"
        ) from None
    assert isinstance(notice, Alert), "alerts are kept as alerts"
    return tuple(trail.of_alert(notice))


def gate_words(said: str) -> str:
    """Return the word of the gate with what it means; alone, it is what an article ended at."""
    word, learned, more = said.partition("; ")
    if word not in _STOPS:
        return said
    return f"{word}: {_STOPS[word]}" + (f"; {more}" if learned else ", so nothing of it was read.")


@dataclass(frozen=True, slots=True)
class _Trail:
    """What an explanation is made of."""

    store: Store
    names: Names
    routes: tuple[Route, ...]

    def of_article(self, article: Article, result: ReadResult) -> Iterator[str]:
        alerts = self.store.article_alerts(article.key)
        yield from self._head(article, result)
        for reading in result.readings:
            yield from self._reading(reading)
            yield from self._decision(article, reading)
        for reading in result.doubtful:
            yield from self._reading(reading, doubtful=True)
        if not alerts:
            stopped = "it went no further" if not result.readings else "what its readings did stands with them"
            yield f"alert     none carries it: {stopped}"
        for alert in alerts:
            yield named(alert, self.names)
            yield from account_of(alert, self.store, self.names, self.routes)

    def of_alert(self, alert: Alert) -> Iterator[str]:
        """Yield how the sentence that an alert quotes was read, and then what came of it."""
        yield named(alert, self.names)
        found = self.store.article(alert.lead.article)
        if found is not None:
            article, result = found
            yield from self._head(article, result)
            for reading in result.readings:
                if (reading.track, reading.rung) == (alert.lead.track, alert.lead.rung):
                    yield from self._reading(reading)
                    yield from self._decision(article, reading)
            yield "told      what came of it:"
        yield from account_of(alert, self.store, self.names, self.routes)

    def _head(self, article: Article, result: ReadResult) -> Iterator[str]:
        yield f"article   {article.title}"
        place = article.url or "no address"
        yield f"from      {article.publisher} ({article.tier.value}), {when(article.dated)}, {place}"
        dated = "" if article.published else ", which stands in for the date that it lacks"
        yield f"seen      first {when(article.seen)} in source {article.source}{dated}"
        yield f"gate      {gate_words(result.gate)}"
        yield from page_lines(article, self.store.doubts.page(article.key), relevant=result.relevant)
        spoken = _LANGUAGES.get(result.language, result.language or "an unknown language")
        belongs = "belongs to the storyline" if result.relevant else "not of this storyline"
        yield f"relevant  {'yes' if result.relevant else 'no'}: {belongs}; in {spoken}"
        if result.relevant and not result.readings and result.gate not in _STOPS:
            doubt = "none sure enough to act on" if result.doubtful else "none: it reports no position"
            yield f"reading   {doubt}"

    def _reading(self, reading: Reading, *, doubtful: bool = False) -> Iterator[str]:
        rung = self.names.storyline.find_rung(reading.track, reading.rung)
        kind = rung.register.value if rung else "a rung that the storyline no longer has"
        note = ", too doubtful to act on" if doubtful else ""
        yield (
            f"reading   {self.names.holder(reading.holder)} on {self.names.track(reading.track)}: "
            f"{self.names.rung(reading.track, reading.rung)} "
            f"({kind}, {reading.by.value}, confidence {reading.confidence:.2f}{note})"
        )
        yield f'  quote   "{reading.quote}"'
        for step in reading.trace:
            if not step.startswith("sentence: "):  # the quote is that
                yield f"  step    {_CUE.sub(_short_cue, step)}"

    def _decision(self, article: Article, reading: Reading) -> Iterator[str]:
        """Say what a reading did to its ledger, and to the one that its holder is a voice for."""
        if self.names.storyline.find_rung(reading.track, reading.rung) is None:
            return
        for holder in ledgers_of(self.names.storyline, reading.track, reading.holder):
            reason = self._reason(evidence_id(article.key, reading), reading.track, holder)
            said = f"{reason}: {reason.line}" if reason else SETTLED
            of = f" of {self.names.holder(holder)}" if holder != reading.holder else ""
            yield f"  ledger{of}  {said}"

    def _reason(self, evidence: str, track: str, holder: str) -> Reason | None:
        """Return why a reading did what it did, folded from what the ledger was opened with where it is settled."""
        recent = self._fold(self.store.opening(track, holder), track, holder).get(evidence)
        first = self.store.first_opening(track, holder)
        return recent or self._fold(first and (first[0], ALWAYS), track, holder).get(evidence)

    def _fold(self, start: tuple[Standing, datetime] | None, track: str, holder: str) -> dict[str, Reason]:
        if start is None:
            return {}
        standing, since = start
        voices = voices_in(self.names.storyline, track, holder)
        window = [e for voice in voices for e in self.store.evidence(track, voice, since)]
        return dict(reasons_in(self.names.storyline, standing, window))


def _short_cue(found: re.Match[str]) -> str:
    """Return the end of a step with as much of its cue as somebody reads who did not write it."""
    cue = found[1] if len(found[1]) <= _LONGEST_CUE else f"{found[1][:_LONGEST_CUE]}…"
    return f", cue '{cue}')"
