"""Settings and the YAML that ships with the package; the loaders that check it."""

from config.routes import load_routes
from config.settings import Settings, load_settings
from config.sources import load_sources
from config.storyline import load_storyline

__all__ = ["Settings", "load_routes", "load_settings", "load_sources", "load_storyline"]
