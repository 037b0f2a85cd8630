"""Are the items that the learned part is trained on written right, and is a mistake named with its line?"""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

from config import load_storyline

HOME = Path(__file__).parents[4] / "benchmarks/learning"
STORYLINE = load_storyline()


@pytest.fixture(scope="module")
def items() -> ModuleType:
    spec = importlib.util.spec_from_file_location("learning_items", HOME / "items.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("path", sorted((HOME / "items").glob("*.txt")), ids=lambda path: path.name)
def test_file_has_no_mistake(items: ModuleType, path: Path):
    written, mistakes = items.read_written(path, STORYLINE)
    assert mistakes == []
    assert written


def test_item_is_read_with_its_labels(items: ModuleType, tmp_path: Path):
    path = tmp_path / "en.txt"
    path.write_text("@ 2024-10-19\nT: Title\n1: Sentence.\n= pact signed russia official 1\n", encoding="utf-8")
    (written,), mistakes = items.read_written(path, STORYLINE)
    assert mistakes == []
    row = items.as_row(written)
    assert (row["date"], row["lang"], row["text"]) == ("2024-10-19", "en", "Sentence.")
    assert row["labels"][0]["quote"] == "Sentence."


@pytest.mark.parametrize(
    ("block", "reason"),
    [
        ("T: Title", "a block begins with"),
        ("@ 2024-13-01\nT: Title", "is no day"),
        ("@ -\n1: Sentence.", "no title"),
        ("@ -\nT: Title\n2: Sentence.", "in order"),
        ("@ -\nT: Title\n= pact sgned russia official T", "'sgned' is no rung of pact"),
        ("@ -\nT: Title\n= pact signed ukraine official T", "'ukraine' is no holder of pact"),
        ("@ -\nT: Title\n= pact signed russia official 1", "'1' is no place"),
        ("@ - off\nT: Title\n= pact signed russia official T", "off has labels"),
        ("@ -\nT: Title\nnonsense", "expected"),
    ],
)
def test_mistake_is_named_with_file_and_line(items: ModuleType, tmp_path: Path, block: str, reason: str):
    path = tmp_path / "en.txt"
    path.write_text("\n" + block + "\n", encoding="utf-8")
    _, mistakes = items.read_written(path, STORYLINE)
    assert any(reason in mistake for mistake in mistakes)
    assert all(mistake.startswith("en.txt:") for mistake in mistakes)
