"""How do Russian and Ukrainian say what somebody should do?

    Сеулу ─ пора ─ дать      Південна Корея ─ не повинна ─ давати
    named   need   act: the infinitive follows, or adverbs and it; «має намір дати» is what the named one means to do

Refuses to do: the words of a language are its own; who is heard to say it is decided in bot/nlp/advising.py.
"""

from __future__ import annotations

import re

_HOW = r"\w+о|не|уже|вже|также|також|еще|ещё|ще|сейчас|зараз|наконец|нарешті"
"""Adverbs between the need and the act; most end alike in both languages."""


def advising_by(needs: str, otherwise: str, act: str) -> re.Pattern[str]:
    """Return the pattern of what follows a name that is given advice.

    Args:
        needs: alternatives of a pattern; what says that it should.
        otherwise: words between the name and these that make it something else.
        act: the endings of an infinitive.
    """
    between = rf"(?: (?!(?:{otherwise})\b)[^\W\d_A-ZА-ЯІЇЄҐЁ]+)"
    return re.compile(rf"{between}{{0,2}}? (?:{needs})(?: (?:{_HOW}))*? [а-яёіїєґ]+(?:{act})\b")
