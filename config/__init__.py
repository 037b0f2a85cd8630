"""Settings and the YAML that ships with the package; the loaders that check it."""
