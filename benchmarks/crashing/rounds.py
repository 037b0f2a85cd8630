"""When is a bot killed, and when is all quiet?

    a round   something is printed, a bot starts, and dies at a named step, or after so much computing
    or        a backup beside a bot, or an upgrade of an older database, is killed
    quiet     platforms that are well, and a bot that lives until everything is told

Refuses to do: nothing of it is judged here (crashing/verdict.py).
"""

from __future__ import annotations

import asyncio
import json
import random
import time
from datetime import UTC, datetime

from bot.store import open_store
from crashing import upkeep, verdict
from crashing.bench import Bench
from crashing.fast import alive
from crashing.newsroom import write_config

STEPS = (
    "random", "poll", "before-commit", "after-commit", "before-send", "after-send", "server-before", "server-after",
    "before-edit", "after-edit", "before-tell", "after-tell", "before-find", "after-find", "before-remove",
    "after-remove", "before-catch-up", "after-catch-up", "backup", "migration",
)  # fmt: skip
AT_RANDOM = 0.25
"""Share of the rounds whose kill is at no step."""

COMPUTES = (0.04, 0.6)
"""Seconds of computing after which a bot is killed at random."""

NEVER = 1_000_000_000
"""No step is reached so often."""

TRIES = 5
"""To kill a backup or an upgrade: one that computes less than the last may be done before its end comes."""

LONGEST_LIFE, QUIET = 60.0, 7200.0
"""Seconds on the shared clock."""


async def warm_up(bench: Bench) -> None:
    """Let every paper be polled once, and the first brief be told."""
    (await asyncio.to_thread(open_store, bench.url)).close()
    bench.newsroom.write()
    _papers_appear(bench)
    child = await bench.fork("")
    while bench.owes_catch_up() or bench.unpolled():
        await bench.pause(child, 1.0)
    await bench.end(child)


async def play(bench: Bench) -> None:
    """Print something, start a bot, have it killed, and make sure of it."""
    bench.turn += 1
    # A luck of its own for each: how often one round has to try changes nothing in the next.
    bench.luck = random.Random(f"{bench.seed} {bench.turn}")
    step = STEPS[bench.turn % len(STEPS)] if bench.luck.random() > AT_RANDOM else "random"
    at = bench.luck.randint(1, 4 if "commit" in step or "server" in step else 2)
    life = bench.luck.uniform(0.0, 30.0)
    room = bench.holders - len(bench.newsroom.states)
    bench.newsroom.print(min(room, bench.luck.randint(0, 3)), bench.turn, bench.clock.seconds())
    if step == "migration":
        await _migration(bench)
        return
    if step == "backup":
        await _backup(bench, life)
        return
    if "catch-up" in step:
        at = 1
        if not bench.owes_catch_up() and not bench.unpolled():
            bench.newsroom.open_paper(bench.clock.seconds())
            _papers_appear(bench)
    bench.chats.copying = "remove" in step
    await _life(bench, step, at, bench.luck.uniform(*COMPUTES) if step == "random" else 0.0)


async def _life(bench: Bench, step: str, at: int, cpu: float) -> None:
    bench.chats.note(f"round {bench.turn}: {step} {at}{f' cpu {cpu:.2f}' if cpu else ''}")
    child = await bench.fork(step, at, cpu=cpu)
    bench.armed = (step, at, child)
    until = bench.clock.seconds() + LONGEST_LIFE
    while alive(child) and bench.clock.seconds() < until:
        await bench.pause(child, 4.0)
    if alive(child):
        bench.missed[step] += 1
        step = "idle"
    bench.look_at(child)
    await bench.end(child)
    bench.killed[step] += 1


async def _backup(bench: Bench, life: float) -> None:
    """Kill a backup beside a bot, which is killed too; what was there must be whole after it."""
    bot = await bench.fork("")
    await asyncio.sleep(life)
    killed = False
    for attempt in range(TRIES):
        file = bench.folder / f"backup-{bench.turn}-{attempt}.db"
        killed = await _killed_within(bench, "backup", "backup", url=bench.url, file=str(file))
        bench.complain(await asyncio.to_thread(upkeep.backed_up_well, bench.url, file))
        file.unlink(missing_ok=True)
        if killed:
            break
    (bench.killed if killed else bench.missed)["backup"] += 1
    bench.look_at(bot)
    await bench.end(bot)
    bench.killed["idle"] += 1


async def _migration(bench: Bench) -> None:
    """Kill an upgrade of an older database; the first of each schema is let be, and shows what comes of it."""
    revision, killed = bench.luck.choice(upkeep.revisions()), False
    for attempt in range(TRIES):
        url = bench.databases.make(f"old-{bench.turn}-{attempt}")
        await asyncio.to_thread(upkeep.old_database, url, revision)
        before = await asyncio.to_thread(upkeep.rows_of, url)
        killed = await _killed_within(bench, "migration", revision, url=url)
        if revision not in bench.references:
            bench.references[revision] = (await asyncio.to_thread(upkeep.rows_of, url))[1]
        wrong = await asyncio.to_thread(upkeep.upgraded_well, url, before, bench.references[revision])
        bench.complain(wrong and f"from {revision}: {wrong}")
        bench.databases.drop(url)
        if killed:
            break
    (bench.killed if killed else bench.missed)["migration"] += 1


async def _killed_within(bench: Bench, step: str, kind: str, *, url: str, file: str = "") -> bool:
    """Kill a backup or an upgrade at one of its steps or anywhere; tell whether it was not done before.

    Args:
        kind: those of one kind are about as long; the first of it is let be.
    """
    length = bench.lengths.get(kind)
    at, cpu = NEVER, 0.0
    if length and bench.luck.random() < 0.5:
        at = bench.luck.randint(1, length.steps)
    elif length:
        cpu = max(0.001, bench.luck.uniform(0.0, length.cpu))
    child = await bench.fork(step, at, cpu=cpu, url=url, file=file)
    while alive(child):
        await asyncio.to_thread(time.sleep, 0.01)
        await asyncio.sleep(0.05)
    await bench.end(child)
    if not bench.ended(child):
        return True
    measured = bench.folder / f"length-{child}"
    if measured.exists():
        bench.lengths[kind] = upkeep.Length(**json.loads(measured.read_text("utf-8")))
    return False


def _papers_appear(bench: Bench) -> None:
    bench.catch_ups += 1
    write_config(bench.folder / "config", bench.newsroom.papers(), datetime.fromtimestamp(bench.clock.begin, UTC))


async def quiet(bench: Bench) -> bool:
    """Run a bot that is not killed, on platforms that are well, until everything is told; tell whether it was."""
    bench.chats.rate = 0.0
    child = await bench.fork("")
    until, still = bench.clock.seconds() + QUIET, 0
    await bench.pause(child, 150.0)
    while bench.clock.seconds() < until and still < 3 and not bench.broken:
        rests = await asyncio.to_thread(bench.waiting) == 0 and not verdict.lost(bench)
        still = still + 1 if rests else 0
        await bench.pause(child, 10.0)
    bench.look_at(child)
    await bench.end(child)
    return still >= 3
