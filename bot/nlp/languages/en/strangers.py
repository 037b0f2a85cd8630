"""How does an English sentence tell of a country that a storyline may not be about?

Refuses to do: whether the storyline speaks of it is decided elsewhere; a country in which, after which or near which
something happens is only a place.
"""

from __future__ import annotations

import re

_STATES = """
    Afghanistan|Albania|Algeria|Angola|Argentina|Armenia|Austria|Azerbaijan|Bahrain|Bangladesh|Belarus|Belgium|Bolivia
    |Bosnia|Brazil|Bulgaria|Burkina Faso|Cambodia|Chad|Chile|China|Colombia|Croatia|Cuba|Cyprus|Ecuador|Egypt|Eritrea
    |Ethiopia|Georgia|Ghana|Greece|Hungary|Iceland|India|Indonesia|Iran|Iraq|Ireland|Israel|Italy|Jordan|Kazakhstan
    |Kenya|Kosovo|Kuwait|Kyrgyzstan|Laos|Lebanon|Libya|Luxembourg|Malaysia|Mali|Malta|Mexico|Moldova|Mongolia
    |Montenegro|Morocco|Mozambique|Myanmar|Nepal|New Zealand|Nicaragua|Niger|Nigeria|North Macedonia|Oman|Pakistan
    |Peru|Portugal|Qatar|Romania|Rwanda|Saudi Arabia|Senegal|Serbia|Singapore|Slovakia|Slovenia|Somalia|South Africa
    |Spain|Sri Lanka|Sudan|Switzerland|Syria|Taiwan|Tajikistan|Thailand|the Philippines|The Philippines|Tunisia|Turkey
    |Türkiye|Turkmenistan|Uganda|Uruguay|Uzbekistan|Venezuela|Vietnam|Yemen|Zimbabwe|Hamas|Hezbollah|the Taliban
    |Ankara|Beijing|Belgrade|Chisinau|Havana|Jerusalem|Minsk|New Delhi|Taipei|Tehran
"""
_STATE = "(?:" + re.sub(r"\s*\n\s*", "", _STATES.strip()) + r")\b"
_PLACE = r"(?! (?:visit|trip|summit|talks|meeting|tour|stop|stopover|leg)\b)"
_BETWEEN = r"(?: (?!(?:in|at|to|and|or|from|after|during|before|via|near|over|that|who|which)\b)[\w’'-]+){0,3}?"
_DO = (
    r"(?:warn|threaten|tell|told|urge|accus|ask|press|ban|expel|summon|sanction|blacklist|condemn|target|arm|give|gave"
    r"|sells?|sold|send|sent|suppl(?:y|ie)|ship|provid|equip|thank|prais|help|attack|invade|bomb|strike|punish)"
)
_WITH = r"(?:treaty|pact|deal|agreement|accord|partnership|alliance|ties|relations|war|border) (?:with|between \w+ and)"
_SUPPLY = r"(?:give|gave|sells?|sold|send|sent|suppl(?:y|ie)|ship|provid|deliver|transfer|export)\w*\b[^.;:]{1,60}? to"

STRANGERS = re.compile(
    rf"^(?:[A-Z][A-Z ,.]+(?:\(\w+\) )?[-—–]+ )?(?P<acts>{_STATE})(?:[’']s?\b)?(?= [\w’'-]+|, [A-Z]){_PLACE}"
    rf"|\b{_DO}(?:s|es|d|ed|ing|ned|ning|ped|ping|led|ling)?\b{_BETWEEN} (?P<suffers>{_STATE}){_PLACE}"
    rf"|\b(?:{_WITH}|{_SUPPLY}) (?P<gets>{_STATE}){_PLACE}"
)
