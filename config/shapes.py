"""Which fields may stand in storyline.yml and history.yml?

Models of the files' shape: which fields there are and which have to be. Everything is read as text and becomes a
date, a number or a word here.

Refuses to do: what one part of a file says of another (a rung that its ladder lacks, dates of one office that
overlap) is for config/checks.py.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, model_validator

from bot.domain import Factuality, Register


def written(pattern: str, otherwise: str) -> AfterValidator:
    """Return the check that a text is written in a certain way; `otherwise` says what to write in place of another."""
    wanted = re.compile(pattern)

    def check(given: str) -> str:
        if not wanted.fullmatch(given):
            raise ValueError(otherwise)
        return given

    return AfterValidator(check)


_NO_NAME = "is no name; write small letters, digits and hyphens, such as seoul-arms"
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Name = Annotated[str, written("[a-z][a-z0-9-]*", _NO_NAME)]
Key = Annotated[str, written("[a-z0-9][a-z0-9-]*", _NO_NAME)]
LexiconName = Annotated[str, written("[a-z][a-z0-9_-]*", _NO_NAME)]
LanguageCode = Annotated[str, written("[a-z]{2,3}", "is no language; write its code, such as ko")]
Forms = Annotated[tuple[Text, ...], Field(min_length=1)]
PerLanguage = dict[LanguageCode, Text]
FormsPerLanguage = dict[LanguageCode, Forms]


class Shape(BaseModel):
    """What all shapes have in common: no field beyond those named, and nothing changes afterwards."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class RungShape(Shape):
    """One rung of a ladder."""

    register_: Register = Field(alias="register")
    label: PerLanguage
    now: PerLanguage
    before: PerLanguage
    confirms: PerLanguage = {}
    falsifies: PerLanguage = {}
    quiet: bool = False
    reversal: bool = False


class EventShape(Shape):
    """One kind of event that a track is about."""

    agents: Annotated[tuple[Name, ...], Field(min_length=1)]
    rungs: Annotated[dict[Factuality, Name], Field(min_length=1)]
    default_agent: Name | None = None
    covert: bool = False
    spoken: bool = False
    cues: FormsPerLanguage


class EvidenceShape(Shape):
    """A place in a baseline article: its number, its paragraph from 1, and what it says, in our own words."""

    article: Annotated[int, Field(ge=1)]
    paragraph: Annotated[int, Field(ge=1)]
    says: Text


class BaselinePosition(Shape):
    """The rung that a holder has in the baseline."""

    rung: Name
    evidence: Annotated[tuple[EvidenceShape, ...], Field(min_length=1)]


class BaselineShape(Shape):
    """The baseline decision of a track: positions by holder, or why there are none."""

    none: Text | None = None
    positions: dict[Name, BaselinePosition] = {}

    @model_validator(mode="after")
    def _one_of_both(self) -> BaselineShape:
        if bool(self.none) == bool(self.positions):
            raise ValueError("needs either `positions` by holder or `none` with the reason, and not both")
        return self


class TrackShape(Shape):
    """One track: its question, its ladder, its events."""

    title: PerLanguage
    question: PerLanguage
    holders: Annotated[tuple[Name, ...], Field(min_length=1)]
    alerts: bool = True
    deeds_outrank_words: bool = False
    voices: dict[Name, Name] = {}
    toward: tuple[Name, ...] = ()
    baseline: BaselineShape
    rungs: Annotated[dict[Name, RungShape], Field(min_length=2)]
    events: Annotated[dict[Name, EventShape], Field(min_length=1)]


class TermShape(Shape):
    """A time in an office; both days count, an open end is left out."""

    office: Name
    since: date | None = None
    until: date | None = None

    @model_validator(mode="after")
    def _in_order(self) -> TermShape:
        if self.since and self.until and self.until < self.since:
            raise ValueError("ends before it begins; correct `since` or `until`")
        return self


class PersonShape(Shape):
    """Somebody who holds or held an office, or several."""

    names: FormsPerLanguage
    terms: Annotated[tuple[TermShape, ...], Field(min_length=1)]


class HolderShape(Shape):
    """Somebody whose position is watched."""

    kind: Name
    names: PerLanguage
    aliases: FormsPerLanguage
    offices: FormsPerLanguage = {}
    implied: FormsPerLanguage = {}
    people: dict[Name, PersonShape] = {}


class SpeakerShape(Shape):
    """A body that reports on others."""

    kind: Name
    holder: Name | None = None
    aliases: FormsPerLanguage


class StorylineShape(Shape):
    """The whole file."""

    id: Name
    title: PerLanguage
    baseline_day: date
    tracks: Annotated[dict[Name, TrackShape], Field(min_length=1)]
    holders: Annotated[dict[Name, HolderShape], Field(min_length=1)]
    speakers: dict[Name, SpeakerShape] = {}
    terms: dict[LanguageCode, dict[LexiconName, Forms]] = {}
    topics: FormsPerLanguage = {}


class MoveShape(Shape):
    """A dated move of the history; `about` marks a day known only roughly."""

    day: date
    track: Name
    holder: Name
    rung: Name
    note: Text
    about: bool = False


class HistoryShape(Shape):
    """The whole file."""

    moves: tuple[MoveShape, ...] = ()
