"""Of which verb is a passive participle, when the dictionary keeps it as an adjective?

"надісланий" is of "надіслати", "спрямований" of "спрямувати", "запроваджений" of "запровадити".

Refuses to do: it guesses nothing that the dictionary does not know.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

_ENDINGS = (
    ("ований", "увати"),
    ("йований", "ювати"),
    ("ьований", "ювати"),
    ("ьований", "ювати"),
    ("аний", "ати"),
    ("яний", "яти"),
    ("тий", "ти"),
)
_SOFTENED = (
    ("дж", "д"),
    ("щ", "ст"),
    ("ч", "т"),
    ("ш", "с"),
    ("ж", "з"),
    ("пл", "п"),
    ("бл", "б"),
    ("вл", "в"),
    ("мл", "м"),
    ("", ""),
)


def verb_of(participle: str, known: Callable[[str], bool]) -> str:
    """Return the infinitive of a participle in dictionary form, "" where none is known."""
    return next((verb for verb in _candidates(participle) if known(verb)), "")


def _candidates(participle: str) -> Iterator[str]:
    for ending, infinitive in _ENDINGS:
        if participle.endswith(ending):
            yield participle.removesuffix(ending) + infinitive
    if participle.endswith("ений"):
        stem = participle.removesuffix("ений")
        for soft, hard in _SOFTENED:
            if stem.endswith(soft):
                root = stem.removesuffix(soft) + hard
                yield root + "ити"
                yield root + "ути"
                yield root + "ти"
                yield root + "іти"
