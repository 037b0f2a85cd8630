"""How is one SVG drawn in a process that does nothing else? Reads it from standard input, writes the PNG.

    python -I child.py SCALE FAMILY FONT… < SVG > PNG

A file of its own that imports nothing of this project, as starting it is most of what it costs.

Refuses to do: no font, image or file but those named is read, whatever the SVG says.
"""

import sys

import resvg_py


def main() -> None:
    """Draw what standard input holds."""
    scale, family, *fonts = sys.argv[1:]
    png = resvg_py.svg_to_bytes(
        svg_string=sys.stdin.buffer.read().decode(),
        zoom=float(scale),
        skip_system_fonts=True,
        font_files=fonts,
        font_family=family,
        sans_serif_family=family,
    )
    sys.stdout.buffer.write(png)


if __name__ == "__main__":
    main()
