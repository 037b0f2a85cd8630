"""Are two names those of one paper, however they are written?

Refuses to do: no list of papers, no translation; «Трибюн» and "The Tribune" stay two names.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_ARTICLE = re.compile(r"^the\s+")
_NOT_WORD = re.compile(r"[\W_]+")
_ENDING = re.compile(
    r"(?<=[\u0400-\u04ff]{4})"
    r"(?:ого|ому|ої|ою|ими|ыми|ами|ях|ах|ая|яя|ой|ей|ую|ое|ее|ые|ие|ый|ий|ых|их|[аяоеёыиіїуюйь])$"
)
"""A Cyrillic name stands in any case: «Коммерсант», «Коммерсанта»."""


@lru_cache(maxsize=4096)
def paper_name(written: str) -> str:
    """Return what a paper's name is known by: small letters without article, spaces, marks and Cyrillic endings."""
    plain = _ARTICLE.sub("", unicodedata.normalize("NFKC", written).casefold().strip())
    return "".join(_ENDING.sub("", word) for word in _NOT_WORD.split(plain))
