"""Does every module stand on a floor, so that `lint-imports` sees who imports up?"""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LAYERS, *_ = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
STARTS = {"bot.__init__", "bot.__main__"}


def modules() -> set[str]:
    """Return the modules and packages that stand directly in bot/."""
    here = ROOT / "bot"
    return {f"bot.{p.stem}" for p in here.iterdir() if p.suffix == ".py" or (p / "__init__.py").exists()} - STARTS


def imported(package: str) -> Iterator[str]:
    for file in (ROOT / package).rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            names += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            yield from (".".join(name.split(".")[:2]) for name in names if name.startswith("bot."))


def test_every_module_of_the_bot_stands_on_a_floor() -> None:
    floors = [module.strip() for layer in LAYERS["layers"] for module in layer.split(":")]
    assert sorted(modules() - set(floors)) == []
    assert sorted(floors) == sorted(set(floors))


@pytest.mark.parametrize(
    ("package", "more"), [("handlers", set()), ("watchers", {"bot.workers", "bot.batches", "bot.webaddress"})]
)
def test_watchers_and_handlers_see_values_and_ports_and_no_part_of_the_core(package: str, more: set[str]) -> None:
    assert set(imported(package)) <= {"bot.domain", "bot.errors", "bot.ports"} | more
