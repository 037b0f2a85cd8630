"""How does an SVG become a PNG, without holding anything up?

resvg, a static renderer written in Rust, with the fonts of this folder. It keeps Python's lock while it draws, so that
a thread would not do: the work goes to a short-lived process (child.py), whose memory and faults end with it.

Refuses to do: no font, image or file outside this folder is read, whatever the SVG says.
"""

from __future__ import annotations

import asyncio
import sys
from asyncio.subprocess import PIPE
from functools import cache
from pathlib import Path

from bot.errors import TransientError

LATIN = "Noto Sans"
HANGUL = "Noto Sans CJK KR"
LONGEST = 10.0
"""Seconds that a picture may take before it is given up."""

_HERE = Path(__file__).parent


@cache
def fonts() -> tuple[str, ...]:
    """Return the font files that come with the package."""
    return tuple(sorted(str(file) for file in (_HERE / "fonts").iterdir() if file.suffix in {".ttf", ".otf"}))


async def rasterised(svg: str, scale: int) -> bytes:
    """Return an SVG as a PNG, `scale` pixels a unit, drawn in a process of its own.

    Raises:
        TransientError: the process could not start, failed, or took longer than LONGEST.
    """
    command = (sys.executable, "-I", str(_HERE / "child.py"), str(scale), LATIN, *fonts())
    try:
        child = await asyncio.create_subprocess_exec(*command, stdin=PIPE, stdout=PIPE, stderr=PIPE)
    except OSError as error:
        raise TransientError(f"picture: no process to draw it in ({error.strerror or error}); try again") from error
    try:
        png, said = await asyncio.wait_for(child.communicate(svg.encode()), LONGEST)
    except TimeoutError:
        raise TransientError(f"picture: it was not drawn within {LONGEST:.0f} s; try again") from None
    finally:
        if child.returncode is None:
            child.kill()
            await child.wait()
    if child.returncode:
        last = said.decode("utf-8", "replace").strip().rpartition("\n")[2]
        raise TransientError(f"picture: it was not drawn: {last or f'status {child.returncode}'}")
    return png
