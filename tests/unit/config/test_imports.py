"""What is asked of the configuration is imported, and nothing else of it."""

from __future__ import annotations

import subprocess
import sys

import pytest

import config


def test_a_reader_imports_neither_settings_nor_sources() -> None:
    asked = """
import sys
import bot.nlp.building
assert not {"config.settings", "config.sources", "pydantic_settings", "lxml"} & set(sys.modules)
"""
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=False)
    assert not done.returncode, done.stderr


def test_every_loader_is_there_by_its_name() -> None:
    assert all(getattr(config, name).__name__ == name for name in config.__all__)
    with pytest.raises(AttributeError, match="no attribute 'load_nothing'"):
        config.load_nothing  # noqa: B018 -- to ask is to fail
