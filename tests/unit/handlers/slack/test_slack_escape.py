"""How does text lose its power over Slack's markup?"""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import InputError
from handlers.plain import plain, plain_url
from handlers.slack.escape import mention, mrkdwn, mrkdwn_link
from handlers.slack.subscribing import FIELDS, wish_of


@given(st.text())
def test_no_character_that_acts_is_left(text: str) -> None:
    escaped = mrkdwn(text)
    assert not set(escaped) & set("<>*_~`|")
    assert not re.search(r"&(?!amp;|lt;|gt;)", escaped)
    assert not re.search(r":[\w+'-]+:", escaped)


def test_ordinary_text_stays_readable() -> None:
    assert mrkdwn("Seoul: no arms (yet), 18:00 – R&D <2%>") == "Seoul: no arms (yet), 18:00 – R&amp;D &lt;2%&gt;"
    assert mrkdwn(":smile: 10:30:45 a_b") == "∶smile: 10∶30:45 aˍb"


def test_a_link_is_written_so_that_its_address_opens() -> None:
    assert mrkdwn_link("R&D", "https://a.example/?b=1&c=2") == "<https://a.example/?b=1&amp;c=2|R&amp;D>"
    assert mrkdwn_link("The *Herald*", "") == "The ∗Herald∗"
    assert mrkdwn_link("x", "https://a.example/" + "&" * 1_000) == "x"


@given(st.text(max_size=60), st.text(max_size=80).map("https://a.example/{}".format) | st.text(max_size=80))
def test_a_link_has_one_address_and_one_label(label: str, url: str) -> None:
    link = mrkdwn_link(plain(label, 60), plain_url(url))
    assert link.count("<") == link.count(">") == link.count("|") <= 1


@pytest.mark.parametrize("given", ["", "bob", "@bob", "S1 S2", "<@U1> <!channel>", "#general", "<!date^1>", "u123abc"])
def test_what_slack_cannot_wake_is_nobody(given: str) -> None:
    assert mention(given) == ""


@pytest.mark.parametrize(
    ("given", "noted"),
    [
        ("W01ABC", "<@W01ABC>"),
        ("@U01ABC", "<@U01ABC>"),
        ("<@U01ABC|bob>", "<@U01ABC>"),
        ("subteam^S01ABC", "<!subteam^S01ABC>"),
        ("@channel", "<!channel>"),
        ("<!everyone>", "<!everyone>"),
    ],
)
def test_whom_slack_can_wake_is_noted_its_way(given: str, noted: str) -> None:
    assert mention(given) == noted


@given(st.text())
def test_any_wish_is_understood_or_refused_in_one_line(text: str) -> None:
    try:
        said = wish_of(text, "en").language
    except InputError as error:
        said = str(error)
    assert len(said.splitlines()) == 1


def test_a_wish_is_read_field_by_field() -> None:
    wish = wish_of("a, b holders=“c d, e” tracks=f mention=here language=ko", "en")
    assert (wish.tracks, wish.holders, wish.mention, wish.language) == ("a, b, f", "c d, e", "<!here>", "ko")
    assert wish_of("", "ko").language == "ko"
    with pytest.raises(InputError, match=", ".join(FIELDS)):
        wish_of("colour=red", "en")
