"""How does a card look in a terminal?

The sentence first, under a rule with the state; then the ladder, drawn from the top rung down with an arrow
from where the register stood to where it stands; then the proof. Everything is readable without colour, at 80
columns and at 40. Addresses stand on lines of their own, unbroken, so that a terminal can open them.

Refuses to do: no markup is read in any text: card text is printed as it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from io import StringIO
from zoneinfo import ZoneInfo

from rich.cells import cell_len
from rich.console import Console
from rich.rule import Rule
from rich.text import Text

from bot.domain import AlertState
from handlers.card import Block, Card, Entries, Entry, Facts, Ladder, Member, Positions, Quote, Stand, Usages
from handlers.card.lists import fitting
from handlers.console.drawing import drawn_ladder, grid_of
from handlers.moments import When, ago, day, stamp
from handlers.texts import say

_STYLES = {
    AlertState.SIGNAL: "yellow",
    AlertState.CONFIRMED: "green",
    AlertState.DISPUTED: "magenta",
    AlertState.WITHDRAWN: "red",
    AlertState.EXPIRED: "bright_black",
}
_SETTLED = "cyan"
_MOST_DETAIL = 3
"""Entries shown of a list that is detail; `why` lists them all."""


def render(card: Card, *, width: int, zone: ZoneInfo, color: bool = False) -> str:
    """Draw a card.

    Args:
        width: columns; 40 and more read well.
        zone: of the dates.
        color: whether to write colour sequences; all else is the same.
    """
    return _Sheet(card, zone, _paper(width, color=color)).drawn()


def render_growth(card: Card, *, width: int, zone: ZoneInfo, color: bool = False) -> str:
    """Draw an edit that changed nothing but how many carry it: the sentence again would be noise."""
    return _Sheet(card, zone, _paper(width, color=color)).grown()


def _paper(width: int, *, color: bool) -> Console:
    return Console(
        file=StringIO(),
        width=width,
        color_system="standard" if color else None,
        force_terminal=color,
        force_jupyter=False,
        markup=False,
        highlight=False,
        emoji=False,
        legacy_windows=False,
        _environ={},
    )


@dataclass(frozen=True, slots=True)
class _Sheet:
    """One card on its way to paper."""

    card: Card
    zone: ZoneInfo
    paper: Console

    def drawn(self) -> str:
        card = self.card
        self._rule()
        self.paper.print(Text(card.headline, style="bold"))
        self.paper.print(Text(card.kicker, style="dim"))
        before: Block | None = None
        for block in card.blocks:
            if not _joined(before, block):
                self.paper.print()
            self._block(block)
            before = block
        self.paper.print()
        self._line(" · ".join((*card.footer, self._stamp(card.at))), "dim")
        return self._text()

    def grown(self) -> str:
        facts = next((block.rows for block in self.card.blocks if isinstance(block, Facts)), ())
        carried = facts[0].text if facts else ""
        self._rule()
        self.paper.print(Text(self.card.headline))
        self.paper.print(Text(" · ".join((carried, self.card.subject, self._stamp(self.card.at))), style="dim"))
        return self._text()

    def _text(self) -> str:
        file = self.paper.file
        assert isinstance(file, StringIO)
        return "\n".join(line.rstrip() for line in file.getvalue().splitlines()) + "\n\n"

    def _rule(self) -> None:
        state = self.card.badge.state
        style = _STYLES[state] if state else _SETTLED
        self.paper.print(Rule(Text(self.card.badge.text, style=f"bold {style}"), style=style, align="left"))

    def _block(self, block: Block) -> None:
        match block:
            case Ladder():
                self.paper.print(drawn_ladder(block, self.card.badge.state))
            case Quote():
                self._quote(block)
            case Facts():
                self._facts(block)
            case Entries():
                self._entries(block)
            case Positions():
                self._positions(block)
            case Member():
                self._member(block)
            case Usages():
                self._usages(block)

    def _line(self, text: str, style: str = "") -> None:
        self.paper.print(Text(text, style=style))

    def _address(self, url: str, indent: str = "") -> None:
        if url:
            self.paper.print(Text(indent + url, style="blue"), soft_wrap=True)

    def _stamp(self, when: When) -> str:
        return stamp(when, self.card.language, self.zone)

    def _day(self, when: When) -> str:
        return day(when, self.card.language, self.zone)

    def _ago(self, when: When) -> str:
        return ago(when, self.card.at, self.card.language)

    def _quote(self, quote: Quote) -> None:
        language = self.card.language
        if quote.heading:
            self._line(quote.heading, "bold")
        if quote.gloss:
            self._line(quote.gloss)
        for line in Text(quote.text, style="italic").wrap(self.paper, self.paper.width - 2):
            self.paper.print(Text("│ ") + line)
        parts = [quote.voice, quote.source.label, f"{self._stamp(quote.at)} ({self._ago(quote.at)})"]
        if quote.source.label in quote.voice:
            del parts[1]
        if quote.tongue:
            parts.append(say(language, "quote.in", tongue=quote.tongue))
        self._line("— " + " · ".join(parts))
        self._address(quote.source.url)

    def _usages(self, usages: Usages) -> None:
        self._line(usages.title, "bold")
        for row in usages.rows:
            self._line(f"  {row.typed}", "bold")
            self._line(f"    {row.does}", "dim")

    def _member(self, member: Member) -> None:
        style = _STYLES[member.badge.state] if member.badge.state else _SETTLED
        head = Text(f"{member.number}. ", style="bold")
        self.paper.print(head.append(member.badge.text, style=f"bold {style}"))
        self.paper.print(Text(member.sentence, style="bold"))
        self._line(member.kicker, "dim")
        self._quote(member.quote)
        self._line(" · ".join((member.carried, member.ident, self._stamp(member.at))), "dim")

    def _facts(self, facts: Facts) -> None:
        for fact in facts.rows:
            text = Text(fact.text)
            if fact.since:
                text.append(f", {self._since(fact.since)}")
            if fact.at:
                text.append(f", {self._when(fact.at)}")
            if fact.note:
                source = f" — {fact.link.label}" if fact.link else ""
                text.append(f"\n{fact.note}{source}", style="dim")
            self._row(fact.name, text)

    def _row(self, name: str, text: Text) -> None:
        """Print a named line; names of one card line up."""
        width = max(cell_len(name), self._name_width())
        grid = grid_of(2)
        grid.add_row(Text(name.ljust(len(name) + width - cell_len(name)), style="dim"), text)
        self.paper.print(grid)

    def _name_width(self) -> int:
        names = [fact.name for block in self.card.blocks if isinstance(block, Facts) for fact in block.rows]
        return max((cell_len(name) for name in names), default=0)

    def _entries(self, entries: Entries) -> None:
        self._line(entries.title, "bold")
        if entries.detail:
            entries = fitting(entries, _MOST_DETAIL, self.card.language)
        for entry in entries.entries:
            self._entry(entry)
        if entries.more:
            self._line(f"  {entries.more}", "dim")

    def _entry(self, entry: Entry) -> None:
        parts = [
            entry.tag,
            entry.link.label if entry.link else "",
            self._when(entry.at) if entry.at else "",
            say(self.card.language, "until", moment=self._stamp(entry.until)) if entry.until else "",
            say(self.card.language, "mute.by", author=entry.by) if entry.by else "",
            entry.ident,
        ]
        grid = grid_of(2)
        grid.add_row(Text("•"), Text(entry.text))
        if any(parts):
            grid.add_row(Text(""), Text(" · ".join(part for part in parts if part), style="dim"))
        self.paper.print(grid)
        self._address(entry.link.url if entry.link else "", "  ")

    def _positions(self, positions: Positions) -> None:
        self._line(positions.title, "bold")
        for row in positions.rows:
            if positions.detail:
                self._stand_in_short(row)
            else:
                self._stand(row)

    def _stand_in_short(self, row: Stand) -> None:
        """Print one holder in a line: nothing happened on this track."""
        said = (
            f"{spot.label} ({spot.kind}) {say(self.card.language, 'since', day=self._day(spot.since))}"
            for spot in row.spots
        )
        grid = grid_of(2)
        text = Text(f"{row.name}: {'; '.join(said)}")
        if row.baseline:
            text.append(f" · {row.baseline}", style="dim")
        grid.add_row(Text(" "), text)
        self.paper.print(grid)

    def _stand(self, row: Stand) -> None:
        name = Text(f"  {row.name}")
        if row.moved:
            name.append(f" · {row.moved}", style="bold")
        if row.baseline:
            name.append(f" · {row.baseline}", style="dim")
        self.paper.print(name)
        grid = grid_of(3)
        for spot in row.spots:
            text = Text(spot.label, style="bold")
            text.append(f", {self._since(spot.since)}", style="not bold")
            grid.add_row(Text("   "), Text(spot.kind, style="dim"), text)
        self.paper.print(grid)

    def _when(self, when: When) -> str:
        return f"{self._day(when)} ({self._ago(when)})"

    def _since(self, when: When) -> str:
        since = say(self.card.language, "since", day=self._day(when))
        return f"{since} ({self._ago(when)})"


def _joined(before: Block | None, block: Block) -> bool:
    """Tell whether a block goes on where the one before ended, with no empty line between."""
    if isinstance(block, Positions) and isinstance(before, Positions):
        return block.detail and before.detail
    return isinstance(block, Facts) and isinstance(before, Facts)
