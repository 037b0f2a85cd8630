"""What does a YAML file say, and on which line?

Every value is read as text: what a value means is for the model that it is checked against, so that `no`, `off`
and `12:30` are never anything but what stands there. Positions are kept for every value, so that a mistake can
be told as "file:line: field: what is wrong and what to do", all mistakes of a file at once.

Refuses to do: aliases and anchors (a file says what it says, and cannot be made to explode), several documents,
other encodings than UTF-8. Nothing is judged here beyond the form.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from bot.errors import ConfigError

Value = str | list["Value"] | dict[str, "Value"]
Place = tuple[str | int, ...]

_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)  # the one written in C is fifteen times as fast
_NULLS = ("", "~", "null")
_TOO_DEEP = 40
_SHOWN = 8
"""Steps of a place that a message names: enough for every real one."""


@dataclass(slots=True)
class Document:
    """One YAML file with the line of every value, and the mistakes found in it.

    Args:
        value: mappings, lists and text, as they stand in the file.
        lines: path of a value → its line, counted from 1.
        problems: (line, field, what is wrong and what to do).
    """

    path: Path
    value: Value = ""
    lines: dict[Place, int] = field(default_factory=dict)
    problems: list[tuple[int, str, str]] = field(default_factory=list)

    def line(self, place: Place) -> int:
        """Return the line of a value, or of the nearest thing around it that stands in the file."""
        while place and place not in self.lines:
            place = place[:-1]
        return self.lines.get(place, 1)

    def complain(self, place: Place, what: str) -> None:
        """Note a mistake: `what` says what is wrong and what to do."""
        self.problems.append((self.line(place), _name(place), what))

    def settle(self) -> None:
        """Raise every mistake noted so far as one ConfigError; do nothing where there is none."""
        if not self.problems:
            return
        found = sorted(set(self.problems))
        count = "1 problem" if len(found) == 1 else f"{len(found)} problems"
        told = [f"{self.path}:{line}: {name}: {what}" for line, name, what in found]
        raise ConfigError("\n".join([f"{self.path}: {count}, nothing of it is used", *told]))


def read_yaml(path: Path) -> Document:
    """Read one YAML file.

    Raises:
        ConfigError: the file cannot be read, is no YAML, or uses what the module refuses.
    """
    document = Document(path)
    try:
        text = path.read_text("utf-8-sig")
    except OSError as error:
        raise ConfigError(f"{path}:1: file: cannot be read ({error.strerror}); check path and rights") from error
    except UnicodeDecodeError as error:
        raise ConfigError(f"{path}:1: file: is not UTF-8 (byte {error.start}); save it as UTF-8") from error
    try:
        _Builder(document).build(yaml.parse(text, Loader=_LOADER))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        what = error.problem or error.context
        raise ConfigError(f"{path}:{line}: file: is no YAML: {what}; correct the form there") from error
    except yaml.reader.ReaderError as error:
        line = text.encode()[: error.position].count(b"\n") + 1
        raise ConfigError(f"{path}:{line}: file: holds a control character; remove it") from error
    document.settle()
    return document


@dataclass(slots=True)
class _Open:
    """A mapping or a list that is being read, and the key whose value comes next."""

    place: Place
    value: dict[str, Value] | list[Value]
    key: str | None = None


class _Builder:
    """Turns the parser's events into values and lines, with a stack of its own, so that no depth breaks it."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._stack: list[_Open] = []
        self._found = False

    def build(self, events: Iterable[yaml.Event]) -> None:
        """Read to the end of the file, or to the first thing that cannot be gone on from."""
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent) and self._found:
                self._stop(event, "holds a second document (---); keep one")
                return
            if isinstance(event, yaml.CollectionEndEvent):
                self._stack.pop()
            elif isinstance(event, yaml.NodeEvent) and not self._node(event):
                return
        if not self._found:
            self._document.complain((), "is empty; remove the file or fill it")

    def _node(self, event: yaml.NodeEvent) -> bool:
        self._found = True
        top = self._stack[-1] if self._stack else None
        if isinstance(event, yaml.AliasEvent):
            return self._stop(event, "uses an alias (*name); write the value out instead")
        if top and isinstance(top.value, dict) and top.key is None:
            return self._key(top, event)
        place = self._place(top, event)
        value: Value = _text(event) if isinstance(event, yaml.ScalarEvent) else [] if _is_list(event) else {}
        self._put(top, value)
        if isinstance(value, (dict, list)):
            self._stack.append(_Open(place, value))
        return len(self._stack) <= _TOO_DEEP or self._stop(event, "is nested too deep; write it flatter")

    def _key(self, top: _Open, event: yaml.NodeEvent) -> bool:
        if not isinstance(event, yaml.ScalarEvent):
            return self._stop(event, "has a list or mapping as its key; a key is one word")
        top.key = str(event.value)
        place = (*top.place, top.key)
        self._document.lines[place] = _line(event)
        if top.key in top.value:
            self._document.complain(place, "stands twice; keep one of the two")
        return True

    def _place(self, top: _Open | None, event: yaml.NodeEvent) -> Place:
        if top is None:
            place: Place = ()
        else:
            place = (*top.place, top.key if top.key is not None else len(top.value))
        self._document.lines.setdefault(place, _line(event))
        return place

    def _put(self, top: _Open | None, value: Value) -> None:
        if top is None:
            self._document.value = value
        elif isinstance(top.value, list):
            top.value.append(value)
        elif top.key is not None:
            top.value[top.key] = value
            top.key = None

    def _stop(self, event: yaml.Event, what: str) -> bool:
        place = self._stack[-1].place[:_SHOWN] if self._stack else ()
        self._document.problems.append((_line(event), _name(place), what))
        return False


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 1


