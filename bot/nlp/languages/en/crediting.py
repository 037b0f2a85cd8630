"""How do English newsrooms credit another paper?

Refuses to do: who is cited in turn is grammar's to find (voices.py).
"""

from __future__ import annotations

import re

from bot.nlp.papers import Crediting

_WORD = r"[A-Z0-9][\w&.-]*"
_NAME = rf"(?P<name>{_WORD}(?: (?:(?:of|de|la|le|and|&) )?{_WORD}){{0,3}})"
_THE = r"(?:[Tt]he )?"
_KIND = (
    r"(?:newspaper|paper|daily|weekly|tabloid|magazine|broadsheet|broadcaster|outlet|website"
    r"|news (?:site|agency|outlet)|radio|television|TV channel|channel|portal)"
)
_EDGE = rf"(?:^|[,;:–—-] |[.”\"’'] |\b(?:that|as|but|and|while|when|after|before|’s|'s|the|The|{_KIND}) )"
_ASIDE = r"(?:,[^,]{1,40},)? (?:has |had |have )?(?:also |first |exclusively |earlier )?"
_NEWS = r"(?:the|this) (?:news|plans?|decision|move|story|deal|deliver\w+|shipments?|talks|deployment)\b"
_ON = (
    r"(?=[,.;:”\"]|$| (?:that|on|in|citing|quoting|earlier|late|last|this|yesterday|today|exclusively"
    rf"|{_NEWS}"
    r"|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b)"
)

