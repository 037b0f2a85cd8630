"""What does a track look like over time, as a picture with its words?

    Timeline ─→ plan (pure) ─→ SVG ─→ PNG, drawn in a process of its own
            └─→ the same story in words, for those who cannot see it

Refuses to do: nothing is looked up or decided; no font of the machine is used, so a picture is the same everywhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from bot.domain import Storyline, Timeline
from handlers.card.timeline import alt_text
from handlers.picture.layout import WIDTH, layout
from handlers.picture.raster import rasterised
from handlers.picture.svg import written

__all__ = ["SCALE", "WIDTH", "Picture", "drawn"]

SCALE = 2
"""Pixels a unit: sharp on a phone, where the picture is about WIDTH points wide."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as a file.

    Args:
        alt: its story in words, at most as long as was asked for.
        width, height: in pixels.
    """

    png: bytes
    alt: str
    width: int
    height: int


async def drawn(
    timeline: Timeline,
    storyline: Storyline,
    language: str,
    zone: ZoneInfo,
    *,
    dark: bool = False,
    longest_alt: int = 1024,
) -> Picture:
    """Draw a timeline, in a process of its own: the event loop only waits.

    Args:
        zone: of the dates.
        longest_alt: characters of the words that a platform takes.

    Raises:
        TransientError: it was not drawn; the one line says why.
    """
    plan = layout(timeline, storyline, language, zone)
    alt = alt_text(timeline, storyline, language, zone, longest_alt)
    png = await rasterised(written(plan, dark=dark), SCALE)
    return Picture(png, alt, plan.width * SCALE, plan.height * SCALE)
