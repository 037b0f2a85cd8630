"""What does watching cost, against the best feed library of the field?

    python3 -m venv peer && peer/bin/pip install reader==3.26 sgmllib3k      (the peer, once)
    .venv/bin/python benchmarks/polling.py --peer peer/bin/python [--rounds 5] [--large 10000]

A publisher in a process of its own serves N synthetic feeds (30 items, 36 to 61 KB, ETag, gzip; 5 % change a round)
on the loopback address: 300 over TLS 1.3, 1,000 plain. They are polled round by round, interleaved, by

    ours    scheduler, fetcher, parsers in worker processes, ingest and store, as in the bot; only the reading of
            articles is left out, as the peer has none: every item is stored unread; its log, at its usual level, is
            written to a file
    theirs  PyPI `reader` 3.26, update_feeds(workers=8), its storage on disk too

and the CPU time of all processes of each side is compared: for the first round, in which every feed is new, and for
the later ones. A local CA stands behind the certificates; both sides trust certifi's bundle with it appended. Then
ours alone polls --large plain feeds, for CPU a poll against that at 1,000 and for memory (all processes; what they
share is counted once). Last line: one JSON object. Without --peer only our own figures are measured.

Refuses to do: the network's own time is not in it, nor is the publisher's CPU.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from contextlib import AsyncExitStack, ExitStack, suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

import certifi
import newsstand

HERE = Path(__file__).parent
TICK = os.sysconf("SC_CLK_TCK")
TARGETS = {"cpu_ratio_tls_steady": 1 / 15, "cpu_ratio_tls_first": 1 / 10, "cpu_ratio_http_steady": 1 / 5}


async def be_ours(folder: str, form: str, count: int) -> None:
    """Be the bot's watching half: poll all feeds once for each line on standard input."""
    # The parent, which measures, loads nothing of this.
    from bot.cli.logs import set_up_logs  # noqa: PLC0415
    from bot.clock import SystemClock  # noqa: PLC0415
    from bot.collector import spare_collector  # noqa: PLC0415
    from bot.domain import Item, ReadResult, Source, Tier  # noqa: PLC0415
    from bot.heap import spare_heap  # noqa: PLC0415
    from bot.ingest import Ingest  # noqa: PLC0415
    from bot.polling import Polling  # noqa: PLC0415
    from bot.schedule import CatchUp, Schedule  # noqa: PLC0415
    from bot.store import open_store  # noqa: PLC0415
    from config import load_storyline  # noqa: PLC0415
    from watchers import open_watching  # noqa: PLC0415

    async def unread(items: Sequence[Item]) -> list[ReadResult]:
        return [ReadResult(item.id, False, "not read", item.language) for item in items]

    spare_heap()  # this and what follows as `stancewatch run` does
    set_up_logs("info", "text")
    clock, storyline = SystemClock(), load_storyline()
    async with AsyncExitStack() as stack:
        store = open_store(f"sqlite:///{folder}/ours.db")
        stack.callback(store.close)
        names = [f"paper-{number}" for number in range(count)]
        store.seed_sources([Source(n, n, form.format(i), "rss", "en", n, n, Tier.OUTLET) for i, n in enumerate(names)])
        watchers, _ = await stack.enter_async_context(open_watching(clock, allow_private=("127.0.0.1",)))
        ingest = Ingest(storyline, unread, store, tuple, (), lambda: None)
        catch_up = CatchUp(storyline, store, tuple, frozenset(), clock.now(), timedelta(0))
        schedule = Schedule(Polling(watchers, ingest, store, clock, lambda: 0.0), catch_up, lambda: None)
        spare_collector()
        print(json.dumps({"ready": True}), flush=True)
        while await asyncio.to_thread(sys.stdin.readline):
            await schedule.once()
            failed = sum(bool(state.last_error) for _, state in store.sources())
            print(json.dumps({"items": store.counts()["articles"], "failed": failed}), flush=True)
        await schedule.stop()


