"""What are holders, rungs and speakers called in a channel's language?

Refuses to do: a name that the storyline does not know is shown as its id, never left out.
"""

from __future__ import annotations

import re

from bot.domain import Evidence, Storyline
from handlers.plain import NAME_LIMIT, plain
from handlers.texts import say, spoken, word

_TAKE_ARTICLE = frozenset(
    [
        "House",
        "Pentagon",
        "Department",
        "Ministry",
        "Office",
        "Council",
        "Service",
        "Agency",
        "Staff",
        "Forces",
        "Team",
        "Panel",
        "Institute",
        "Center",
        "Centre",
        "SBU",
        "Times",
        "Post",
        "Journal",
        "Independent",
        "Press",
    ]
)
_AUXILIARY = re.compile(r"(is|are|was|were)\b|(has|have)(?= \w+ed\b)")
_HANGUL = range(0xAC00, 0xD7A4)
_FINAL_SS = 20
"""Place of ㅆ among the final consonants of a syllable block."""


def holder_name(storyline: Storyline, holder: str, language: str) -> str:
    """Return the holder's name in cards, its id where the storyline does not have it."""
    for known in storyline.holders:
        if known.id == holder:
            return word(language, known.names, holder)
    return plain(holder, NAME_LIMIT)


def in_sentence(name: str, language: str) -> str:
    """Return a name as it stands inside a sentence; in English some take an article: "the United States"."""
    if spoken(language) != "en":
        return name
    if name.startswith("The "):
        return f"the {name[4:]}"
    head = re.split(r" (?:of|for|on)\b", name, maxsplit=1)[0].rsplit(" ", 1)[-1]
    return f"the {name}" if head in _TAKE_ARTICLE and "'s " not in name else name


def track_title(storyline: Storyline, track: str, language: str) -> str:
    """Return the title of a track, its id where the storyline does not have it."""
    known = storyline.find_track(track)
    return word(language, known.title, track) if known else plain(track, NAME_LIMIT)


def rung_label(storyline: Storyline, track: str, rung: str, language: str) -> str:
    """Return the short name of a rung, its id where the ladder does not have it."""
    known = storyline.find_rung(track, rung)
    return word(language, known.label, rung) if known else plain(rung, NAME_LIMIT)


def now_clause(storyline: Storyline, track: str, rung: str, language: str) -> str:
    """Return the predicate of "South Korea now …", the rung's id where there is none."""
    known = storyline.find_rung(track, rung)
    return word(language, known.now, rung) if known else plain(rung, NAME_LIMIT)


def outlet(evidence: Evidence, language: str) -> str:
    """Return the publisher, safe to show."""
    return plain(evidence.publisher, NAME_LIMIT) or say(language, "somebody")


def who(evidence: Evidence, storyline: Storyline, language: str) -> str:
    """Return whom the report comes from: a named speaker or a credited agency, else the publisher."""
    for speaker in storyline.speakers:
        if speaker.id == evidence.origin:
            own = speaker.aliases.get(language) or speaker.aliases.get("en") or (speaker.id,)
            return own[0]
    if evidence.origin != evidence.holder and any(h.id == evidence.origin for h in storyline.holders):
        return holder_name(storyline, evidence.origin, language)
    return outlet(evidence, language)


def named(field: str, name: str) -> dict[str, str]:
    """Return a name as the fields that a template may ask for: bare, and with the Korean particles.

    The particle follows the sound of the last syllable; after a letter of another script both forms are given,
    as Korean newsrooms do.
    """
    return {
        field: name,
        f"{field}_topic": name + _particle(name, "은", "는"),
        f"{field}_subject": name + _particle(name, "이", "가"),
    }


def with_now(clause: str) -> str:
    """Return an English predicate with "now" where it belongs: "now says …", "is now …", "has now signed …"."""
    auxiliary = _AUXILIARY.match(clause)
    return f"{auxiliary.group()} now{clause[auxiliary.end() :]}" if auxiliary else f"now {clause}"


def but(clause: str) -> str:
    """Return a Korean predicate in the past as the first half of a contrast: 배제했다 → 배제했으나.

    A clause that does not end so is returned as it is.
    """
    if len(clause) < 2 or clause[-1] != "다" or ord(clause[-2]) not in _HANGUL:
        return clause
    past = (ord(clause[-2]) - _HANGUL.start) % 28 == _FINAL_SS
    return clause[:-1] + "으나" if past else clause


def _particle(name: str, after_consonant: str, after_vowel: str) -> str:
    last = next((c for c in reversed(name) if c.isalnum()), "")
    if last and ord(last) in _HANGUL:
        return after_consonant if (ord(last) - _HANGUL.start) % 28 else after_vowel
    return f"{after_consonant}({after_vowel})"
