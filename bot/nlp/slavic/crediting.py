"""How do Russian and Ukrainian newsrooms credit another paper?

Refuses to do: whom a bare Cyrillic name stands for is not guessed; a paper is quoted, written in Latin, or called one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.nlp.papers import Crediting
from bot.nlp.plain import NOTHING

_LATIN = r"(?P<name>[A-Z][\w&.-]*(?: (?:(?:of|de|la|le|and|&) )?[A-Z0-9][\w&.-]*){0,3})"
_QUOTED = r"[«“„\"](?P<name>[A-ZА-ЯЁІЇЄҐ][\w’'.-]+(?: [\w’'.-]+){0,3})[»”“\"]"
_NAMES = (_QUOTED, _LATIN)
_CAPITAL = r"(?P<name>[А-ЯЁІЇЄҐ][\w’'-]+(?: [А-ЯЁІЇЄҐ][\w’'-]+){0,2})"


@dataclass(frozen=True, slots=True)
class Wordings:
    """The words of one language, each an alternation of regular expressions.

    Args:
        says: verbs of reporting.
        writes: those of them that a paper's name stands before; who has told something else may be a party in quotes.
        printed: stems of what a paper or a station is that has a name even where it stands without quotation marks.
        others: stems of what else may be one.
        referring: prepositions of a source.
        endings: of the adjectives that may stand before a paper.
        again: see Crediting.
        polls: stems of what a poll is, and of who makes them.
    """

    says: str
    writes: str
    printed: str
    others: str
    referring: str
    endings: str
    again: str
    polls: str

    def crediting(self) -> Crediting:
        """Return how papers are credited with these words."""
        kind = rf"(?:{self.printed}|{self.others})[\w’']*"
        before = rf"(?:[\w-]+(?:{self.endings}) ){{0,2}}(?:{kind} )?"
        plain = [
            re.compile(wording)
            for name in _NAMES
            for wording in (
                rf"(?i:\b(?:{self.says})) {before}{name}",
                rf"{name} (?:{self.writes})\b",
                rf"(?i:\b(?:{self.referring})) {before}{name}",
                # the verb means "hands over", too: "передали Patriot"
                rf"(?i:\bпереда)\w+ (?:[\w-]+ )?{kind} {name}",
            )
        ]
        return Crediting(
            hint=re.compile(rf"[A-Z«“„\"]|(?i:{self.printed})"),
            plain=(
                *plain,
                *(re.compile(rf"(?i:\b(?:{self.printed}))\w* {name}(?=[ ,.:;]|$)") for name in (_LATIN, _CAPITAL)),
            ),
            likely=(),
            headline=[re.compile(rf"^{_LATIN}: "), *(re.compile(rf" [-–—] {name}$") for name in _NAMES)],
            single=(),
            person=NOTHING,
            full=NOTHING,
            proper=frozenset(),
            polls=[re.compile(rf"(?i:\b(?:{self.polls}))\w*,? (?:[\w-]+,? ){{0,4}}?{name}") for name in _NAMES],
            called=re.compile(r"\w"),
            nobody=re.compile(
                r"(?i)^(?:the|сми|змі|telegram\S*|tg\S*|facebook|twitter|x|youtube|truth social|instagram"
                r"|tiktok|live|online|update|video|breaking"
                r"|starlink|patriot|atacms|himars|taurus|tomahawk|[a-z]{1,3}-\d+\w*)$"
                # what something is done under, not who told it: «Договор о партнёрстве»
                r"|^(?:догов[оі]р|соглашени|угод|пакт|меморандум|деклараци|резолюц)"
            ),
            again=re.compile(rf"(?:{self.again})\b"),
            citing=NOTHING,
        )
