"""How does spaCy come without its command line?

Importing spaCy imports its commands, and with them a client of the web, a template engine and a project tool: half of
what the import takes, and 15 MB, for what no reader calls.

Refuses to do: nothing else of spaCy is touched, and `spacy.cli` can be imported afterwards; only `spacy.info` is None.
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType


def import_spacy() -> None:
    """Import spaCy, its commands only where it was imported with them before."""
    if "spacy" in sys.modules:
        return
    commands, info = (ModuleType(name) for name in ("spacy.cli", "spacy.cli.info"))
    vars(info)["info"] = None
    absent = {module.__name__: module for module in (commands, info)}
    sys.modules.update(absent)
    try:
        import_module("spacy")
    finally:
        for name in absent:
            del sys.modules[name]
