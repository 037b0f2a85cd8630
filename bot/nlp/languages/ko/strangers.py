"""How does a Korean sentence tell of ties that a storyline may not be about?

Refuses to do: a sentence that names Russia, the war, arms, troops or a pact beside them is read whatever else it tells;
strange countries are not looked for.
"""

from __future__ import annotations

import re

_OURS = (
    r"(?:러시아|모스크바|크렘린|푸틴|우크라|[한대북][·-]?러|(?<!북)(?<!북·)중[·-]?러|러[·-]?북|(?<![가-힣])러|러와|러[-·…,]"
    r"|北[^ ]*러|파병|무기|포탄|미사일|쿠르스크|기술|위성|조약|동맹|밀착)"
)
_OTHERS = (
    r"(?:남북|북미|북·미|미북|북일|한중|한·중|한일|한·일|한중일|대북|대중|대일"
    r"|(?:북한|북측|북|北|중국|中|일본|日|평양|베이징)[과와](?:의)?)"
)
_TIES = r"(?:관계|대화|소통|통신선|연락선|연락망|채널|창구|교류|신뢰)"
_MENDED = r"(?:복원|재개|회복|개선|정상화|되살|잇|이어|열)"

STRANGERS = re.compile(
    rf"^(?!.*{_OURS}).*?(?P<among>{_OTHERS} ?[^.,\"“”]{{0,20}}?{_TIES}[^.,\"“”]{{0,20}}?{_MENDED})", re.DOTALL
)
