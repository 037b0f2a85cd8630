"""One folder a language, found by name."""
