"""Stancewatch: tells a team when somebody's position moves. The words used here are in docs/glossary.md."""

__version__ = "0.1.0"
