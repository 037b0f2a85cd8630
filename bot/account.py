"""How did an alert come about, and who was told of it?

What it says and rests on, what each decision of it was made for, what it weighs and why, then channel by channel: the
rule by which it was told, waits, or was not told, and what the channel shows.

Refuses to do: nothing is decided or delivered; what is stored and the routes of now are put into words.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby

from bot.domain import Alert, Delivery, DeliveryState, Evidence, NoticeKind, Route, Severity, Storyline
from bot.ledger.reasons import Reason
from bot.ports import Store
from bot.routing import Ruling, choose
from bot.severity import weigh


@dataclass(frozen=True, slots=True)
class Names:
    """The English words of a storyline; an id that a later storyline has dropped stands for itself."""

    storyline: Storyline

    def holder(self, ident: str) -> str:
        """Return the name of a holder."""
        return next((h.names.get("en", ident) for h in self.storyline.holders if h.id == ident), ident)

    def track(self, ident: str) -> str:
        """Return the title of a track with its id."""
        known = self.storyline.find_track(ident)
        title = known.title.get("en", "") if known else ""
        return f"{title} ({ident})" if title else ident

    def rung(self, track: str, ident: str | None) -> str:
        """Return the label of a rung with its id; "nothing on record" for none."""
        if not ident:
            return "nothing on record"
        found = self.storyline.find_rung(track, ident)
        label = found.label.get("en", ident) if found else ident
        return ident if label.casefold() == ident.replace("-", " ") else f"{ident} ({label})"


def when(moment: datetime) -> str:
    """Return a moment as every line of an explanation has it."""
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M} UTC"


def named(alert: Alert, names: Names) -> str:
    """Return in one line which alert it is, and in which state."""
    return (
        f"alert     {alert.id}: {names.holder(alert.holder)} on {names.track(alert.track)}, {alert.register.value}: "
        f"{names.rung(alert.track, alert.from_rung)} -> {names.rung(alert.track, alert.to_rung)}; {alert.state.value}"
    )


def account_of(alert: Alert, store: Store, names: Names, routes: Sequence[Route]) -> Iterator[str]:
    """Yield how an alert came about and who was told, a step a line. Blocks."""
    yield f"  carried by {_count(alert.outlets, 'outlet')} of {_origins(alert)}"
    yield from _cited("for", alert.evidence)
    yield from _cited("against", alert.against)
    yield from _decided(store.alert_history(alert.id))
    yield f"  weight  {_weight(alert, names)}"
    yield from _channels(alert, store, routes)
    for given in store.feedback(alert.id):
        rung = f" (right: {names.rung(alert.track, given.rung)})" if given.rung else ""
        comment = f': "{given.comment}"' if given.comment else ""
        yield f"  said    {given.verdict.value}{rung} by {given.person}, {when(given.at)}{comment}"


def _cited(side: str, all_evidence: Sequence[Evidence]) -> Iterator[str]:
    """Yield what each origin was first heard to say, and who else prints the same."""
    firsts: dict[str, Evidence] = {}
    for evidence in all_evidence:
        firsts.setdefault(evidence.origin, evidence)
    for evidence in firsts.values():
        origin = "" if evidence.origin.casefold() == evidence.publisher.casefold() else f", origin {evidence.origin}"
        said = f'{evidence.publisher} ({evidence.by.value}{origin}), {when(evidence.dated)}: "{evidence.quote}"'
        yield f"  {side:<7} {said}"
    shown = {evidence.publisher for evidence in firsts.values()}
    copies = dict.fromkeys(evidence.publisher for evidence in all_evidence if evidence.publisher not in shown)
    if copies:
        yield f"  {side:<7} the same origins in {_count(len(copies), 'more outlet')}: {', '.join(copies)}"


def _decided(versions: Sequence[Alert]) -> Iterator[str]:
    """Yield what each decision was made for; a run of the same is one line."""
    for (event, reason), group in groupby(versions, key=lambda version: (version.event.value, version.reason)):
        run = list(group)
        times = f" {len(run)} times, last" if len(run) > 1 else ""
        yield f"  decided {event}{times} {when(run[-1].at)}: {_in_words(reason)}"


def _weight(alert: Alert, names: Names) -> str:
    grade = alert.severity.name.lower()
    known = [names.storyline.find_rung(alert.track, rung) for rung in (alert.to_rung, alert.from_rung) if rung]
    if not all(known):
        return grade
    track = names.storyline.track(alert.track)
    for confirmed in (alert.confirmed, not alert.confirmed):
        weight = weigh(track, alert.from_rung, alert.to_rung, alert.by, confirmed=confirmed)
        if weight.severity is alert.severity:
            return f"{grade}: {weight.line}"
    return f"{grade}, as it was weighed when it was decided"


def _channels(alert: Alert, store: Store, routes: Sequence[Route]) -> Iterator[str]:
    """Yield a line for every channel that was asked to show it, and for every route whose channel was not."""
    asked = store.deliveries(NoticeKind.ALERT, alert.id)
    for delivery in asked:
        place = f"{delivery.platform} {delivery.channel} (route {delivery.route})"
        yield f"  channel {place}: {_delivered(delivery, alert, store)}"
    reached = {(delivery.platform, delivery.channel) for delivery in asked}
    for route in routes:
        if (route.platform, route.channel) not in reached:
            yield f"  channel {route.platform} {route.channel} (route {route.name}): {_left_out(route, alert)}"
    if not asked and not routes:
        yield "  channel none: there is no route"


def _left_out(route: Route, alert: Alert) -> str:
    ruling = choose(route, alert)
    if ruling is Ruling.TOLD:
        return "not told: the route was made, or changed, after this was decided"
    if ruling is Ruling.TOO_LIGHT:
        return f"{ruling.line}: {_level(alert.severity)} where it asks for {_level(route.min_severity)}"
    if ruling is Ruling.DIGEST_ONLY:
        return f"{ruling.line}, at {', '.join(f'{time:%H:%M}' for time in route.digest)} {route.timezone}"
    return ruling.line


def _delivered(delivery: Delivery, alert: Alert, store: Store) -> str:
    trouble = f"; {delivery.error}" if delivery.error else ""
    if delivery.state is DeliveryState.FAILED:
        return f"given up{trouble}"
    if not delivery.ref:
        if delivery.state is DeliveryState.SENT:
            return delivery.error or "not posted"
        if delivery.held:
            return f"waits: {delivery.held}; looked at again {when(delivery.due)}"
        return f"told, and about to be posted{trouble}"
    since = f" {when(delivery.posted)}" if delivery.posted else ""
    woken = f", waking {delivery.mention}" if delivery.mention else ""
    others = [other.subject for other in store.message(delivery) if other.subject != alert.id]
    together = f", in one message with {', '.join(others)}" if others else ""
    now = "up to date" if delivery.sent >= alert.version else f"shows version {delivery.sent} of {alert.version}"
    return f"told: posted{since}{woken}{together}; {now}{trouble}"


def _level(severity: Severity) -> str:
    return severity.name.lower()


def _origins(alert: Alert) -> str:
    named = ", ".join(dict.fromkeys(e.origin for e in alert.evidence))
    return f"{_count(alert.origins, 'origin')} ({named})"


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'s' * (number != 1)}"


def _in_words(reason: str) -> str:
    """Return a stored reason with its sentence; one that an older version named stands alone."""
    return f"{reason}: {Reason(reason).line}" if reason in set(Reason) else reason
