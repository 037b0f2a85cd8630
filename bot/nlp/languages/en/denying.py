"""How does English deny a report?

Refuses to do: what follows from it is decided elsewhere.
"""

from __future__ import annotations

import re

from bot.nlp.denying import Denying

_DENY = (
    r"(?i:\b(?:den(?:y|ies|ied|ying)|dismiss(?:es|ed|ing)?|reject(?:s|ed|ing)?|refut(?:es?|ed|ing)|rebut(?:s|ted|ting)?"
    r"|debunk(?:s|ed|ing)?|disput(?:es?|ed|ing)|quash(?:es|ed)?|scotch(?:es|ed)?)\b)"
)
_CALL = r"(?i:\b(?:call|brand|label|label+ed|describe|term|denounce|dismisse)(?:s|d|ed|ing)?\b)"
_CHARGE = (
    r" that (?:it|they|he|she|Seoul|South Korea)\b"
    r"(?![^,;]*\b(?:too|not|no|never|without|fail\w*|little|enough|slow\w*|late|should|must|decid\w+)\b|[^,;]*n['’]t\b)"
)
"""Criticism of what somebody does, and not of how, is as good as the claim that it does."""
_NOUN = (
    r"(?i:(?:reports?|claims?|rumou?rs?|allegations?|speculation|suggestions?|assertions?"
    rf"|accusations?|stor(?:y|ies)|talk|criticism(?={_CHARGE})))"
)
_FALSE = (
    r"(?i:untrue|false|groundless|baseless|unfounded|fake|fabricated|fabrications?|fiction|nonsense|incorrect|inaccurate"
    r"|wrong|(?:not|n['’]t) (?:true|correct|accurate|the case)|without foundation)\b"
)
_MORE = (
    r",? (?:but|while|though|although|however|yet)\b|,? and (?:says?|said|vow|insist|stress|reiterat|warn|call|add)"
    r"|, |; |: | [-–—] | as [\w’'-]+(?: [\w’'-]+)?$| as (?:false|untrue|groundless|baseless|fake|unfounded|“|\")"
)
_CLAIM = rf"(?:(?! ?{_MORE})[^\n])*"
_BEFORE = r"(?: (?!knowledge|critic|awareness|knowing)[^\s,;:]+){0,5}?"
"""Words between the denial and the report: whose it is, and what kind of a report."""

_WHOSE = r"\b(?:[A-Z][\w-]* )?[A-Z][\w-]*['’]s? (?:[a-z]+ )?"
"""Whose a claim is, in front of it: not who denies it."""

_WAVE = (
    r"(?i:\b(?:(?:shrug(?:s|ged|ging)?|brush(?:es|ed|ing)?|wav(?:es?|ed|ing)|laugh(?:s|ed|ing)?) (?:off|aside|away)"
    r"|defi(?:es|ed)|defy(?:ing)?|ignor(?:es?|ed|ing)|overrid(?:es?|ing)|overrode|overrul(?:es?|ed|ing))\b)"
)
_STOP = (
    r"(?:not to|against|to (?:drop|scrap|cancel|halt|stop|end|reverse|reconsider|abandon|withdraw|freeze|suspend"
    r"|refrain|rethink|shelve|call off)\b)"
)
_OBJECTION = (
    rf"(?i:(?:criticisms?(?!{_CHARGE})|warnings?|threats?|objections?|protests?|backlash|complaints?|condemnations?|outcry"
    r"|opposition(?= to\b)"
    r"|(?:concerns?|fears?|worries|unease|misgivings)(?! (?:that|it|its|he|they|Seoul|South)\b)"
    rf"|(?:calls?|demands?|appeals?|requests?|pressure)(?= {_STOP})"
    r"|(?:Russian?|Moscow|Kremlin|opposition)(?:['’]s)? pressure)\b)"
)
"""What is no report; "concerns that it will send shells" are as good as one, and so are calls to send them."""

_CLAUSE = r"(?:[,;:–—“\"]|\b(?:and|but|while|though|although|yet)\b)"
_NO = r"(?i:\b(?:not|no|never|none|nobody|nothing|nor|neither|without|cannot|den\w+|refus\w+|stopped)\b|n['’]t\b)"
"""Who "is not considering it" does not consider it; what another clause says takes nothing from it."""

