"""How does a worker process get its reader?

It stands apart from wiring.py so that a worker loads what reading needs and nothing of stores, chat and schedules.

Refuses to do: no decision; it puts the parts of one reader together.
"""

from __future__ import annotations

from pathlib import Path

from bot.collector import lasting
from bot.nlp.learned.advisor import advisor_for
from bot.nlp.reader import StorylineReader
from config import load_storyline


def build_reader(config: Path | None, english_model: str) -> StorylineReader:
    """Return a reader of the storyline in a folder; worker processes call this.

    Args:
        config: folder with YAML of one's own; None for what ships.
        english_model: name of the spaCy package; "" for the one that ships.
    """
    with lasting():
        storyline = load_storyline(config)
        return StorylineReader(storyline, english_model, advisor_for(storyline))
