"""Are settings taken from where they should be, and is what is wrong with one told by its name?"""

import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from pydantic import ValidationError

from bot.errors import ConfigError
from config import Settings, load_settings
from config.settings import PREFIX, SECRETS

DOCUMENT = Path(__file__).parents[3] / "docs/configuration.md"


@pytest.fixture
def write_secret(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[..., None]:
    """Put a secret into a file and name it in the environment."""

    def write(secret: str, words: str, encoding: str = "utf-8") -> None:
        path = tmp_path / secret
        path.write_text(words, encoding)
        monkeypatch.setenv(f"{PREFIX}{secret.upper()}_FILE", str(path))

    return write


@pytest.fixture(autouse=True)
def _bare_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in list(os.environ):
        if name.startswith(PREFIX):
            monkeypatch.delenv(name)


def test_a_bare_machine_needs_no_setting() -> None:
    settings = load_settings()
    assert settings.database_url == "sqlite:///data/stancewatch.db"
    assert settings.console == "text"
    assert settings.catch_up_delay == 120
    assert settings.allow_private == ()


def test_the_command_line_wins_over_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STANCEWATCH_CONSOLE", "json")
    monkeypatch.setenv("STANCEWATCH_WORKERS", "3")
    settings = load_settings(console="text", workers=None)
    assert (settings.console, settings.workers) == ("text", 3)


def test_a_variable_that_is_set_to_nothing_counts_as_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STANCEWATCH_WORKERS", "")
    monkeypatch.setenv("STANCEWATCH_DATABASE_URL_FILE", "")
    assert load_settings().workers == Settings.model_fields["workers"].default


def test_allowed_places_are_split_at_commas_and_blanks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STANCEWATCH_ALLOW_PRIVATE", "127.0.0.1, 10.0.0.0/8 Feeds.LAN,::1")
    assert load_settings().allow_private == ("127.0.0.1/32", "10.0.0.0/8", "feeds.lan", "::1/128")


def test_settings_do_not_change() -> None:
    with pytest.raises(ValidationError):
        load_settings().workers = 2


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("CONSOLE", "html", "has to be 'text' or 'json'"),
        ("LOG_LEVEL", "loud", "'debug', 'info', 'warning' or 'error'"),
        ("LOG_FORMAT", "xml", "'text' or 'json'"),
        ("WORKERS", "0", "greater than or equal to 1"),
        ("WORKERS", "many", "valid integer"),
        ("FETCH_TIMEOUT", "0", "greater than 0"),
        ("FETCH_MAX_BYTES", "12", "greater than or equal to 10000"),
        ("CATCH_UP_DELAY", "-1", "greater than or equal to 0"),
        ("ALLOW_PRIVATE", "10.0.0.0/99", "neither a host name nor a network"),
        ("ALLOW_PRIVATE", "1.2.3", "neither a host name nor a network"),
        ("ALLOW_PRIVATE", "http://feeds.lan", "neither a host name nor a network"),
        ("LOG_LEVL", "info", "did you mean 'STANCEWATCH_LOG_LEVEL'?"),
        ("DATABASE_URL_FILE", "/nowhere/at/all", "/nowhere/at/all cannot be read"),
    ],
)
def test_a_wrong_setting_is_named(monkeypatch: pytest.MonkeyPatch, name: str, value: str, told: str) -> None:
    monkeypatch.setenv(PREFIX + name, value)
    with pytest.raises(ConfigError) as caught:
        load_settings()
    (problem,) = str(caught.value).splitlines()[1:]
    assert problem.startswith(f"{PREFIX}{name}: ")
    assert told in problem


def test_all_wrong_settings_are_named_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STANCEWATCH_WORKERS", "0")
    monkeypatch.setenv("STANCEWATCH_CONSOL", "json")
    with pytest.raises(ConfigError) as caught:
        load_settings(log_level="loud")
    assert len(str(caught.value).splitlines()) == 4


def test_a_log_level_may_be_written_in_capitals(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STANCEWATCH_LOG_LEVEL", "WARNING")
    assert load_settings().log_level == "warning"


@pytest.mark.parametrize("secret", SECRETS)
def test_a_secret_is_read_from_a_file_and_never_shown(write_secret: Callable[..., None], secret: str) -> None:
    write_secret(secret, "postgresql://bot:hunter2@db/stance\n")
    settings = load_settings()
    assert getattr(settings, secret) == "postgresql://bot:hunter2@db/stance"
    assert "hunter2" not in f"{settings} {settings!r}"


@pytest.mark.parametrize("secret", SECRETS)
def test_a_secret_whose_file_is_empty_is_an_error_and_no_platform_left_out_in_silence(
    write_secret: Callable[..., None], secret: str
) -> None:
    write_secret(secret, " \n")
    with pytest.raises(ConfigError, match=f"{PREFIX}{secret.upper()}_FILE: .*{secret} is empty; fill it"):
        load_settings()


def test_a_mark_that_an_editor_puts_before_a_secret_is_no_part_of_it(write_secret: Callable[..., None]) -> None:
    write_secret("discord_token", "a.b.c\r\n", "utf-8-sig")
    assert load_settings().discord_token == "a.b.c"


@pytest.mark.parametrize("secret", SECRETS)
def test_a_secret_given_twice_is_an_error(
    monkeypatch: pytest.MonkeyPatch, write_secret: Callable[..., None], secret: str
) -> None:
    write_secret(secret, "postgresql://bot:hunter2@db/stance")
    monkeypatch.setenv(f"{PREFIX}{secret.upper()}", "postgresql://bot:swordfish@db/stance")
    with pytest.raises(ConfigError, match="unset one of the two") as caught:
        load_settings()
    assert "hunter2" not in str(caught.value)
    assert "swordfish" not in str(caught.value)


def test_every_setting_is_documented_with_its_default() -> None:
    rows = re.findall(r"^\| `(STANCEWATCH_\w+)` \| (.*?) \|", DOCUMENT.read_text("utf-8"), re.MULTILINE)
    documented = {name: default.strip("`") for name, default in rows}
    wanted = {f"{PREFIX}{name.upper()}": info.default for name, info in Settings.model_fields.items()}
    assert set(documented) == set(wanted)
    for name, default in wanted.items():
        assert documented[name] == _shown(default), name


def _shown(default: object) -> str:
    if isinstance(default, bool):
        return str(default).lower()
    return "none" if default in (None, "", ()) else f"{default:g}" if isinstance(default, float) else str(default)


def test_every_file_of_a_setting_folder_is_documented() -> None:
    text = DOCUMENT.read_text("utf-8")
    assert all(f"`{name}`" in text for name in ("storyline.yml", "history.yml", "sources.yml", "routes.yml"))
    assert all(f"`{PREFIX}{secret.upper()}_FILE`" in text for secret in SECRETS)


def test_a_contact_of_more_than_a_line_is_refused_by_its_own_name(monkeypatch: pytest.MonkeyPatch) -> None:
    """It stands in a header of every request, of which each would fail with words about headers."""
    monkeypatch.setenv("STANCEWATCH_CONTACT", "ops@desk.example\nX-Other: 1")
    with pytest.raises(ConfigError, match="STANCEWATCH_CONTACT: holds a line break"):
        load_settings()
    monkeypatch.setenv("STANCEWATCH_CONTACT", "편집국 desk@news.example")
    assert load_settings().contact == "편집국 desk@news.example"