_LIFTED = (
    r"(?i:\b(?:not|no longer|never|neither|nor|cannot|stop(?:s|ped)?|ceas(?:es?|ed)|(?:declin|refus)\w+ to)\b|n['’]t\b)"
    r"(?! (?:only|just|merely|simply)\b)(?: (?!and\b|but\b|or\b)\w+){0,3}?(?i: (?:confirm\w* n?or )?"
    r"(?:den(?:y|ies|ied|ying)|disput(?:es?|ed|ing))\b)"
    r"|(?i:\b(?:no longer|stop(?:s|ped)?|ceas(?:es?|ed)) (?:\w+ )?(?:rul(?:es?|ed|ing) out|exclud(?:es?|ed|ing))\b)"
)

DENYING = Denying(
    hint=re.compile(rf"{_DENY}|{_FALSE}|{_WAVE}"),
    reports=(
        re.compile(
            rf"{_CALL}(?P<claim>{_BEFORE} {_NOUN}\b (?:(?! {_FALSE})(?!, |; )[^\n])+) [\"“'‘]?(?:as )?[\"“'‘]?{_FALSE}"
        ),
        re.compile(rf"{_DENY}(?P<claim>{_BEFORE} {_NOUN}\b{_CLAIM})"),
        re.compile(
            rf"(?P<claim>(?:{_WHOSE}|(?:\b(?i:a|an|the|any|media|newspaper|press) ){{0,3}})\b{_NOUN}\b"
            r" (?:(?!, (?!which|that)|; )[^\n])*?)"
            r"(?: |, |: )(?:(?:is|are|was|were|as|has been|have been|[\"“'‘]) ?)*[\"“'‘]?"
            rf"(?:{_FALSE}|denied|dismissed|rejected|refuted)"
        ),
        re.compile(
            r"(?i:\bden(?:y|ies|ied|ying)\b)"
            rf"(?P<claim> (?:that|having|it|its|they|he|she|any (?!knowledge)|(?!know)[a-z]+ing"
            rf"|South Korean?|Seoul)\b{_CLAIM})"
        ),
    ),
    undenied=re.compile(
        r"(?i:(?:\b(?:not|never|neither|nor|without|cannot|declin\w+ to|refus\w+ to|fail\w* to|short of)|n['’]t)"
        r" (?:\w+ ){0,3}?(?:confirm\w* (?:n?or|or) )?(?:den(?:y|ies|ied|ying)|dismiss|reject|refut|rebut|disput)\w*)"
        r"|(?i:\b(?:nor|or) (?:den(?:y|ies|ied|ying)))"
    ),
    lifted=re.compile(_LIFTED),
    no=re.compile(_NO),
    turned=re.compile(
        r"(?i:\b(?:not|no|never|nothing|without|rul\w+ out|refus\w+|declin\w+|halt\w*|stop(?:s|ped|ping)?|ended"
        r"|back\w* (?:away|out|down|off)|dropp\w+|withdr\w+|cancel\w*|abandon\w*|shelv\w+|scrapp\w+|fail\w*"
        r"|reject\w*)\b|n['’]t\b)"
        r"|(?i:\b(?:its|the|this|that|their|planned|[A-Z]\w+[’']s) (?:decision|plan|offer|move|suppl\w+|sale)\b.*"
        r"\b(?:is|was|were|will|would|could|can|amounts?|violat\w+|breach\w*|breaks?|broke|risks?|makes?|means|came|comes)\b)"
    ),
    office=re.compile(
        r"(?i:\b(?:ministry|ministries|minister|government|officials?"
        r"|spokes\w+|presidential office|office)\b)"
    ),
    objections=re.compile(
        rf"(?P<claim>(?P<aside>(?:{_DENY}|{_WAVE})(?: (?!{_NOUN})[^\s,;:]+){{0,5}}? {_OBJECTION}"
        rf"(?! (?:and|or)(?: \S+){{0,2}}? {_NOUN})"
        rf"(?: {_STOP}(?: (?:its|the|an?|any|this))?| that\b(?:(?! ?{_MORE})[^\n])*| (?:of|over|about|to|at|on)\b)?)"
        rf"{_CLAIM})"
    ),
    pondered=re.compile(
        rf"(?:^|{_CLAUSE})(?:(?!{_CLAUSE}|{_NO})[^\n])*?"
        r"(?i:\b(?:consider|weigh|mull|review|study|discuss|examin|ponder)(?:ing)? (?:it|this|that|doing so"
        r"|(?:the|that|this|such|an?|such an?) (?:idea|option|possibility|matter|issue|step|move|proposal))\b)"
        rf"(?! (?:as |(?i:article)|{_NOUN}))"
    ),
)
