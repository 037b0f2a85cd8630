"""Which requests over HTTP are let in?"""

import hashlib
import hmac

from hypothesis import given
from hypothesis import strategies as st

from handlers.slack.signed import Gate

NOW = 1_729_760_400.0
BODY = b"command=%2Fbrief"


def _signed(body: bytes = BODY, at: float = NOW, secret: str = "s") -> dict[str, str]:
    stamp = str(int(at))
    digest = hmac.new(secret.encode(), f"v0:{stamp}:".encode() + body, hashlib.sha256).hexdigest()
    return {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": f"v0={digest}"}


class _Clock:
    def __init__(self) -> None:
        self.at = NOW

    def __call__(self) -> float:
        return self.at


def test_what_slack_signed_is_let_in_once() -> None:
    gate = Gate("s", _Clock())
    assert gate.admits(BODY, _signed())
    assert not gate.admits(BODY, _signed())
    assert gate.admits(BODY, _signed(at=NOW + 1))


def test_a_request_is_remembered_for_as_long_as_its_time_would_pass() -> None:
    clock = _Clock()
    gate = Gate("s", clock)
    early = _signed(at=NOW + 299)
    assert gate.admits(BODY, early)
    for later in (10, 300, 598):
        clock.at = NOW + later
        assert not gate.admits(BODY, early)


def test_what_is_too_old_to_pass_is_forgotten() -> None:
    clock = _Clock()
    gate = Gate("s", clock)
    for second in range(3_000):
        clock.at = NOW + second
        assert gate.admits(BODY, _signed(at=clock.at))
    assert len(gate._taken) < 700


def test_a_changed_body_a_wrong_secret_and_a_wrong_time_are_refused() -> None:
    gate = Gate("s", _Clock())
    assert not gate.admits(BODY + b"&x=1", _signed())
    assert not gate.admits(BODY, _signed(secret="t"))
    assert not gate.admits(BODY, _signed(at=NOW - 301))
    assert not gate.admits(BODY, _signed(at=NOW + 301))
    assert not gate.admits(BODY, {})


@given(st.binary(max_size=50), st.text(max_size=30), st.text(max_size=80))
def test_whatever_else_comes_is_refused(body: bytes, stamp: str, signature: str) -> None:
    headers = {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": signature}
    assert not Gate("s", _Clock()).admits(body, headers)
    assert not Gate("s", _Clock()).admits(body, {**_signed(), "X-Slack-Signature": signature})


def test_the_secret_is_not_shown() -> None:
    assert "s3cret" not in repr(Gate("s3cret"))
