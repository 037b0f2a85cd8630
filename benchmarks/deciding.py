"""How many readings are decided in a second, and does memory stay flat?

    .venv/bin/python benchmarks/deciding.py [--readings N]

Made-up readings of the shipped storyline's ledgers are decided one by one, as ingest does: all evidence of the window,
the alerts told and the time in, a decision out, settled openings kept. `sparse` has a reading of a ledger every twelve
hours (about 35 in a window), `crowded` every six (about 70). One process, one core; the store and the reader are not in
it. Memory is the growth of the process between the tenth and the last part of the sparse run. The bars are the
project's own: 2,000 a second in both, memory flat over 1,000,000 readings (`--readings 1000000`).

Refuses to do: nothing is stored or told.
"""

from __future__ import annotations

import argparse
import json
import resource
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from random import Random

from bot.domain import Alert, By, Evidence, Standing, Storyline, Tier
from bot.ledger import EVIDENCE_WINDOW, decide, opening
from config import load_storyline

START = datetime(2025, 1, 1, tzinfo=UTC)
LEDGERS = (("seoul-arms", "south-korea"), ("seoul-moscow", "south-korea"), ("pyongyang-war", "north-korea"))
BAR = 2000


class Desk:
    """One ledger with what its next decision needs."""

    def __init__(self, storyline: Storyline, track: str, holder: str) -> None:
        self.storyline, self.track, self.holder = storyline, track, holder
        self.rungs = [rung.id for rung in storyline.track(track).rungs if not rung.reversal]
        self.opened: tuple[Standing, datetime] = (opening(storyline, track, holder, START), START)
        self.evidence: list[Evidence] = []
        self.told: dict[str, Alert] = {}

    def reading(self, number: int, at: datetime, random: Random) -> Evidence:
        """Make a reading; four of five say what is said most."""
        rung = self.rungs[1] if random.random() < 0.8 else random.choice(self.rungs[:5])
        house = random.choice("ABCDEFGHIJ")
        return Evidence(
            id=f"{number}/{rung}",
            article=str(number),
            track=self.track,
            holder=self.holder,
            rung=rung,
            by=random.choice([By.OFFICIAL, By.REPORTED]),
            quote=f"{self.holder}: {rung}",
            confidence=1.0,
            origin=house,
            dated=at,
            seen=at,
            title="",
            url="",
            publisher=house,
            origin_group=house,
            tier=Tier.OUTLET,
            language="en",
            fingerprint=tuple(random.randrange(1 << 32) for _ in range(24)),
        )

    def decide(self, reading: Evidence) -> float:
        """Decide one reading more; return the seconds of processor time it took."""
        start, since = self.opened
        self.evidence = [e for e in (*self.evidence, reading) if e.dated >= since]
        told = [alert for alert in self.told.values() if alert.at >= reading.seen - EVIDENCE_WINDOW]
        begun = time.process_time()
        decision = decide(self.storyline, start, self.evidence, told, reading.seen, since=since)
        spent = time.process_time() - begun
        self.told = {alert.id: alert for alert in (*told, *decision.alerts)}
        if decision.settled:
            self.opened = decision.settled
        return spent


def run(readings: int, gap: timedelta) -> Iterator[tuple[int, float, int]]:
    """Yield, for each reading decided: its number, the seconds it took, and the readings in its window."""
    random = Random(1)
    storyline = load_storyline(None)
    desks = [Desk(storyline, *ledger) for ledger in LEDGERS]
    for number in range(readings):
        desk = desks[number % len(desks)]
        reading = desk.reading(number, START + gap * (number // len(desks)), random)
        yield number, desk.decide(reading), len(desk.evidence)


def measured(readings: int, gap: timedelta) -> dict[str, float]:
    """Return readings a second, readings in a window, and how much memory grew after the first tenth, in MB."""
    seconds, window, early = 0.0, 0, 0
    for number, spent, many in run(readings, gap):
        seconds += spent
        window += many
        if number == readings // 10:
            early = _peak()
    return {
        "per_second": round(readings / seconds),
        "window": round(window / readings, 1),
        "grown_mb": round((_peak() - early) / 1024, 1),
    }


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def main() -> None:
    """Print the two rows and the JSON line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--readings", type=int, default=30_000, help="of the sparse run; 30000 by default")
    args = parser.parse_args()
    out = {
        "sparse": measured(args.readings, timedelta(hours=12)),
        "crowded": measured(min(args.readings, 10_000), timedelta(hours=6)),
    }
    for name, row in out.items():
        ok = "reached" if row["per_second"] >= BAR else "missed"
        print(
            f"{name:8} {row['per_second']:6} readings a second ({BAR}: {ok}), {row['window']} in a window, "
            f"peak memory grew by {row['grown_mb']} MB after the first tenth"
        )
    print(json.dumps(out))


if __name__ == "__main__":
    main()
