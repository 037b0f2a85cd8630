"""Which file does a setting folder mean: its own, or the one that ships?

A folder given by `--config` overrides the shipped YAML file by file: what it holds wins, what it lacks is taken
from the package.

Refuses to do: nothing is merged within a file.
"""

from __future__ import annotations

from pathlib import Path

from bot.errors import ConfigError
from config.yamlfile import nearest

SHIPPED = Path(__file__).parent
FILES = ("storyline.yml", "history.yml", "sources.yml", "routes.yml")


def find(name: str, directory: Path | None = None) -> Path:
    """Return the path of a file of the configuration.

    Args:
        name: one of FILES.
        directory: whose files win over the shipped ones; None for the shipped ones alone.

    Raises:
        ConfigError: the folder is none, or holds YAML that nothing reads (a misspelt name would else be ignored).
    """
    if directory is None:
        return SHIPPED / name
    if not directory.is_dir():
        raise ConfigError(f"{directory}: is no folder; give --config a folder with any of {', '.join(FILES)}")
    for path in sorted(directory.iterdir()):
        if path.suffix in {".yml", ".yaml"} and path.name not in FILES:
            hint = nearest(path.name, FILES)
            raise ConfigError(f"{path}: is read by nothing; known are {', '.join(FILES)}{hint}")
    own = directory / name
    return own if own.exists() else SHIPPED / name
