"""Does a stranger's text ever act as Discord's markup?

The judge is the parser of the simulated Discord, which reads markup as its clients do.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from handlers.discord.escape import escape, link
from handlers.plain import plain

pytest.importorskip("linkify_it", reason="the simulated Discord finds addresses with linkify-it-py")
markdown = pytest.importorskip("simcord.preview._markdown")

HARMLESS = {"text", "paragraph", "inline"}
HOSTILE = (
    "@everyone and @here <@123> <@&123> <@!123> <#123> </brief:123> <t:1700000000:R> <:smile:123> <a:x:123>",
    "*bold* **bold** _it_ __under__ ~~gone~~ ||spoiler|| `code` ```block```",
    "# heading",
    "> quote",
    ">>> quote",
    "- list",
    "+ list",
    "1. list",
    "12) list",
    "[click](https://evil.example) [x](<https://evil.example>) <https://evil.example>",
    "see https://evil.example/a_b_c now",
    "back\\slash \\*bold\\*",
    "snake_case and 3 * 4 * 5",
)
MARKUP = st.text(st.sampled_from("*_~|`\\<>[]()@#:!&-+.1 ab/\"'"), max_size=40)


def _tokens(parts: Iterable[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    for part in parts:
        yield part
        yield from _tokens(part.get("children", ()))


def _shown(text: str) -> tuple[set[str], str]:
    """Return which kinds of markup a client sees in a text, and what it shows."""
    found = list(_tokens(markdown.markdown_tokens(text, "message")))
    kinds = {str(token["type"]) for token in found}
    return kinds, "".join(str(token.get("content", "")) for token in found if token["type"] == "text")


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_shown_letter_by_letter(text: str) -> None:
    clean = plain(text, 500)
    kinds, shown = _shown(escape(clean))
    assert kinds <= HARMLESS
    assert shown == clean


@given(st.one_of(MARKUP, st.text(max_size=60)))
def test_no_text_at_all_becomes_markup(text: str) -> None:
    clean = plain(text, 200)
    # The simulation reads small text even behind a backslash; Discord does not.
    assume(not clean.startswith("-#"))
    kinds, shown = _shown(escape(clean))
    assert kinds <= HARMLESS, (clean, escape(clean))
    assert shown == clean


@given(st.one_of(MARKUP, st.text(max_size=60)))
def test_a_label_never_leads_elsewhere_than_its_address(text: str) -> None:
    label = plain(text, 60)
    found = list(_tokens(markdown.markdown_tokens(link(label, "https://good.example/a?b=c"), "message")))
    assert {token["href"] for token in found if "href" in token} <= {"https://good.example/a?b=c"}
    assert {str(token["type"]) for token in found} <= HARMLESS | {"link_open", "link_close"}


def test_ordinary_text_is_left_as_it_is() -> None:
    # Somebody who copies a quote copies the backslashes too.
    text = "“Mid-June: we won't, at 3.5% (for now) – a.b@c.de, #1 of 2+2,” he said; 한국은 검토한다."
    assert escape(text) == text


def test_small_text_is_not_begun() -> None:
    assert escape("-# small") == "\\-# small"


def test_a_long_or_missing_address_leaves_the_label() -> None:
    assert link("Reuters", "") == "Reuters"
    assert link("Reuters", "https://x.example/" + "a" * 500) == "Reuters"