CREDITING = Crediting(
    hint=re.compile(
        r"(?i)report|according|\bper\b|citing|quoting|cite[ds]\b|\btold\b|\bwr[io]te|\bsa(?:id|ys)\b|reveal|claim|learned|published"
        r"|newspaper|daily|tabloid|magazine|broadcaster|news (?:agency|site)|outlet|website|channel|portal|radio|paper"
    ),
    plain=(
        re.compile(rf"{_EDGE}{_THE}{_NAME}(?: {_KIND})?{_ASIDE}[Rr]eported{_ON}"),
        re.compile(rf"[,;–—-] {_THE}{_NAME}(?: {_KIND})?,? [Rr]eports\b"),
        re.compile(rf"\b{_KIND},? {_THE}{_NAME}(?=[,.;:]|$| (?:on|in|citing|reported|said|says|wrote|writes|which)\b)"),
        re.compile(rf"{_EDGE}{_THE}{_NAME} (?:newspaper|daily|tabloid|magazine|broadcaster|news agency|news site)\b"),
    ),
    likely=(
        re.compile(
            rf"{_EDGE}{_THE}{_NAME}{_ASIDE}(?:writes|wrote|says|said|revealed|claims|claimed|learned|cit(?:ed|es))\b"
        ),
        re.compile(
            r"\b(?:[Aa]ccording to|[Rr]eported (?:in|by)|[Pp]ublished (?:in|by)|[Cc]iting|[Qq]uoting|"
            rf"[Rr]eport(?:s|ed)?,? (?:in|by|from)|[Rr]eport(?:s|ed)"
            # whoever is named has spoken, to whichever paper
            r"|(?:officials?|sources?|people|diplomats?|aides?)\b[^.,]{0,40} told) "
            rf"(?:a report (?:in|by|from) )?{_THE}{_NAME}"
        ),
    ),
    headline=(
        re.compile(rf"^{_THE}{_NAME}: "),
        re.compile(rf"(?: [-–—|]|:) {_THE}{_NAME}$"),
    ),
    single=(
        re.compile(
            r"\b(?:[Aa]ccording to|[Pp]er|[Cc]iting|[Qq]uoting|[Rr]eported by|[Rr]eport (?:by|from|in)) (?:[Tt]he )?"
            r"(?P<name>[A-Z][\w&]+)(?=[,.;:”\"]|$| (?:on|in|which|citing|quoting|and|late|early)\b)"
        ),
        re.compile(
            r"\b[Aa]ccording to (?:an?|the) (?P<name>[A-Z][\w&]+) (?:report|story|article|scoop|investigation)\b"
        ),
        # whoever is named has spoken, to whichever paper
        re.compile(
            r"\b(?:officials?|sources?|people|diplomats?|aides?)\b[^.,]{0,40} told (?:the )?"
            r"(?P<name>[A-Z][\w&]+)(?=[,.;:]|$| [a-z])"
        ),
    ),
    person=re.compile(
        r"^(?:Kim|Lee|Yi|Park|Choi|Choe|Jung|Jeong|Chung|Kang|Cho|Jo|Yoon|Yun|Jang|Chang|Lim|Im|Han|Oh|Seo|Suh|Shin|Sin"
        r"|Kwon|Hwang|An|Ahn|Song|Ryu|Yoo|Yu|Hong|Jeon|Jun|Ko|Koh|Moon|Mun|Yang|Son|Bae|Paik|Baek|Heo|Nam|Sim|Shim|No|Roh"
        r"|Noh|Ha|Kwak|Sung|Seong|Cha|Joo|Ju|Woo|Wi|Koo|Ku|Min|Jin|Ji|Um|Uhm|Chae|Won|Cheon|Bang|Kong|Hyun|Yeo|Ri|Pak|Ro"
        r"|\w+(?:[oe]v|[oe]va|enko|sk[iy]|skyi|skii|skiy|chuk|yuk))$"
    ),
    full=re.compile(
        r"\b(?!(?:According|Per|Citing|Quoting|The|By|And|But|While|As|Reported|Told)\b)[A-Z][\w’'.-]* \0(?!\w)"
        r"|(?<!\w)\0 [A-Z]"
    ),
    proper=frozenset(),
    polls=(
        re.compile(rf"\b[Pp]oll(?:ster|ing (?:firm|agency|company|institute|organi[sz]ation)),? {_THE}{_NAME}"),
        re.compile(rf"\b(?:[Pp]oll|[Ss]urvey)(?: \w+){{0,3}} by {_THE}{_NAME}"),
        re.compile(rf"\b(?:an?|the|A|An|The|latest|new|recent|to|in) {_NAME} (?:opinion |tracking )?(?:poll|survey)\b"),
        re.compile(rf"{_EDGE}{_THE}{_NAME} (?:has )?(?:polled|surveyed)\b"),
    ),
    called=re.compile(
        r"\b(?:Post|Times|Tribune|Herald|News|Daily|Journal|Telegraph|Observer|Mail|Sun|Express|Gazette|Chronicle|Press"
        r"|Weekly|Radio|TV|Television|Broadcasting|Magazine|Examiner|Dispatch|Courier|Sentinel|Bulletin|Inquirer|Globe"
        r"|Mirror|Independent|Guardian|Economist|Insider|Shimbun|Ilbo|Sh?inmun|Monde|Figaro|Presse|Gazeta|Novosti"
        r"|Corriere|Repubblica|Mundo|Pa[ií]s)\b|(?:zeitung|blatt|gazette|news|post)\b|\.(?:com|net|org|ru|ua)\b",
    ),
    nobody=re.compile(
        r"(?i)^(?:(?:breaking|live|latest|top|world|global|local|national|foreign|state|war|asia|europe|korea|ukraine"
        r"|russia|morning|evening|daily|weekly|radio|press|tv|news|update|exclusive|facebook|telegram|social|truth|post"
        r"|twitter|x)\b\W*)+$"
        r"|^(?:an?|the|this|that|these|those|such|first|initial|early|recent|new|other|some|many|most)\b"
        r"|^(?:(?:south|north|west|east) )?(?:german|french|british|japanese|chinese|polish|danish|dutch|swedish"
        r"|norwegian|finnish|estonian|latvian|lithuanian|czech|american|italian|spanish|swiss|turkish|israeli|indian"
        r"|australian|canadian|european|korean|russian|ukrainian|belgian|austrian|taiwanese|kremlin|kyiv|seoul|moscow"
        r"|local)$"
        r"|[’']s\b|\b(?:media|reports?|ministr\w*|departments?|staffs?|council|committee|service|office|forces?|command"
        r"|directorate|embassy|government|parliament|police|party|presidents?|congress|senate|lawmakers?|duma|rada|bureau"
        r"|commission|assembly|army|navy|military|intelligence|officials?|agency|sources?|experts?|analysts?|insiders?"
        r"|documents?|data|figures|estimates?|stud(?:y|ies)|secretary|gen|general|lt|col|rep|sen|mr|mrs|ms|dr|prof"
        r"|release|conference|club|(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:he|she|it|they|we|i))\b"
    ),
    again=re.compile(
        rf"{_THE}{_NAME} (?:was the )?(?:first |earlier )?(?:to )?report(?:ed)? {_NEWS}"
        r"|(?:This|That|It|The (?:news|story|report|decision|move)) (?:was|were|has been|had been) (?:first )?report"
    ),
    citing=re.compile(r"\b(?:[Cc]iting|[Qq]uoting|[Cc]ited|[Cc]ites) (?:[\w’'-]+ ){0,2}\0"),
)
