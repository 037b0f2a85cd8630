"""What is a sentence to tests that mind no grammar? Its words as they stand, in small letters.

Refuses to do: no lemma and no parse.
"""

from __future__ import annotations

import re

from bot.nlp.analysis import Sentence, Token

_WORD = re.compile(r"\w+(?:[-'’.]\w+)*|[^\w\s]")


def sentence_of(text: str, *, title: bool = True) -> Sentence:
    """Return a text as one sentence, the first of its field."""
    words = _WORD.finditer(text)
    return Sentence(text, 0, tuple(Token(w.group(), w.group().lower(), w.start(), w.end()) for w in words), title, 0)
