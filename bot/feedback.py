"""What do people say of the alerts they got, and what does that teach the reader?

One verdict a person and alert; a new one takes the place of the old, which is kept. Exported, the verdicts are items
with labels, in the form that evaluation data has, so that what people corrected is measured from then on.

Refuses to do: nothing is learned here, and a verdict changes no ledger.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import structlog

from bot.domain import Alert, Article, Feedback, Reading, ReadResult, Storyline, Verdict
from bot.errors import InputError
from bot.lookup import alert_of
from bot.ports import Store

log = structlog.get_logger()

LONGEST_COMMENT = 1000

Answer = tuple[Verdict, str]
"""A verdict and the right rung, "" where the alert's own is right or none is."""


@dataclass(frozen=True, slots=True)
class Judged:
    """An alert with what people say of it."""

    alert: Alert
    verdicts: tuple[Feedback, ...]

    @property
    def answer(self) -> Answer | None:
        """What most of them say; None where as many say another thing."""
        told = Counter((given.verdict, given.rung) for given in self.verdicts).most_common(2)
        tied = len(told) > 1 and told[0][1] == told[1][1]
        return None if tied or not told else told[0][0]


def give(store: Store, storyline: Storyline, given: Feedback) -> Feedback:
    """Store a verdict, and return it as it is stored. Blocks.

    Raises:
        InputError: there is no such alert, or the rung is not one that would be right instead of the alert's own.
    """
    alert = alert_of(store, given.alert)
    track = storyline.find_track(alert.track)
    right = [rung.id for rung in track.rungs if rung.id != alert.to_rung] if track else []
    if given.verdict is Verdict.WRONG_RUNG and given.rung not in right:
        raise InputError(f"which rung of {alert.track} is right? one of: {', '.join(right)}")
    if given.verdict is not Verdict.WRONG_RUNG and given.rung:
        raise InputError(f"a rung goes with {Verdict.WRONG_RUNG.value} only")
    comment = " ".join(given.comment.split())[:LONGEST_COMMENT]
    kept = Feedback(given.alert, given.person, given.at, given.verdict, given.rung, comment)
    with store.unit() as unit:
        unit.save_feedback(kept)
    log.info("feedback", alert=kept.alert, verdict=kept.verdict.value, person=kept.person)
    return kept


def judged(store: Store) -> tuple[Judged, ...]:
    """Return every alert that somebody judged, by the time of its first verdict that holds. Blocks."""
    verdicts: dict[str, list[Feedback]] = {}
    for given in store.feedback():
        verdicts.setdefault(given.alert, []).append(given)
    return tuple(Judged(alert_of(store, alert), tuple(given)) for alert, given in verdicts.items())


def export(store: Store) -> tuple[list[dict[str, object]], tuple[str, ...]]:
    """Return items with labels, by article, and the ids of the alerts on which people do not agree. Blocks.

    An item is the article whose sentence the alert quoted, as that is what people judged. Its labels are what was
    read in it: the judged one as it should be, or none; those that nobody judged are marked `judged: false`.
    """
    answers: dict[str, dict[tuple[str, str, str], Answer]] = {}
    split: list[str] = []
    for one in judged(store):
        if one.answer is None:
            split.append(one.alert.id)
            continue
        lead = one.alert.lead
        answers.setdefault(lead.article, {})[(lead.track, lead.holder, lead.rung)] = one.answer
    found = ((store.article(key), answer) for key, answer in answers.items())
    return [_item(*article, answer) for article, answer in found if article], tuple(split)


def _item(article: Article, result: ReadResult, answers: dict[tuple[str, str, str], Answer]) -> dict[str, object]:
    labels = list(_labels(result.readings, answers))
    return {
        "id": f"feedback-{article.key}",
        "url": article.url,
        "date": article.dated.date().isoformat(),
        "lang": result.language or article.language,
        "title": article.title,
        "text": article.text,
        "publisher": article.publisher,
        # A position that is none of this storyline's may still be news that its readers want.
        "relevant": result.relevant,
        "labels": labels,
    }


def _labels(readings: Iterable[Reading], answers: dict[tuple[str, str, str], Answer]) -> Iterator[dict[str, object]]:
    for reading in readings:
        verdict, rung = answers.get((reading.track, reading.holder, reading.rung), (None, ""))
        if verdict is Verdict.NOT_A_SHIFT:
            continue
        yield {
            "track": reading.track,
            "rung": rung or reading.rung,
            "holder": reading.holder,
            "by": reading.by.value,
            "quote": reading.quote,
            "judged": verdict is not None,
        }
