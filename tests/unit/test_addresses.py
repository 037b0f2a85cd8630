"""Do addresses come out without their secrets, and otherwise as they are?"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import shown
from config import load_sources

SECRET = "s3cr3t0f4f33dr3ad3r00x"


@pytest.mark.parametrize(
    "address",
    [
        f"https://user:{SECRET}@news.example/feed",
        f"https://{SECRET}@news.example/feed",
        f"https://news.example/feed?token={SECRET}",
        "https://news.example/feed?lang=en&api_key=s3cr3t",
        "https://news.example/feed?auth=s3cr3t#part",
        f"https://news.example/feed?x={SECRET}",
        f"https://news.example/feed?{SECRET}",
        f"https://news.example/private/{SECRET}/feed.xml",
        f"https://news.example/feed#{SECRET}",
    ],
)
def test_secrets_are_not_shown(address):
    assert "s3cr3t" not in shown(address)
    assert shown(address).startswith("https://news.example/")


def test_the_addresses_that_ship_are_shown_whole():
    assert all(shown(source.url) == source.url for source in load_sources(None))


@given(st.text(max_size=100))
def test_any_text_can_be_shown_twice(text):
    assert shown(shown(text)) == shown(text)
