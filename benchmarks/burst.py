"""Is everybody answered, once, when a thousand people ask in Slack at the same moment?

    python benchmarks/burst.py [--asked 1000]

A bot that stores, on a loopback Slack; commands and buttons of as many people, sent without waiting for any answer.
Prints how many got no answer, how many got two, how many were not acknowledged within Slack's three seconds, and the
slowest; exits 1 unless the first two are none.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import logging
import sys
import tempfile
import time

import structlog
from interactive import ask, loopback, opened_bot


async def measure(asked: int) -> dict[str, float]:
    """Ask everything in one moment and wait for the answers."""
    async with loopback().opened_slack() as slack:
        with tempfile.TemporaryDirectory(prefix="stancewatch-") as folder:
            async with opened_bot(slack.api, slack.base, folder):
                await slack.connected.wait()
                begin = time.monotonic()
                times = await asyncio.gather(*(ask(slack, number) for number in range(asked)))
                seconds = time.monotonic() - begin
                await asyncio.sleep(1.0)  # a second answer would follow the first
                found = list(slack.interactions.values())
    return {
        "asked": len(found),
        "unanswered": sum(not one.answers for one in found),
        "answered_twice": sum(len(one.answers) > 1 for one in found),
        "not_acknowledged_in_3_s": sum(acknowledged >= 3.0 for acknowledged, _ in times),
        "ack_max_ms": round(1000 * max(acknowledged for acknowledged, _ in times), 1),
        "all_answered_s": round(seconds, 1),
    }


def main() -> None:
    """Measure, and print one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--asked", type=int, default=1_000, help="questions in one moment")
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    structlog.configure(logger_factory=structlog.PrintLoggerFactory(sys.stderr))
    found = asyncio.run(measure(parser.parse_args().asked))
    print(json.dumps(found))
    if found["unanswered"] or found["answered_twice"]:
        sys.exit("somebody was not answered, or was answered twice")


if __name__ == "__main__":
    main()
