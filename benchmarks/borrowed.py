"""Which parts of the tests' world do benchmarks stand in?

The loopback Slack, the benches of the contract suites, the way to a PostgreSQL: loaded by their path, since tests are
no package.

Refuses to do: nothing of them is changed.
"""

from __future__ import annotations

import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

TESTS = Path(__file__).parents[1] / "tests"


def borrowed(path: str, name: str = "") -> ModuleType:
    """Return a module of the tests, loaded anew.

    Args:
        path: below tests/.
        name: by which it is known; by default that of its file.
    """
    spec = spec_from_file_location(name or Path(path).stem, TESTS / path)
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def loopback() -> ModuleType:
    """Return the module of the loopback Slack."""
    return borrowed("slack/loopback_slack.py")


def postgres_kit() -> ModuleType:
    """Return the module that knows where a PostgreSQL is."""
    return borrowed("postgres_server.py")
