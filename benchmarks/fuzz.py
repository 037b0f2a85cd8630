"""Does any feed, however broken, crash or hang what reads feeds, and do the fast and the thorough way read the same?

    .venv/bin/python benchmarks/fuzz.py [--minutes 10] [--feeds ../shared/feeds] [--seed 1]

Feeds of the world (a folder of files; feeds of our own where there is none) are mutated at random: bytes changed, pieces
cut, doubled and swapped between feeds, numbers made huge. Of five in six only a few items are kept, drawn anew each
time: they are read several times quicker, and a change in one item is what there is to find. Each is read as the bot
reads it. A fault is any error that
is not one of ours, any reading beyond the 20 s (of CPU) that a worker gets, and any feed that the fast way (watchers/swift.py)
takes and reads otherwise than feedparser: other items, ids, links, titles or dates. Last line: one JSON object.

Refuses to do: memory is not watched here; workers have a limit on it.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import signal
import time
from collections.abc import Iterator
from pathlib import Path

from bot.domain import Entry
from bot.errors import StancewatchError
from watchers import kind_modules
from watchers.jsonfeed import read_json
from watchers.parsing import Document
from watchers.rss import read_thoroughly
from watchers.swift import read_swiftly

CAP = 20
ITEMS = 5
WHOLE = 1 / 6
"""Items that are kept of a feed, and the share of the feeds that keep all of theirs."""
_ITEM = re.compile(rb"(?=<(?:item|entry)[\s>])")
URL = "https://fuzz.example/feed"


def corpus(folder: Path) -> list[bytes]:
    """Return the feeds of a folder, and those of our own."""
    found = [path.read_bytes() for path in sorted(folder.glob("*")) if path.suffix not in {".csv", ".json", ".md"}]
    return [body for body in found if len(body) < 400_000] + [module.EXAMPLE for module in kind_modules()]


def thinned(body: bytes, rng: random.Random) -> bytes:
    """Return a feed with its head, a few of its items in their order, and what follows the last of them."""
    head, *items = _ITEM.split(body)
    if len(items) <= ITEMS:
        return body
    drawn = sorted(rng.sample(range(len(items) - 1), rng.randrange(ITEMS)))
    return head + b"".join(items[i] for i in (*drawn, -1))


def mutated(bodies: list[bytes], rng: random.Random) -> bytes:
    """Return one body with a few random changes."""
    whole = rng.choice(bodies)
    body = bytearray(whole if rng.random() < WHOLE else thinned(whole, rng))
    for _ in range(rng.randint(1, 6)):
        place = rng.randrange(len(body) + 1)
        piece = bytes(body[place : place + rng.randint(1, 400)])
        what = rng.randrange(7)
        if what == 0:
            body[place : place + len(piece)] = b""
        elif what == 1:
            body[place:place] = piece * rng.randint(1, 30)
        elif what == 2:
            body[place : place + 1] = bytes([rng.randrange(256)])
        elif what == 3:
            other = rng.choice(bodies)
            start = rng.randrange(len(other))
            body[place:place] = other[start : start + rng.randint(1, 2_000)]
        elif what == 4:
            body[place:place] = rng.choice(
                (b"<", b">", b"&", b"]]>", b"<![CDATA[", b"<!--", b"&#0;", b"&#x85;", b"\x00")
            )
        elif what == 5:
            body[place:place] = b"9" * rng.randint(1, 400)
        else:
            del body[place:]
    return bytes(body)


def fault(body: bytes) -> str:
    """Read one body; return what went wrong, "" for nothing."""
    document = Document(URL, body, "application/rss+xml")
    signal.setitimer(signal.ITIMER_PROF, CAP)  # of CPU: on a busy machine anything takes long
    try:
        thorough: tuple[Entry, ...] | None = None
        for read in (read_thoroughly, read_json):
            try:
                entries = read(document)
            except StancewatchError:
                continue
            thorough = entries if read is read_thoroughly else thorough
        swift = read_swiftly(document)
    except Exception as error:  # noqa: BLE001 -- that is what is looked for
        return f"{type(error).__name__}: {error}"
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
    if swift is not None and [_told(e) for e in swift.entries] != [_told(e) for e in thorough or ()]:
        return f"read otherwise: {len(swift.entries)} items fast, {len(thorough or ())} by feedparser"
    return ""


def _told(entry: Entry) -> tuple[object, ...]:
    return entry.guid, entry.url, entry.title, entry.published


def faults(bodies: list[bytes], seconds: float, seed: int) -> Iterator[tuple[bytes, str]]:
    """Yield each mutated body that was read in the time, with what went wrong."""
    rng = random.Random(seed)  # a seed repeats a run
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        body = mutated(bodies, rng)
        yield body, fault(body)


def _hung(_signal: int, _frame: object) -> None:
    raise TimeoutError(f"not read within {CAP} s")


def main() -> None:
    """Look for faults, print for people, and one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=10.0, help="how long")
    parser.add_argument("--feeds", type=Path, default=Path("../shared/feeds"), help="folder of feeds to begin with")
    parser.add_argument("--seed", type=int, default=1, help="repeats a run")
    parser.add_argument("--keep", type=Path, help="folder to write the feeds into that show a fault")
    given = parser.parse_args()
    signal.signal(signal.SIGPROF, _hung)
    bodies, read, found = corpus(given.feeds), 0, []
    for body, wrong in faults(bodies, given.minutes * 60, given.seed):
        read += 1
        if wrong:
            found.append(wrong)
            print(f"fault {len(found)}: {wrong[:200]}")
            if given.keep:
                (given.keep / f"fault-{len(found)}.xml").write_bytes(body)
    print(f"{read} mutations of {len(bodies)} feeds read, {len(found)} faults")
    print(json.dumps({"feeds": len(bodies), "read": read, "faults": len(found), "minutes": given.minutes}))


if __name__ == "__main__":
    main()
