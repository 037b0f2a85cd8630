"""English, through spaCy's parser."""

from __future__ import annotations

import re
from functools import lru_cache

from snowballstemmer import stemmer

from bot.nlp.analysis import Language
from bot.nlp.languages.en.commandless import import_spacy
from bot.nlp.languages.en.crediting import CREDITING
from bot.nlp.languages.en.denying import DENYING
from bot.nlp.languages.en.former import FORMER
from bot.nlp.languages.en.retelling import RETELLING
from bot.nlp.languages.en.strangers import STRANGERS

__all__ = ["ADVISING", "CREDITING", "DENYING", "FORMER", "RETELLING", "STRANGERS", "build", "gate_forms"]

_OTHERWISE = r"(?:and|or|that|which|it|they|will|would|does|do|did|not|never)"
"""What goes on with something else, says what there is no need of, or what the named one thinks of itself."""

ADVISING = re.compile(rf"(?:['’]s?)?(?: (?!{_OTHERWISE}\b)[a-z]+){{0,2}}? (?:should|must|ought to|needs? to)\b")

_STEMS_KEPT = 5_000
_stem = lru_cache(maxsize=_STEMS_KEPT)(stemmer("english").stemWord)
_WORD = re.compile(r"[A-Za-z0-9][\w.&-]*")
_SHORT = 4
_LIGHT = frozenset(
    """
    the a an of to in on for out up off by with at as be it not no and or from into over
    """.split()
)
_IRREGULAR = {
    "send": ("send*", "sent"), "fight": ("fight*", "fought"), "begin": ("begin*", "began", "begun"),
    "give": ("giv*", "gave"), "sell": ("sell*", "sold"), "lend": ("lend*", "lent", "loan*"), "take": ("tak*", "took"),
    "say": ("say*", "said"), "tell": ("tell*", "told"), "buy": ("buy*", "bought"), "bring": ("bring*", "brought"),
    "think": ("think*", "thought"), "lose": ("los*", "lost"), "leave": ("leav*", "left"), "see": ("see*", "saw"),
    "get": ("get*", "got*"), "go": ("go*", "went"), "come": ("com*", "came"), "stand": ("stand*", "stood"),
    "seek": ("seek*", "sought"), "hold": ("hold*", "held"), "withdraw": ("withdr*",), "mend": ("mend*",),
    "keep": ("keep*", "kept"), "make": ("mak*", "made"), "freeze": ("freez*", "froze*"), "split": ("split*",),
    "arm": ("arm", "arms", "armed", "arming"), "die": ("die*", "dying", "dead", "death*"),
    "fly": ("fly*", "flown", "flew", "flies"), "ship": ("ship*",), "bury": ("buri*", "bury*"), "pay": ("pay*", "paid"),
}  # fmt: skip


def build(model: str = "") -> Language:
    """Load the parser and return the language.

    Args:
        model: name of the spaCy package; "" for the one that ships.

    Raises:
        ConfigError: the model is not installed.
    """
    import_spacy()
    from bot.nlp.languages.en.english import English  # noqa: PLC0415 -- spaCy takes seconds; the gate must not wait

    return English.load(model)


def gate_forms(term: str) -> tuple[str, ...]:
    """Return the forms of a phrase's most telling words in raw lower-case text.

    A name or short word stands whole; a longer one stands by its stem, as English inflects at the end.
    """
    words = [piece.rpartition("/")[0] or piece for piece in term.split()]
    if len(words) > 1 and "_" not in words and not any("*" in word for word in words) and term[:1].isupper():
        return (term.lower(),)
    word = max((w for w in words if w.lower() not in _LIGHT), key=lambda w: len(w.strip("*")), default=words[0])
    lower = word.lower()
    if lower in _IRREGULAR:
        return _IRREGULAR[lower]
    if lower.endswith("*") or not _WORD.fullmatch(lower):
        return (lower,)
    if word[:1].isupper() or len(lower) <= _SHORT:
        return (lower,) if word[:1].isupper() else (lower, f"{lower}s", f"{lower}ed", f"{lower}ing")
    stem: str = _stem(lower)
    return (f"{stem[:-1] if stem[-1] == 'i' else stem}*",)
