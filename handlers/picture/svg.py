"""How is a planned picture written as SVG?

Refuses to do: nothing is placed here; texts are escaped, and no text is ever markup.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from bot.domain import Register
from handlers.picture.raster import HANGUL, LATIN
from handlers.picture.shapes import Box, Ink, Marker, Plan, Rule, Shape, Stroke, Tag, Text
from handlers.picture.theme import Theme, theme

RADIUS = 8.0
"""Of a marker with a number in it."""

SMALL = 4.5
_THIN, _THICK = 2.0, 3.2


def written(plan: Plan, *, dark: bool) -> str:
    """Return a plan as SVG, in the colours of a light or a dark page. Pure."""
    colours = theme(dark=dark)
    shapes = "\n".join(_shape(shape, colours) for shape in plan.shapes)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{plan.width}" height="{plan.height}" '
        f'viewBox="0 0 {plan.width} {plan.height}" role="img" aria-label={quoteattr(plan.title)}>\n'
        f'<rect width="{plan.width}" height="{plan.height}" fill="{colours.page}"/>\n{shapes}\n</svg>\n'
    )


def _shape(shape: Shape, colours: Theme) -> str:
    match shape:
        case Text():
            return _text(shape, _ink(shape.ink, colours))
        case Box(x, y, width, height, ink):
            fill = _ink(ink, colours)
            return f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" rx="3" fill="{fill}"/>'
        case Rule():
            return _rule(shape, colours)
        case Stroke():
            return _stroke(shape, colours.lines[shape.line])
        case Marker():
            return _marker(shape, colours)
        case Tag():
            return _tag(shape, colours)


def _ink(ink: Ink, colours: Theme) -> str:
    return {Ink.TEXT: colours.text, Ink.DIM: colours.dim, Ink.RULE: colours.rule, Ink.BAND: colours.band}[ink]


def _text(text: Text, fill: str) -> str:
    """Return words, each run in the font that has its letters: asking for one after the other takes much longer."""
    spans = "".join(
        f'<tspan font-family="{family}">{escape(run)}</tspan>' if family != LATIN else escape(run)
        for family, run in _runs(text.words)
    )
    weight = ' font-weight="700"' if text.bold else ""
    anchor = f' text-anchor="{text.anchor}"' if text.anchor != "start" else ""
    return (
        f'<text x="{text.x:.1f}" y="{text.y:.1f}" font-family="{LATIN}" font-size="{text.size:g}"{weight}{anchor} '
        f'fill="{fill}">{spans}</text>'
    )


def _runs(words: str) -> Iterator[tuple[str, str]]:
    """Yield a text in runs of one font each."""
    start = 0
    families = [HANGUL if _is_hangul(letter) else LATIN for letter in words]
    for end in range(1, len(words) + 1):
        if end == len(words) or families[end] != families[start]:
            yield families[start], words[start:end]
            start = end


def _is_hangul(letter: str) -> bool:
    return unicodedata.east_asian_width(letter) == "W" or letter in "←↑→↓"


def _rule(rule: Rule, colours: Theme) -> str:
    stroke = colours.dim if rule.dotted else colours.rule
    dots = ' stroke-dasharray="1 3" stroke-linecap="round" stroke-width="1.4"' if rule.dotted else ""
    return f'<path d="M{rule.x1:.1f} {rule.y1:.1f}L{rule.x2:.1f} {rule.y2:.1f}" stroke="{stroke}"{dots}/>'


def _stroke(stroke: Stroke, colour: str) -> str:
    path = "L".join(f"{x:.1f} {y:.1f}" for x, y in stroke.points)
    deed = stroke.register is Register.DEED
    style = f'stroke-width="{_THICK}"' if deed else f'stroke-width="{_THIN}" stroke-dasharray="5 3.5"'
    return f'<path d="M{path}" fill="none" stroke="{colour}" stroke-linejoin="round" {style}/>'


def _marker(marker: Marker, colours: Theme) -> str:
    colour = colours.lines[marker.line]
    radius = SMALL if marker.small else RADIUS
    x, y = marker.x, marker.y
    fill = colours.page if marker.hollow else colour
    style = f'fill="{fill}" stroke="{colour if marker.hollow else colours.page}" stroke-width="1.6"'
    if marker.register is Register.DEED:
        side = radius * 1.8
        shape = f'<rect x="{x - side / 2:.1f}" y="{y - side / 2:.1f}" width="{side:.1f}" height="{side:.1f}" {style}/>'
    else:
        shape = f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:g}" {style}/>'
    if marker.crossed:
        reach = radius + 3
        shape += (
            f'<path d="M{x - reach:.1f} {y + reach:.1f}L{x + reach:.1f} {y - reach:.1f}" stroke="{colours.text}" '
            f'stroke-width="1.6"/>'
        )
    inside = colour if marker.hollow else colours.on_line
    return shape + (_inside(x, y, marker.label, inside, 10 if len(marker.label) < 2 else 9) if marker.label else "")


def _tag(tag: Tag, colours: Theme) -> str:
    box = f'<rect x="{tag.x:.1f}" y="{tag.y - 7:.1f}" width="14" height="14" rx="4" fill="{colours.lines[tag.line]}"/>'
    return box + _inside(tag.x + 7, tag.y, tag.letter, colours.on_line, 10)


def _inside(x: float, y: float, words: str, fill: str, size: float) -> str:
    """Return words in the middle of a marker or a tag."""
    return _text(Text(x, y + size * 0.36, words, size, bold=True, anchor="middle"), fill)
