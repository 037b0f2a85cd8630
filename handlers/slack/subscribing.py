"""What does somebody who types `/stancewatch subscribe …` want to be told?

    subscribe seoul-arms, pact severity=high mention=@oncall from=high language=ko timezone=Asia/Seoul

Refuses to do: who may do this is decided in commands.py; what a track is called, in handlers/asking.py.
"""

from __future__ import annotations

import re

from bot.errors import InputError
from handlers.asking import Wish
from handlers.plain import NAME_LIMIT, plain
from handlers.slack.escape import mention
from handlers.texts import say

FIELDS = (
    "tracks", "holders", "severity", "signals", "mention", "from", "language", "timezone", "quiet", "quiet_except",
    "digest", "digest_days", "digest_only", "digest_empty",
)  # fmt: skip
AS_TYPED = FIELDS[8:]
"""Fields that mean the same here as in a wish."""

_FIELD = re.compile(r'([a-z_]+)=(<[^<>]*>|"[^"]*"|[^\s"]*)', re.IGNORECASE)
_CURLED = str.maketrans("“”„‟", '""""')


def wish_of(text: str, language: str) -> Wish:
    """Return what is asked for.

    Args:
        text: what follows "subscribe": names of tracks, and fields.
        language: of the channel's cards, when none is asked for.

    Raises:
        InputError: a field that there is none of, or somebody whom Slack cannot wake.
    """
    typed = text.translate(_CURLED)
    fields = {found[1].lower(): found[2].strip('"') for found in _FIELD.finditer(typed)}
    for name in fields:
        if name not in FIELDS:
            raise InputError(say(language, "slack.field", given=plain(name, NAME_LIMIT), fields=", ".join(FIELDS)))
    tracks = ", ".join(filter(None, (_FIELD.sub(" ", typed).strip(), fields.get("tracks", ""))))
    whom = fields.get("mention", "")
    woken = mention(whom)
    if whom and not woken:
        raise InputError(say(language, "slack.mention", given=plain(whom, NAME_LIMIT)))
    return Wish(
        tracks=tracks,
        holders=fields.get("holders", ""),
        severity=fields.get("severity", ""),
        signals=fields.get("signals", ""),
        mention=woken,
        mention_from=fields.get("from", ""),
        language=fields.get("language", "") or language,
        timezone=fields.get("timezone", ""),
        **{name: fields.get(name, "") for name in AS_TYPED},
    )
