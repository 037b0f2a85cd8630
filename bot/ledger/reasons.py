"""Why was something decided as it was?

Every branch of a decision has one name here and one plain line; logs carry the name, `why` shows the line.

Refuses to do: no rule is applied here.
"""

from __future__ import annotations

from enum import StrEnum


class Reason(StrEnum):
    """A named reason, of what one reading did to its ledger or of why an alert is as it is."""

    OFFICIAL = "official"
    SECOND_ORIGIN = "second-origin"
    REPORTED_ONCE = "reported-once"
    DISTANT_SOURCE = "distant-source"
    SAME_ORIGIN = "same-origin"
    REAFFIRMED = "reaffirmed"
    ANALYST = "analyst"
    QUIET = "quiet"
    FIRST_WORD = "first-word"
    OUTLOOK = "outlook"
    DENIAL = "denial"
    LESSER_DEED = "lesser-deed"
    NEARER_DEED = "nearer-deed"
    AFRESH = "afresh"
    NOTHING_TO_UNDO = "nothing-to-undo"
    SUPERSEDED = "superseded"
    OVERTAKEN = "overtaken"
    STRONGER_IN_ITEM = "stronger-in-item"
    OTHER_VOICE = "other-voice"
    MIXED_SIGNALS = "mixed-signals"
    SWING = "swing"
    NOT_OF_THE_STORYLINE = "not-of-the-storyline"
    BRIEF_ONLY = "brief-only"
    SILENT = "silent"
    OLD_NEWS = "old-news"
    MORE_ORIGINS = "more-origins"
    UNCONFIRMED = "unconfirmed"
    EVIDENCE_GONE = "evidence-gone"
    QUOTED_ANEW = "quoted-anew"
    SAYS_OTHERWISE = "says-otherwise"

    @property
    def line(self) -> str:
        """The reason as one plain English sentence."""
        return _LINES[self]


TURNS = frozenset({Reason.SWING, Reason.MIXED_SIGNALS})
"""Why an alert that is edited tells of a move all the same."""

_LINES = {
    Reason.OFFICIAL: "The holder itself says or does it, in a source close enough to be taken at its word.",
    Reason.SECOND_ORIGIN: "A second independent origin carries it within 72 hours.",
    Reason.REPORTED_ONCE: "One origin reports it of the holder: a signal until a second one does.",
    Reason.DISTANT_SOURCE: "Only a specialist, think tank or search has the holder's own statement: one origin.",
    Reason.SAME_ORIGIN: "A copy, a paper of the same house, or the same speaker again: no further origin.",
    Reason.REAFFIRMED: "The register stands on this rung already: counted, not told.",
    Reason.ANALYST: "Opinion or analysis never moves a ledger.",
    Reason.QUIET: "A quiet rung is what holders say between moves: shown in the brief, never told.",
    Reason.FIRST_WORD: "The register had no baseline and no history: its first word is taken silently.",
    Reason.OUTLOOK: "A word below the deed reached is an outlook, never a shift.",
    Reason.DENIAL: "The holder, or a voice for it, denies what others report.",
    Reason.LESSER_DEED: "It goes no further than what has been done already.",
    Reason.NEARER_DEED: "The furthest deed rests on one origin alone; others report this nearer one.",
    Reason.AFRESH: "The rung rested on one origin alone for 14 days; others now report it afresh.",
    Reason.NOTHING_TO_UNDO: "A reversal of a deed that the ledger does not hold.",
    Reason.SUPERSEDED: "It is older than the word that stands.",
    Reason.OVERTAKEN: "A deed that goes further has been confirmed meanwhile.",
    Reason.STRONGER_IN_ITEM: "The same article reports a stronger act or a later word of this holder.",
    Reason.OTHER_VOICE: "Somebody else's word does not speak for this holder.",
    Reason.MIXED_SIGNALS: "It contradicts what was told less than 48 hours ago: what more houses carry stands.",
    Reason.SWING: "The word returned within 14 days to where it stood before: the alert is edited.",
    Reason.NOT_OF_THE_STORYLINE: "The storyline has no such rung on this ladder.",
    Reason.BRIEF_ONLY: "This track is shown in the brief and never told.",
    Reason.SILENT: "It came with the first poll of its source: it fills the ledger and is not told.",
    Reason.OLD_NEWS: "It was published more than 7 days before it was first seen: it fills the ledger and is not told.",
    Reason.MORE_ORIGINS: "More origins or outlets carry it.",
    Reason.UNCONFIRMED: "No second independent origin came within 72 hours.",
    Reason.EVIDENCE_GONE: "The sentence it rested on is no longer in the article.",
    Reason.QUOTED_ANEW: "The sentence that was quoted reads differently now, or is gone; the position stands.",
    Reason.SAYS_OTHERWISE: "The article that was quoted says otherwise now; others still carry it.",
}
