"""Is it a shift? Readings in, standings and alerts out: pure throughout.

    deciding.py   the door: evidence → fold → turns → alerts beside those already told
    standing.py   folds evidence into the two registers       turns.py    what a fold moved
    tale.py       which alerts the turns come to              drafts.py   what an alert says
    novelty.py    what is new in it beside what was told      reasons.py  every reason by name
    chronicle.py  the whole history of one ledger, and the ledger rebuilt from it

Refuses to do: no I/O, and no clock but the time that is given.
"""

from bot.ledger.deciding import ALWAYS, EVIDENCE_WINDOW, Decision, decide, ledgers_of, opening, reasons_in, voices_in
from bot.ledger.novelty import AUTHORITY
from bot.ledger.tale import OLD_NEWS

__all__ = [
    "ALWAYS",
    "AUTHORITY",
    "EVIDENCE_WINDOW",
    "OLD_NEWS",
    "Decision",
    "decide",
    "ledgers_of",
    "opening",
    "reasons_in",
    "voices_in",
]
