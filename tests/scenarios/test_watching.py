"""Is the bot polite and complete with many publishers, and does no broken feed stop it?"""

from __future__ import annotations

import importlib.util
import random
import sys
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType

import pytest

from bot.domain import By, Item, Reading, ReadResult

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"
SHARED = Path(__file__).parents[3] / "shared/feeds"


def benchmark(name: str) -> ModuleType:
    """Return a program of benchmarks/ as a module."""
    sys.path.insert(0, str(BENCHMARKS))
    try:
        spec = importlib.util.spec_from_file_location(f"bench_{name}", BENCHMARKS / f"{name}.py")
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        sys.modules[spec.name] = module
        spec.loader.exec_module(module)
    finally:
        sys.path.remove(str(BENCHMARKS))
    return module


@pytest.mark.parametrize("way", ["over_http", "directly"])
async def test_no_publisher_is_asked_too_soon_and_no_item_is_lost_or_doubled(way: str) -> None:
    verdict = await getattr(benchmark("watching"), way)(24, 4)
    assert verdict["violations"] == verdict["lost"] == verdict["doubled"] == 0, verdict["examples"]
    assert verdict["published"] > 100
    assert verdict["not_modified"] > 0


def test_the_checker_finds_what_it_is_there_for() -> None:
    world = benchmark("watching").World(1, benchmark("watching").START, 4)
    (site,) = world.sites
    site.kind = "well"
    for _ in range(2):
        world.reply(0, benchmark("watching").START, {"If-None-Match": '"forged"'})
    verdict = world.verdict([site.address(min(site.served))] * 2)
    assert verdict["violations"] >= 2
    assert verdict["lost"] == len(site.served) - 1
    assert verdict["doubled"] == 1


async def test_an_item_is_in_the_channel_a_moment_after_the_poll_that_sees_it() -> None:
    async def read(items: Sequence[Item]) -> list[ReadResult]:
        said = (Reading("moscow-seoul", "russia", "retaliating", By.OFFICIAL, "It was said.", 0.9),)
        return [ReadResult(i.id, True, "passed", "en", said if "Russia" in i.title else ()) for i in items]

    found = await benchmark("latency").measure(feeds=20, items=4, every=0.1, interval=1, read=read)
    for chat in ("slack", "discord"):
        assert 0 < found[f"{chat}_p99_s"] < 10  # the benchmark holds 1.5 s; a test runs on any machine


def test_no_mutation_of_a_feed_makes_the_parsers_stumble() -> None:
    fuzz = benchmark("fuzz")
    bodies = fuzz.corpus(SHARED)
    rng = random.Random(20)
    small = [body for body in bodies if len(body) < 30_000]
    assert [wrong for wrong in (fuzz.fault(fuzz.mutated(small, rng)) for _ in range(60)) if wrong] == []
