"""Why was this told, or why not?

For an address or an article: the gate that stopped it, or every step from sentence to channel, with the named reason
of what each reading did to its ledger. For an alert: what it rests on, the reason of its last decision, and where it
was delivered.

Refuses to do: nothing is read or told again. The ledger is folded from what is stored, as every decision does, and
nothing is kept of it.
"""

from __future__ import annotations

from collections.abc import Iterator

from bot.domain import Alert, Article, Delivery, NoticeKind, Reading, ReadResult, Rung, Storyline
from bot.errors import InputError
from bot.identity import evidence_id
from bot.ledger import ledgers_of, reasons_in, voices_in
from bot.ledger.reasons import Reason
from bot.ports import Store

SETTLED = "settled: It was folded into the ledger weeks ago, and the reason is no longer kept."


def explain(store: Store, storyline: Storyline, what: str) -> tuple[str, ...]:
    """Return the explanation of an address, an article key or an alert id, one step a line.

    Raises:
        InputError: nothing of that name is stored.
    """
    found = store.article(what)
    if found is not None:
        article, result = found
        alerts = store.article_alerts(article.key)
        return tuple(_of_article(article, result, alerts, store, storyline))
    try:
        notice = store.notice(NoticeKind.ALERT, what)
    except KeyError:
        raise InputError(
            f"{what}: neither an address nor an alert that is stored; an article has to have been polled first"
        ) from None
    if not isinstance(notice, Alert):
        raise InputError(f"{what}: not an alert")
    return tuple(_of_alert(notice, store, storyline))


def _of_article(
    article: Article, result: ReadResult, alerts: tuple[Alert, ...], store: Store, storyline: Storyline
) -> Iterator[str]:
    yield f"article   {article.title}"
    yield f"from      {article.publisher} ({article.tier.value}), {article.dated:%Y-%m-%d %H:%M} UTC, {article.url}"
    yield f"first seen {article.seen:%Y-%m-%d %H:%M} UTC in source {article.source}"
    yield f"gate      {result.gate}"
    yield f"relevant  {'yes' if result.relevant else 'no'}, read as {result.language or 'unknown language'}"
    if not result.readings:
        yield "reading   none: it reports no position of this storyline"
    for reading in result.readings:
        yield from _of_reading(reading, storyline)
        yield from _of_decision(article, reading, store, storyline)
    for reading in result.doubtful:
        yield from _of_reading(reading, storyline, doubtful=True)
    if result.readings and not alerts:
        yield "alert     none carries it, for the reasons that stand with its readings"
    for alert in alerts:
        yield from _of_alert(alert, store, storyline)


def _of_reading(reading: Reading, storyline: Storyline, *, doubtful: bool = False) -> Iterator[str]:
    rung = _rung(reading, storyline)
    kind = rung.register.value if rung else "a rung that the storyline no longer has"
    note = ", too doubtful to act on" if doubtful else ""
    yield (
        f"reading   {_name(reading.holder, storyline)}: {reading.track} = {reading.rung} "
        f"({kind}, {reading.by.value}, confidence {reading.confidence:.2f}{note})"
    )
    yield f'  quote   "{reading.quote}"'
    for step in reading.trace:
        yield f"  step    {step}"


def _of_decision(article: Article, reading: Reading, store: Store, storyline: Storyline) -> Iterator[str]:
    """Say what a reading did to its ledger, and to the one that its holder is a voice for."""
    if _rung(reading, storyline) is None:
        return
    for holder in ledgers_of(storyline, reading.track, reading.holder):
        reason = _reason(evidence_id(article.key, reading), reading.track, holder, store, storyline)
        said = f"{reason}: {reason.line}" if reason else SETTLED
        of = f" of {_name(holder, storyline)}" if holder != reading.holder else ""
        yield f"  ledger{of}  {said}"


def _reason(evidence: str, track: str, holder: str, store: Store, storyline: Storyline) -> Reason | None:
    found = store.opening(track, holder)
    if found is None:
        return None
    start, since = found
    window = [e for voice in voices_in(storyline, track, holder) for e in store.evidence(track, voice, since)]
    return reasons_in(storyline, start, window).get(evidence)


def _rung(reading: Reading, storyline: Storyline) -> Rung | None:
    """Return the rung of a reading, None where a later storyline has dropped it."""
    ladders = (track.rungs for track in storyline.tracks if track.id == reading.track)
    return next((rung for rungs in ladders for rung in rungs if rung.id == reading.rung), None)


def _name(holder: str, storyline: Storyline) -> str:
    """Return the English name of a holder, its id where a later storyline has dropped it."""
    return next((known.names.get("en", holder) for known in storyline.holders if known.id == holder), holder)


def _of_alert(alert: Alert, store: Store, storyline: Storyline) -> Iterator[str]:
    yield (
        f"alert     {alert.id}: {_name(alert.holder, storyline)}, {alert.track}, {alert.register.value} register, "
        f"{alert.from_rung or 'nowhere'} -> {alert.to_rung}"
    )
    yield f"  state   {alert.state.value}, version {alert.version}, {alert.event.value} {alert.at:%Y-%m-%d %H:%M} UTC"
    yield f"  reason  {_in_words(alert.reason)}"
    for evidence in alert.evidence:
        yield (
            f"  for     {evidence.publisher} ({evidence.by.value}, origin {evidence.origin}), "
            f'{evidence.dated:%Y-%m-%d}: "{evidence.quote}"'
        )
    for evidence in alert.against:
        yield f'  against {evidence.publisher} ({evidence.by.value}), {evidence.dated:%Y-%m-%d}: "{evidence.quote}"'
    for delivery in store.deliveries(NoticeKind.ALERT, alert.id):
        yield f"  channel {_of_delivery(delivery)}"


def _in_words(reason: str) -> str:
    """Return a stored reason with its sentence; one that an older version named stands alone."""
    return f"{reason}: {Reason(reason).line}" if reason in set(Reason) else reason


def _of_delivery(delivery: Delivery) -> str:
    shown = f"shows version {delivery.sent}" if delivery.sent else "nothing posted yet"
    trouble = f"; {delivery.error}" if delivery.error else ""
    return f"{delivery.platform} {delivery.channel} (route {delivery.route}): {delivery.state.value}, {shown}{trouble}"
