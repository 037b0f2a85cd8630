"""Does every card fit Discord, whatever is in it, and say the same?"""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import discord
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from simcord.components import validate_message_state

from bot.domain import Alert, AlertState, Brief, News, SilentSource, Storyline
from config import load_storyline
from handlers.card import card_of_alert, card_of_brief, card_of_news
from handlers.discord import idents
from handlers.discord.layout import embed, layout, row
from handlers.discord.render import alert_sheet, brief_sheet, full, news_sheet
from handlers.discord.sheet import Button, Menu, Part, Sheet, buttons, size
from handlers.samples import samples
from handlers.texts import languages

STORYLINE = load_storyline()
SAMPLES = samples(STORYLINE)
ALERTS = {name: notice for name, notice in SAMPLES.items() if isinstance(notice, Alert)}
BRIEFS = {name: notice for name, notice in SAMPLES.items() if isinstance(notice, Brief)}
COMPONENTS_V2 = 1 << 15
WORST = ("*" * 10_000, "🇰🇷" * 5_000, "한" * 10_000, "https://evil.example/" + "a" * 10_000, "e" + "\u0301" * 9_999)


def _texts(components: object) -> Iterator[str]:
    for component in components if isinstance(components, list) else ():
        if "content" in component:
            yield component["content"]
        yield from _texts(component.get("components"))


def _takes(sheet: Sheet) -> str:
    """Hold a message against Discord's rules, in both shapes; return its text."""
    sent = layout(sheet, "<@&12345678901234567890>").to_components()
    validate_message_state(sent, flags=COMPONENTS_V2, content=None, embeds=[], poll=None, stickers=[], attachments=[])
    texts = list(_texts(sent))
    assert sum(size(text) for text in texts) <= 4000
    assert all(texts)
    plain = embed(sheet).to_dict()
    assert 0 < size(plain["description"]) <= 4096
    below = row(sheet).to_components()
    validate_message_state(below, flags=0, content="", embeds=[plain], poll=None, stickers=[], attachments=[])
    return "\n".join(texts)


def _alert_text(alert: Alert, language: str = "en") -> str:
    return _takes(alert_sheet(card_of_alert(alert, STORYLINE, language), delivery=7))


def _hostile(alert: Alert, text: str, number: int = 1) -> Alert:
    carried = tuple(
        replace(e, quote=text, title=text, publisher=f"{text[:50]}{n}", url=f"https://x.example/{text}")
        for n, e in enumerate(alert.evidence * number)
    )
    previous = replace(alert.previous, note=text) if alert.previous else None
    return replace(alert, evidence=carried, against=carried[:1], previous=previous)


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("name", ALERTS)
async def test_every_state_of_an_alert_fits(name: str, language: str) -> None:
    text = _alert_text(ALERTS[name], language)
    assert ALERTS[name].id in text.replace("\\", "")


@pytest.mark.parametrize("name", BRIEFS)
async def test_every_brief_fits_short_and_full(name: str) -> None:
    card = card_of_brief(BRIEFS[name], STORYLINE, "en")
    assert card.headline.split("; ")[0] in _takes(brief_sheet(card, timedelta(days=7)))
    pages = [_takes(page) for page in full(card)]
    assert pages
    assert all(position.title in "".join(pages) for position in card.blocks if hasattr(position, "question"))


@pytest.mark.parametrize("text", WORST, ids=lambda text: ascii(text[:9]))
@pytest.mark.parametrize("name", ["grown", "signal-denied", "mixed"])
async def test_nothing_is_refused_for_its_size(name: str, text: str) -> None:
    shown = _alert_text(_hostile(ALERTS[name], text, number=30))
    # Whatever has to go, the sentence, the ladder and the id stay.
    assert "### " in shown
    assert "◂" in shown
    assert ALERTS[name].id in shown.replace("\\", "")


@settings(max_examples=60, deadline=None)
@given(text=st.text(max_size=900), number=st.integers(1, 12))
def test_no_text_at_all_breaks_a_message(text: str, number: int) -> None:
    shown = _alert_text(_hostile(ALERTS["signal-denied"], text, number))
    assert "\r" not in shown
    # Lines are ours alone: a feed cannot begin one.
    assert not re.search(r"^(?!> )(@|<@)", shown.split("\n", 1)[1], re.MULTILINE)


@pytest.mark.parametrize("number", [0, 1, 5, 6, 12])
async def test_any_number_of_buttons_finds_room(number: int) -> None:
    asked = tuple(Button(f"Why {n}?", ident=f"why:{n}") for n in range(number))
    rows = [
        item
        for item in layout(Sheet("t", 0, (Part("text", 1),), asked)).walk_children()
        if isinstance(item, discord.ui.ActionRow)
    ]
    assert [button.custom_id for row in rows for button in row.children] == [one.ident for one in asked]
    assert all(len(row.children) <= 5 for row in rows)


@settings(max_examples=25, deadline=None)
@given(text=st.text(max_size=900), number=st.integers(1, 12))
def test_no_text_at_all_breaks_news_in_a_thread(text: str, number: int) -> None:
    news = News(_hostile(ALERTS["signal-denied"], text, number), AlertState.SIGNAL, "", 1)
    assert "### " in _takes(news_sheet(card_of_news(news, STORYLINE, "en")))


