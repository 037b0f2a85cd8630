"""Does Slack's help name all that can be typed?"""

from __future__ import annotations

import pytest

from config import load_storyline
from handlers.slack.answers import help_text
from handlers.slack.subscribing import FIELDS
from handlers.texts import languages


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("field", [field for field in FIELDS if field != "tracks"])
def test_help_names_each_field_of_subscribe_but_the_tracks_that_need_no_name(field: str, language: str) -> None:
    blocks = str(help_text(load_storyline(), language, ()).blocks)
    assert f"[{field}=" in blocks
