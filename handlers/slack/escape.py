"""How does a stranger's text lose its power over Slack's markup?

Most of a message is rich text, whose text elements Slack shows as they are; nothing needs escaping there. Only the
small print and the notification line are mrkdwn, and there every character that formats, mentions or links is
written as an entity, or as another one of the same look.

Refuses to do: length and invisible characters are settled before (handlers/plain.py).
"""

from __future__ import annotations

import re

LONGEST_LINK = 2_400
"""Characters of an address in a line of small print, which holds 3,000 in all."""

_SAME_LOOK = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "*": "∗", "_": "ˍ", "~": "∼", "`": "ʼ", "|": "¦"})
_EMOJI = re.compile(r":(?=[\w+'-]+:)")

_USER = re.compile(r"<?@?([UW][A-Z0-9]{2,20})(?:\|[^<>]*)?>?")
_GROUP = re.compile(r"<?!?(?:subteam\^)?(S[A-Z0-9]{2,20})(?:\|[^<>]*)?>?")
_EVERYBODY = re.compile(r"<?[!@]?(here|channel|everyone)(?:\|[^<>]*)?>?")


def mrkdwn(text: str) -> str:
    """Return clean text that mrkdwn shows as it is."""
    return _EMOJI.sub("∶", text).translate(_SAME_LOOK)


def mrkdwn_link(label: str, url: str) -> str:
    """Return a link in mrkdwn, the label alone where there is no address, or none that fits a line.

    Args:
        url: as handlers/plain.py lets it through: no character of markup but "&" is left in it.
    """
    shown, target = mrkdwn(label), url.replace("&", "&amp;")
    return f"<{target}|{shown}>" if target and shown and len(target) <= LONGEST_LINK else shown


def mention(given: str) -> str:
    """Return whom a route wakes, in the notation that notifies; "" where it names nobody that Slack knows.

    Args:
        given: an id (U…, W…, S…), here, channel or everyone, or Slack's own notation of one of them.
    """
    wanted = given.strip()
    if found := _USER.fullmatch(wanted):
        return f"<@{found[1]}>"
    if found := _GROUP.fullmatch(wanted):
        return f"<!subteam^{found[1]}>"
    if found := _EVERYBODY.fullmatch(wanted):
        return f"<!{found[1]}>"
    return ""
