"""Does a sentence tell what somebody wishes of another: "Seoul should mend its ties with Moscow", writes a columnist?

Whoever acts for a holder and says so has told its position. A column, a scholar, a party, an envoy of once or a chamber
of commerce has not.

Refuses to do: whose position the wish itself is, an opposition's or an ally's, is not asked; no word of a language
stands here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_READ = 600
"""Characters of a sentence that are looked at."""


@dataclass(frozen=True, slots=True)
class Wishing:
    """How one language tells it; of whom it is wished stands in the group `of`.

    Args:
        column: a title under which a newsroom or a guest has a say.
        wish: a sentence of such a column that says what ought to be.
        outright: a sentence that says so of a government, and that nobody is said to have said.
        voiced: somebody who acts for no government says so.
        home: who is meant where nobody is named.
    """

    column: re.Pattern[str]
    wish: re.Pattern[str]
    outright: re.Pattern[str]
    voiced: re.Pattern[str]
    home: str

    def __call__(self, sentence: str, *, column: bool) -> str:
        """Return of whom a sentence wishes something, in its words; "" for nobody.

        Args:
            column: the sentence is part of a column.
        """
        text = sentence[:_READ].strip()
        found = self.outright.search(text) or self.voiced.search(text) or (column and self.wish.search(text))
        return (found.groupdict().get("of") or self.home) if found else ""
