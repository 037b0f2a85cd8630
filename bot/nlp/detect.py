"""Which of our languages is an item in?

The script decides nearly always; Russian and Ukrainian part by their own letters, and only where a Cyrillic text
has none of either is a classifier asked.

Refuses to do: it names no language that has no folder.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from bot.nlp import languages

_HANGUL = re.compile(r"[\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3]")
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_LATIN = re.compile(r"[A-Za-z]")
_UKRAINIAN = re.compile(r"[іїєґІЇЄҐ]")
_RUSSIAN = re.compile(r"[ыэъёЫЭЪЁ]")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+")
_PLAIN_LATIN = re.compile(r"(?<![\w'’-])[a-z]{2,}")
"""A word that is no name: English has one in nearly every title."""
_NAMES = 3
"""What part of Latin letters counts where all are names: a Korean or Russian title may be half of such."""
_ENOUGH = 2_000


def detect(title: str, text: str, given: str = "") -> str:
    """Return a language code.

    Args:
        given: what the item says, such as uk or uk-UA; kept when the script does not contradict it.

    Returns:
        A code that has a folder; "en" where the text has no letters of ours.
    """
    sample = _ADDRESS.sub(" ", f"{title}\n{text[:_ENOUGH]}")
    given = given.lower().replace("_", "-").partition("-")[0]
    hangul, cyrillic = (len(script.findall(sample)) for script in (_HANGUL, _CYRILLIC))
    if not hangul and not cyrillic:
        return _known("en", given)
    latin = len(_LATIN.findall(sample)) // (1 if _PLAIN_LATIN.search(sample) else _NAMES)
    if 2 * hangul > max(cyrillic, latin):
        return _known("ko", given)
    if cyrillic > latin:
        return _known(given if given in {"ru", "uk"} and not _contradicted(given, sample) else _slavic(sample), given)
    return _known("en", given)


def _contradicted(given: str, sample: str) -> bool:
    ukrainian, russian = len(_UKRAINIAN.findall(sample)), len(_RUSSIAN.findall(sample))
    return russian > 2 * ukrainian if given == "uk" else ukrainian > 2 * russian


def _slavic(sample: str) -> str:
    ukrainian, russian = len(_UKRAINIAN.findall(sample)), len(_RUSSIAN.findall(sample))
    if ukrainian != russian:
        return "uk" if ukrainian > russian else "ru"
    return _classify()(sample)[0]


def _known(code: str, given: str) -> str:
    known = languages.codes()
    return code if code in known else given if given in known else "en"


@lru_cache(maxsize=1)
def _classify() -> Callable[[str], tuple[str, float]]:
    """Return the classifier, restricted to the languages that letters leave open; loaded when first needed."""
    import py3langid  # noqa: PLC0415 -- its model takes a while to load and is seldom needed

    py3langid.set_languages(["ru", "uk"])
    classify: Callable[[str], tuple[str, float]] = py3langid.classify
    return classify
