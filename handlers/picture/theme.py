"""Which colours does a picture have, on a light and on a dark page?

The hues are Okabe and Ito's, which people with any kind of colour vision tell apart ("Color Universal Design", 2008),
darkened or lightened until each stands out from its page by at least 3:1 (WCAG 2.2, 1.4.11).

Refuses to do: nothing is told by colour alone; letters, numbers, shapes and strokes say the same.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Theme:
    """Colours as SVG has them.

    Args:
        lines: one a holder.
        on_line: of what stands on a line's own colour.
    """

    page: str
    text: str
    dim: str
    rule: str
    band: str
    lines: tuple[str, ...]
    on_line: str


LIGHT = Theme(
    page="#ffffff",
    text="#1b1d21",
    dim="#5c6470",
    rule="#e3e6ea",
    band="#f1f4f8",
    lines=("#0072b2", "#c04d00", "#007a5a", "#9b4a86", "#3d4551", "#8a6d00"),
    on_line="#ffffff",
)
DARK = Theme(
    page="#1f2125",
    text="#f2f3f5",
    dim="#a8afba",
    rule="#34383f",
    band="#282b31",
    lines=("#56b4e9", "#e69f00", "#2bc89b", "#e293c4", "#d6dae0", "#f0e442"),
    on_line="#14161a",
)
MOST_LINES = len(LIGHT.lines)


def theme(*, dark: bool) -> Theme:
    """Return the colours for a dark or a light page."""
    return DARK if dark else LIGHT
