"""Polls sources: one file a kind, found by name."""