def _is_list(event: yaml.NodeEvent) -> bool:
    return isinstance(event, yaml.SequenceStartEvent)


def _text(event: yaml.ScalarEvent) -> str:
    return "" if not event.style and event.value in _NULLS else str(event.value)


def _name(place: Place) -> str:
    return ".".join(map(str, place)) or "file"


_Shape = TypeVar("_Shape", bound=BaseModel)


def fit(document: Document, model: type[_Shape]) -> _Shape | None:
    """Check what a file says against a model; note what does not fit and return None then."""
    try:
        return model.model_validate(document.value)
    except ValidationError as error:
        for flaw in error.errors(include_url=False):
            where = tuple(part for part in flaw["loc"] if part != "[key]")
            document.complain(where, _in_words(flaw["type"], flaw["msg"], flaw["input"], where, model))
    return None


_WORDS = {
    "missing": "is missing; add it",
    "dict_type": "has to be a mapping (name: value); indent what belongs under it",
    "model_type": "has to be a mapping (name: value); indent what belongs under it",
    "tuple_type": "has to be a list; write [one, two] or a dash before each",
    "string_type": "has to be one text; quote it if it holds a colon",
    "string_too_short": "is empty; fill it or remove it",
    "too_short": "is empty; fill it or remove it",
}


def _in_words(kind: str, message: str, given: object, where: Place, model: type[BaseModel]) -> str:
    if kind == "extra_forbidden":
        return f"is no known field; correct or remove it{nearest(str(where[-1]), _field_names(model))}"
    if kind in _WORDS:
        return _WORDS[kind]
    said = message.removeprefix("Value error, ").replace("Input should", "has to").replace("String should", "has to")
    shown = f" (it is {given!r:.60})" if isinstance(given, str) else ""
    return f"{said[:1].lower()}{said[1:]}{shown}"


def nearest(given: str, known: Iterable[str]) -> str:
    """Return "; did you mean 'x'?" for the known word closest to what was given, "" where none is close."""
    close = get_close_matches(given, list(known), n=1)
    return f"; did you mean {close[0]!r}?" if close else ""


def _field_names(model: type[BaseModel]) -> set[str]:
    schema = model.model_json_schema()
    shapes = [schema, *schema.get("$defs", {}).values()]
    return {name for shape in shapes for name in shape.get("properties", {})}
