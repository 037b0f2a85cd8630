"""Is what a writer says that a holder should do the writer's opinion, and nobody's word?"""

from datetime import UTC, datetime

import pytest

from bot.domain import By

from .readers import readings

MENDING = ("seoul-moscow", "south-korea")
REQUESTED = ("allies-arms", "united-states")


def read(text: str, *, learned: bool = True, title: str = "Comment", language: str = "en") -> dict[tuple[str, str], By]:
    found = readings(language, title, text, day=datetime(2024, 11, 12, tzinfo=UTC), learned=learned)
    return {(r.track, r.holder): r.by for r in found}


@pytest.mark.parametrize("learned", [True, False])
@pytest.mark.parametrize(
    ("text", "track", "holder"),
    [
        (
            "The United States should press Seoul to release some of its ammunition stockpile to Kyiv.",
            "allies-arms",
            "united-states",
        ),
        ("Washington should urge South Korea to send its shells to Ukraine directly.", "allies-arms", "united-states"),
        ("Brussels must encourage South Korea to send weapons to Ukraine.", "allies-arms", "eu"),
        ("Seoul should restore relations with Moscow as soon as the war ends.", "seoul-moscow", "south-korea"),
        ("Seoul should summon the Russian ambassador, writes Chun In-bum.", "seoul-moscow", "south-korea"),
    ],
)
def test_advice_that_nobody_but_the_writer_gives_is_an_opinion(
    text: str, track: str, holder: str, learned: bool
) -> None:
    assert read(text, learned=learned).get((track, holder), By.ANALYST) is By.ANALYST


def test_advice_is_read_and_told_as_an_opinion() -> None:
    assert read("The US should press Seoul to release its ammunition stockpile to Kyiv.") == {
        ("allies-arms", "united-states"): By.ANALYST
    }


@pytest.mark.parametrize(
    ("text", "track", "holder"),
    [
        ("Estonia's minister said Washington should press South Korea to arm Ukraine.", "allies-arms", "estonia"),
        ("Seoul should send weapons to Ukraine, Poland's president said.", "allies-arms", "poland"),
        (
            "Seoul should restore relations with Moscow once the war ends, Foreign Minister Cho Tae-yul said.",
            "seoul-moscow",
            "south-korea",
        ),
        ('"South Korea should restore its relations with Russia," he told lawmakers.', "seoul-moscow", "south-korea"),
        ("Russia should stop its military cooperation with the North, Seoul said.", "seoul-moscow", "south-korea"),
        ("The United States asked Seoul to release ammunition to Kyiv.", "allies-arms", "united-states"),
    ],
)
def test_what_somebody_is_heard_to_say_is_no_opinion(text: str, track: str, holder: str) -> None:
    title = "Seoul on Russia and arms for Ukraine: Foreign Minister Cho Tae-yul answers lawmakers"
    assert read(text, title=title)[track, holder] is not By.ANALYST


@pytest.mark.parametrize("learned", [True, False])
@pytest.mark.parametrize(
    ("text", "track"),
    [
        ("South Korea feels it needs to restore its ties with Russia.", "seoul-moscow"),
        ("South Korea will not need to send lethal weapons to Ukraine.", "seoul-arms"),
    ],
)
def test_what_a_holder_thinks_or_needs_not_is_no_advice(text: str, track: str, learned: bool) -> None:
    assert read(text, title="Cho on Russia", learned=learned)[track, "south-korea"] is By.OFFICIAL


def test_a_headline_s_dash_marks_whose_word_it_is() -> None:
    title = "Seoul should restore ties with Russia — foreign minister"
    assert read("", title=title)["seoul-moscow", "south-korea"] is By.OFFICIAL


def test_a_need_of_the_warring_is_no_advice() -> None:
    text = "North Korean soldiers must cross open fields in Kursk, where hundreds have been killed by drones."
    assert read(text, title="Kursk")["pyongyang-war", "north-korea"] is By.REPORTED


@pytest.mark.parametrize(
    ("text", "track", "holder"),
    [
        ("The government made clear on Monday that South Korea should restore ties with Russia.", *MENDING),
        ("Foreign Minister Cho Tae-yul made it clear that South Korea should restore its ties with Russia.", *MENDING),
        ("The United States made it clear that South Korea should supply shells to Ukraine.", *REQUESTED),
    ],
)
def test_what_somebody_makes_clear_is_said(text: str, track: str, holder: str) -> None:
    assert read(text)[track, holder] is By.OFFICIAL


def test_what_a_war_makes_clear_is_what_the_writer_thinks() -> None:
    text = "The war has made clear that the United States should press Seoul for shells."
    assert read(text) == {REQUESTED: By.ANALYST}


@pytest.mark.parametrize("learned", [True, False])
@pytest.mark.parametrize(
    ("language", "title", "track", "holder"),
    [
        ("ru", "Сеулу нужно восстановить отношения с Москвой, считает корейский профессор", *MENDING),
        ("ru", "Южной Корее пора восстановить отношения с Россией", *MENDING),
        ("ru", "США следует просить Сеул о снарядах для Украины", *REQUESTED),
        ("uk", "Південна Корея має переглянути заборону на зброю для України", "seoul-arms", "south-korea"),
        ("uk", "Сеулу варто відновити відносини з Росією", *MENDING),
        ("uk", "США мають закликати Сеул передати снаряди Україні", *REQUESTED),
    ],
)
def test_advice_of_no_heard_voice_is_an_opinion_in_russian_and_ukrainian(
    language: str, title: str, track: str, holder: str, learned: bool
) -> None:
    assert read("", title=title, language=language, learned=learned).get((track, holder), By.ANALYST) is By.ANALYST


@pytest.mark.parametrize(
    ("language", "title", "track", "holder"),
    [
        ("ru", "Южная Корея должна восстановить отношения с Россией, заявил глава МИД Чо Тхэ Ёль", *MENDING),
        ("ru", "Сеул намерен восстановить отношения с Россией", *MENDING),
        ("ru", "Южная Корея должна дать нам оружие, заявил Зеленский", "allies-arms", "ukraine"),
        ("uk", "Південна Корея має дати нам зброю, заявив Зеленський", "allies-arms", "ukraine"),
        ("uk", "Південна Корея має намір відновити відносини з Росією", *MENDING),
        ("uk", "Сеул має відновити відносини з Росією, заявив міністр Чо Те Юль", *MENDING),
    ],
)
def test_what_is_said_or_meant_in_russian_and_ukrainian_is_no_opinion(
    language: str, title: str, track: str, holder: str
) -> None:
    assert read("", title=title, language=language)[track, holder] is By.OFFICIAL
