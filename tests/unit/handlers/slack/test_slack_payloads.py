"""Do the judges of payloads refuse what Slack refuses?"""

from typing import Any

import pytest

PLAIN = {"type": "plain_text", "text": "x", "emoji": False}


@pytest.mark.parametrize(
    "block",
    [
        {"type": "header", "text": {**PLAIN, "text": "x" * 151}},
        {"type": "header", "text": {"type": "mrkdwn", "text": "x"}},
        {"type": "header"},
        {"type": "headline", "text": PLAIN},
        {"type": "section", "text": {"type": "mrkdwn", "text": "x" * 3_001}},
        {"type": "section", "text": {"type": "mrkdwn", "text": ""}},
        {"type": "section", "text": {"type": "mrkdwn", "text": "x"}, "colour": "red"},
        {"type": "context", "elements": []},
        {"type": "context", "elements": [{"type": "mrkdwn", "text": "x"}] * 11},
        {"type": "context", "elements": [{"type": "mrkdwn", "text": "x" * 3_001}]},
        {"type": "actions", "elements": [{"type": "button", "action_id": "a", "text": {**PLAIN, "text": "x" * 76}}]},
        {"type": "actions", "elements": [{"type": "button", "action_id": "a", "text": PLAIN, "value": "x" * 2_001}]},
        {"type": "actions", "elements": [{"type": "button", "action_id": "a", "text": PLAIN}] * 2},
        {"type": "rich_text", "elements": []},
        {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": ""}]}]},
        {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": [{"type": "bold"}]}]},
    ],
    ids=str,
)
def test_a_block_that_slack_refuses_is_refused(payloads: Any, block: dict[str, Any]) -> None:
    assert payloads.flaws({"text": "x", "blocks": [block]})


def test_too_many_blocks_too_long_a_message_and_no_text_are_refused(payloads: Any) -> None:
    line = {"type": "section", "text": {"type": "mrkdwn", "text": "x" * 2_900}}
    assert payloads.flaws({"text": "x", "blocks": [{"type": "divider"}] * 51}) == ["51 blocks"]
    assert payloads.flaws({"text": "x", "blocks": [line] * 5}) == ["14500 characters in all"]
    assert payloads.flaws({"text": "", "blocks": [line]}) == ["text: empty"]
    assert payloads.flaws({"text": "x", "blocks": [{"type": "divider"}, line] * 4}) == []
