"""What does an error of Slack mean for us, and what is to be done about it?

    the token or the channel is closed to us   UndeliverableError, with the step that mends it
    this one message cannot be shown           PermanentError
    anything else, and what is unknown         DeliveryError: it is tried again

Source: the lists of errors in Slack's reference of each method.

Refuses to do: nothing is tried again here (the SDK's retry handlers, bot/deliver.py).
"""

from __future__ import annotations

from collections.abc import Awaitable
from typing import Any, TypeVar

import aiohttp
from slack_sdk.errors import SlackApiError, SlackClientError

from bot.errors import DeliveryError, PermanentError, StancewatchError, UndeliverableError

T = TypeVar("T")

TOKEN_ADVICE = {
    "not_authed": "no token was sent; set STANCEWATCH_SLACK_BOT_TOKEN",
    "invalid_auth": "the token is wrong; copy it anew from the app's page: Bot User OAuth Token (xoxb-), "
    "App-Level Token (xapp-)",
    "token_revoked": "the token was revoked; reinstall the app in the workspace and copy the new token",
    "token_expired": "the token has expired; switch token rotation off in the app's page and reinstall it",
    "account_inactive": "the app was removed from the workspace; install it again and copy the new token",
    "not_allowed_token_type": "this is a token of the other kind; the bot token begins with xoxb-, the app token "
    "with xapp-",
    "access_denied": "the workspace denies access; ask its admins to allow the app",
    "org_login_required": "the workspace moves to another organisation; try again when that is done",
    "ekm_access_denied": "the workspace's admins have suspended access to its keys",
    "team_access_not_granted": "the app has not been granted this workspace; ask an admin of the organisation",
    "two_factor_setup_required": "the account has to set up two-factor sign-in first",
}
CHANNEL_ADVICE = {
    "channel_not_found": "there is no such channel, or it is private and the bot is not in it; correct the channel's "
    "id, or type /invite @stancewatch in it",
    "not_in_channel": "the bot is not in the channel; type /invite @stancewatch in it",
    "is_archived": "the channel is archived; unarchive it or name another",
    "restricted_action": "the workspace lets only some people post in this channel; allow the app in its settings",
    "restricted_action_read_only_channel": "the channel is read-only; allow the app to post in its settings",
    "restricted_action_thread_only_channel": "the channel takes replies only; name another",
    "restricted_action_non_threadable_channel": "the channel is closed to apps; name another",
    "user_is_restricted": "the bot is a guest and may not post here; make it a full member",
    "messages_tab_disabled": "direct messages to the app are switched off; name a channel",
    "no_permission": "the bot may not do this here; check the app's scopes against the manifest",
}
MESSAGE_ADVICE = {
    "cant_update_message": "Slack no longer lets the bot edit the message",
    "edit_window_closed": "the workspace's settings no longer let the message be edited",
    "invalid_blocks": "Slack refused the message's layout; please report it",
    "invalid_blocks_format": "Slack refused the message's layout; please report it",
    "msg_blocks_too_long": "Slack refused the message's length; please report it",
    "msg_too_long": "Slack refused the message's length; please report it",
    "thread_not_found": "the message's thread is gone",
    "cannot_reply_to_message": "Slack takes no replies to the message",
    "restricted_action_thread_locked": "somebody has locked the message's thread",
    "file_upload_size_restricted": "the workspace takes no file of this size",
    "file_uploads_disabled": "the workspace takes no files; its admins can allow them",
    "no_text": "Slack refused an empty message; please report it",
    "invalid_metadata_format": "Slack refused the message's metadata; please report it",
    "metadata_too_large": "Slack refused the message's metadata; please report it",
}

UNSURE = frozenset({"fatal_error", "internal_error", "request_timeout", "service_unavailable"})
"""After these Slack may have done what it was asked: "some aspect of the operation" may have succeeded."""


class MessageGoneError(PermanentError):
    """Somebody deleted the message in Slack."""


async def asked(call: Awaitable[T], about: str = "") -> T:
    """Return what a call to Slack returns.

    Args:
        about: what it was about, such as the channel's id, for the message of an error.

    Raises:
        UndeliverableError, PermanentError, DeliveryError: as above.
    """
    try:
        return await call
    except SlackApiError as error:
        raise fault_of(error, about) from error
    except TimeoutError as error:
        raise DeliveryError(_said("Slack did not answer in time", about)) from error
    except (aiohttp.ClientError, SlackClientError, OSError) as error:
        # Without a connection nothing was asked.
        refused = isinstance(error, aiohttp.ClientConnectorError)
        said = _said(f"Slack cannot be reached ({type(error).__name__})", about)
        raise DeliveryError(said, refused=refused) from error


def fault_of(error: SlackApiError, about: str = "") -> StancewatchError:
    """Return our error for one of Slack's."""
    answer = _answer(error)
    code = str(answer.get("error", ""))
    if code == "missing_scope":
        needed = str(answer.get("needed", "")) or "another scope"
        return UndeliverableError(
            _said(
                f"missing_scope: the app lacks {needed}; add it under OAuth & Permissions, as the manifest has it, "
                "and reinstall the app",
                about,
            )
        )
    if code == "message_not_found":
        return MessageGoneError(_said("message_not_found: the message was deleted in Slack", about))
    for advice, kind in (
        (TOKEN_ADVICE, UndeliverableError),
        (CHANNEL_ADVICE, UndeliverableError),
        (MESSAGE_ADVICE, PermanentError),
    ):
        if code in advice:
            return kind(_said(f"{code}: {advice[code]}", about))
    status = getattr(error.response, "status_code", None) or getattr(error.response, "status", "")
    said = code or f"answered {status}".strip()
    refused = status == 429 or bool(code and code not in UNSURE)
    return DeliveryError(_said(said, about), retry_after=_retry_after(error), refused=refused)


def _said(what: str, about: str) -> str:
    return f"slack {about}: {what}" if about else f"slack: {what}"


def _answer(error: SlackApiError) -> dict[str, Any]:
    """Return the body of an answer, {} where it had none: the SDK hands on whatever it got."""
    body = getattr(error.response, "data", error.response)
    return body if isinstance(body, dict) else {}


def _retry_after(error: SlackApiError) -> float | None:
    headers = getattr(error.response, "headers", None) or {}
    asked_for = str(headers.get("Retry-After", headers.get("retry-after", "")))
    return float(asked_for) if asked_for.isdecimal() else None