class Child:
    """A process that answers each line with a line of JSON."""

    def __init__(self, words: Sequence[str], env: dict[str, str], log: Path) -> None:
        pipe = subprocess.PIPE
        self._log = log
        with log.open("w") as written:
            self._process = subprocess.Popen(words, stdin=pipe, stdout=pipe, stderr=written, text=True, env=env)
        self.first = self._line()

    def ask(self, line: str = "") -> dict[str, Any]:
        """Send a line and return the answer."""
        assert self._process.stdin is not None
        self._process.stdin.write(f"{line}\n")
        self._process.stdin.flush()
        return self._line()

    def cpu(self) -> float:
        """Return the seconds of CPU that it and everything below it has used, ended children included."""
        spent = 0
        for pid in self._family():
            with suppress(OSError):
                fields = Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()
                spent += sum(int(field) for field in fields[11:15])
        return spent / TICK

    def memory_mb(self) -> float:
        """Return the memory of it and everything below it in MB: proportional shares, as the kernel counts them."""
        shares = 0
        for pid in self._family():
            with suppress(OSError):
                lines = Path(f"/proc/{pid}/smaps_rollup").read_text("ascii").splitlines()
                shares += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
        return shares / 1000

    def close(self) -> None:
        """End it: its input ends, and so it does."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait(60)

    def _line(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            sys.exit(f"a part of the benchmark ended early: {self._process.args}\n{self._log.read_text()[-2000:]}")
        answer: dict[str, Any] = json.loads(line)
        return answer

    def _family(self) -> set[int]:
        parents = {}
        for stat in Path("/proc").glob("[0-9]*/stat"):
            with suppress(OSError):
                parents[int(stat.parent.name)] = int(stat.read_text("utf-8").rpartition(")")[2].split()[1])
        family = {self._process.pid}
        for _ in range(6):
            family |= {child for child, parent in parents.items() if parent in family}
        return family


def measure(count: int, rounds: int, peer: str, *, tls: bool) -> dict[str, Any]:
    """Poll `count` feeds for a first and `rounds` later rounds; return CPU in ms a poll, by side and part, and memory."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="polling-")))
        certificate, bundle = newsstand.make_authority(folder, certifi.where()) if tls else ("", certifi.where())
        env = {**os.environ, "SSL_CERT_FILE": bundle}
        stand = started(stack, (sys.executable, __file__, "--serve", certificate), env, folder / "stand.log")
        form = f"http{'s' if tls else ''}://127.0.0.1:{stand.first['port']}/{{}}"
        sides = {"ours": (sys.executable, __file__, "--ours", str(folder), form, str(count))}
        if peer:
            sides["theirs"] = (peer, str(HERE / "peers/reader_rounds.py"), str(folder), form, str(count))
        children = {name: started(stack, words, env, folder / f"{name}.log") for name, words in sides.items()}
        spent: dict[str, list[float]] = {name: [] for name in sides}
        for number in range(rounds + 1):
            stand.ask(f"{count} {number}")
            expected = sum(newsstand.ITEMS + newsstand.version_of(feed, number) for feed in range(count))
            for name, child in children.items():
                before = child.cpu()
                answer = child.ask()
                spent[name].append(child.cpu() - before)
                if answer != {"items": expected, "failed": 0}:
                    sys.exit(f"{name}, round {number}: {answer}, but {expected} items were published")
        found: dict[str, Any] = {"memory_mb": round(children["ours"].memory_mb(), 1)}
    for name, seconds in spent.items():
        found[f"{name}_first_ms"] = round(1000 * seconds[0] / count, 3)
        found[f"{name}_steady_ms"] = round(1000 * sum(seconds[1:]) / rounds / count, 3)
    return found


def started(stack: ExitStack, words: Sequence[str], env: dict[str, str], log: Path) -> Child:
    """Start a part of the benchmark that ends with `stack`."""
    child = Child(words, env, log)
    stack.callback(child.close)
    return child


def main() -> None:
    """Measure, print for people, and one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--peer", default="", help="a Python that has `reader` and `sgmllib3k`")
    parser.add_argument("--rounds", type=int, default=5, help="rounds after the first one")
    parser.add_argument("--tls", type=int, default=300, help="feeds over TLS")
    parser.add_argument("--plain", type=int, default=1000, help="feeds over plain HTTP")
    parser.add_argument("--large", type=int, default=10_000, help="feeds that ours polls alone; 0 for none")
    parser.add_argument("--ours", nargs=3, help=argparse.SUPPRESS)
    parser.add_argument("--serve", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.ours:
        import uvloop  # noqa: PLC0415 -- as `stancewatch run` does

        uvloop.run(be_ours(given.ours[0], given.ours[1], int(given.ours[2])))
        return
    if given.serve is not None:
        asyncio.run(newsstand.serve(given.serve))
        return
    tls = measure(given.tls, given.rounds, given.peer, tls=True) if given.tls else {}
    plain = measure(given.plain, given.rounds, given.peer, tls=False) if given.plain else {}
    large = measure(given.large, given.rounds, "", tls=False) if given.large else {}
    figures: dict[str, Any] = {}
    for name, found in ((f"tls_{given.tls}", tls), (f"http_{given.plain}", plain), (f"http_{given.large}", large)):
        figures |= {f"{name}_{key}": value for key, value in found.items()}
        if found:
            print(f"{name:12}" + "  ".join(f"{key} {value}" for key, value in found.items()))
    ratios = {
        f"cpu_ratio_{name}_{part}": round(found[f"ours_{part}_ms"] / found[f"theirs_{part}_ms"], 4)
        for name, found in (("tls", tls), ("http", plain))
        for part in ("first", "steady")
        if f"theirs_{part}_ms" in found
    }
    for name, ratio in ratios.items():
        target = f"   target {TARGETS[name]:.4f}" if name in TARGETS else ""
        print(f"{name:24} {ratio:8.4f}{target}")
    if plain and large:
        ratios["cpu_growth_large"] = round(large["ours_steady_ms"] / plain["ours_steady_ms"], 3)
    print(json.dumps({**ratios, "memory_mb_large": large.get("memory_mb"), **figures}))


if __name__ == "__main__":
    main()
