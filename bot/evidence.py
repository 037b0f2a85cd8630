"""What is a reading of an article as evidence?

Refuses to do: nothing is decided from it (bot/ledger/), and no edit is judged (bot/intake.py).
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.developments import fingerprint, origin_of
from bot.domain import Article, Evidence, Reading
from bot.identity import evidence_id


def evidence_of(
    article: Article, readings: Sequence[Reading], language: str = "", *, silent: bool = False
) -> tuple[Evidence, ...]:
    """Return one piece of evidence for each reading of an article.

    Args:
        language: that the article was read in; its own by default.
        silent: it fills the ledger and is never told.
    """
    if not readings:
        return ()
    prints = fingerprint(article.title, article.text)
    return tuple(
        Evidence(
            id=evidence_id(article.key, reading),
            article=article.key,
            track=reading.track,
            holder=reading.holder,
            rung=reading.rung,
            by=reading.by,
            quote=reading.quote,
            confidence=reading.confidence,
            origin=origin_of(reading.origin, article.origin_group),
            dated=article.dated,
            seen=article.seen,
            title=article.title,
            url=article.url,
            publisher=article.publisher,
            origin_group=article.origin_group,
            tier=article.tier,
            language=language or article.language,
            fingerprint=prints,
            silent=silent,
        )
        for reading in readings
    )
