"""Do the documents say what the program does?"""

import re
from pathlib import Path

import pytest
from typer.main import get_command
from typer.testing import CliRunner

from bot.cli import app

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMANDS = sorted(get_command(app).commands)  # type: ignore[attr-defined]  # a group, as it has subcommands


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_stands_in_the_readme(command: str) -> None:
    assert f"stancewatch {command}" in README


def test_the_readme_names_no_command_that_is_not_there() -> None:
    assert set(re.findall(r"stancewatch ([a-z]+)`?", README)) - {"brief"} <= set(COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(command: str) -> None:
    answer = CliRunner().invoke(app, [command, "--help"])
    assert answer.exit_code == 0
    assert len(answer.output.splitlines()) > 8


@pytest.mark.parametrize("page", ["README.md", "CONTRIBUTING.md"])
def test_every_make_target_of_the_documents_exists(page: str) -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    text = (ROOT / page).read_text(encoding="utf-8")
    named = set(re.findall(r"^make ([a-z]+)", text, re.MULTILINE)) | set(re.findall(r"`make ([a-z]+)`", text))
    assert named
    assert named <= targets


@pytest.mark.parametrize("page", sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")]), ids=lambda p: p.name)
def test_every_link_between_documents_leads_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), f"{page.name} links to {target}"


def test_the_glossary_has_every_word_of_the_domain() -> None:
    glossary = (ROOT / "docs/glossary.md").read_text(encoding="utf-8")
    words = re.findall(r"^class (\w+)", (ROOT / "bot/domain/decisions.py").read_text(encoding="utf-8"), re.MULTILINE)
    words += re.findall(r"^class (\w+)", (ROOT / "bot/domain/notices.py").read_text(encoding="utf-8"), re.MULTILINE)
    assert {word for word in words if f"| {word} " not in glossary} <= {"PausedChannel", "Position", "SilentSource"}


def test_the_lock_names_no_index_and_has_a_hash_for_every_package() -> None:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    assert not re.search(r"https?:|--(extra-)?index-url|--find-links", lock)
    packages = re.findall(r"^[a-zA-Z0-9][\w.-]*==.*?(?=^[a-zA-Z0-9]|\Z)", lock, re.MULTILINE | re.DOTALL)
    assert packages
    assert all("--hash=sha256:" in package for package in packages)