@settings(max_examples=25, deadline=None)
@given(
    hint=st.text(min_size=1, max_size=300), words=st.lists(st.text("ab*<@>한", min_size=1, max_size=300), max_size=40)
)
def test_a_menu_of_any_length_is_taken(hint: str, words: list[str]) -> None:
    choices = tuple((str(number), word) for number, word in enumerate(words or ["one"]))
    _takes(Sheet("x", 1, (Part("x", 1),), menu=Menu("sw|mute|a|1", f"?{hint}", choices)))


async def test_the_ladder_names_before_and_now_in_words() -> None:
    shown = _alert_text(ALERTS["confirmed"])
    assert "**● reviewing** ◂ now · baseline" in shown
    assert "◎ rules out ◂ before" in shown
    assert "-# ○ supplying (deed)" in shown


async def test_a_signal_has_not_moved_anything_yet() -> None:
    shown = _alert_text(ALERTS["signal-deed"])
    assert "**◐ " in shown
    assert "◂ reported" in shown
    assert "◂ so far" in shown


async def test_moments_are_those_of_each_reader_and_days_stay_days() -> None:
    shown = _alert_text(ALERTS["confirmed"])
    assert "<t:1729756800:f>" in shown
    assert "since 8 Apr 2022" in shown


async def test_a_foreign_quote_stays_and_says_its_language() -> None:
    shown = _alert_text(ALERTS["foreign"])
    assert "> 대통령실 고위 관계자는" in shown
    assert "in Korean" in shown


async def test_a_brief_of_a_still_week_says_so_in_one_line_and_where_everybody_stands_in_one_each() -> None:
    brief = BRIEFS["brief-still"]
    shown = _takes(brief_sheet(card_of_brief(brief, STORYLINE, "en"), timedelta(days=7)))
    assert shown.count("Nothing moved in the last 7 days.") == 1
    assert "-# **Arms for Ukraine** · South Korea _reviewing_" in shown
    assert "since" not in shown


@pytest.mark.parametrize("moves", [9, 10, 11, 40])
async def test_a_short_brief_lists_the_first_moves_and_counts_the_rest(moves: int) -> None:
    brief = replace(BRIEFS["brief"], moved=(ALERTS["confirmed"],) * moves)
    shown = _takes(brief_sheet(card_of_brief(brief, STORYLINE, "en"), timedelta(days=7)))
    assert shown.count("· sample-confirmed") == 5
    assert f"and {moves - 5} more" in shown


@pytest.mark.parametrize("language", languages())
async def test_of_a_digest_with_no_room_for_all_its_lists_what_moved_is_told(language: str) -> None:
    lists = {"moved": "confirmed", "signals": "signal", "ended": "expired"}
    linked = {
        part: tuple(
            replace(ALERTS[name], evidence=(replace(ALERTS[name].lead, url=f"https://x.example/{'a' * 300}/{n}"),))
            for n in range(5)
        )
        for part, name in lists.items()
    }
    shown = _takes(brief_sheet(card_of_brief(replace(BRIEFS["digest"], **linked), STORYLINE, language), timedelta(7)))
    assert "· sample-confirmed" in shown
    assert "· sample-expired" not in shown


async def test_a_full_brief_takes_as_many_pages_as_it_needs() -> None:
    standing = BRIEFS["brief"].standings[0]
    tracks = [replace(standing, track=track.id) for track in STORYLINE.tracks]
    far = tuple(
        replace(one, holder=holder.id) for one in tracks for holder in STORYLINE.holders[:12] if one.word is not None
    )
    silent = tuple(SilentSource("x" * 900, None, "y" * 900) for _ in range(50))
    card = card_of_brief(replace(BRIEFS["brief"], standings=far, silent=silent), STORYLINE, "en")
    pages = [_takes(page) for page in full(card)]
    assert 1 < len(pages) <= 5
    assert _takes(brief_sheet(card, timedelta(days=7)))


async def test_a_track_too_long_for_a_page_is_cut_at_a_line(small_storyline: Storyline) -> None:
    standing = BRIEFS["brief"].standings[0]
    many = tuple(replace(standing, holder=f"holder-{n}" * 5) for n in range(200))
    card = card_of_brief(replace(BRIEFS["brief"], standings=many), STORYLINE, "en")
    shown = "".join(_takes(page) for page in full(card))
    assert shown.count("holder-") > 100


@pytest.mark.parametrize(
    ("url", "opens"),
    [
        ("https://news.example.org/a?b=c#d", True),
        ("http://news.example:8080", True),
        ("https://localhost/a", False),
        ("https://192.168.0.1/a", False),
        ("https://новости.example/a", False),
        ("https://x.example/" + "a" * 600, False),
    ],
)
def test_only_an_address_that_discord_takes_becomes_a_button(url: str, opens: bool) -> None:
    assert buttons(Button("Article", url=url)) == ((Button("Article", url=url),) if opens else ())


@pytest.mark.parametrize(
    "ident", ["", "sw", "sw|why", "sw|why|a|x|1", "sw|why||1|1", "sw|all|x||", "sw|all|99999999999||", "xx|why|a|1|1"]
)
def test_an_id_that_is_not_ours_is_read_as_nothing(ident: str) -> None:
    assert idents.read(ident) is None


@given(alert=st.from_regex(r"[a-z0-9-]{1,40}", fullmatch=True), delivery=st.integers(0, 10**12))
def test_an_id_carries_what_it_was_made_of(alert: str, delivery: int) -> None:
    assert idents.read(idents.why(alert, delivery, 3)) == idents.Why(alert, delivery, 3)
    assert idents.read(idents.everything(timedelta(days=7), alert, "")) == idents.Everything(
        timedelta(days=7), alert, ""
    )
