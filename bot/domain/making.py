"""How are many values made quickly?

A frozen dataclass sets each of its fields by a call, since it forbids to assign them; a feed's thirty items are
thousands of such calls. What is made here is filled while it still may be, and frozen when it is full.

Refuses to do: no value is ever unfrozen again.
"""

from __future__ import annotations

from dataclasses import field, fields, make_dataclass
from typing import Any, TypeVar, cast

T = TypeVar("T")


def maker(kind: type[T]) -> type[T]:
    """Return what makes values of a frozen dataclass with slots: called as the class is, at less than half its cost.

    Args:
        kind: the dataclass; it has no __post_init__.
    """

    def freeze(self: object) -> None:
        self.__class__ = kind  # their slots are the same

    known = fields(cast("Any", kind))
    parts = [(f.name, f.type, field(default=f.default, default_factory=f.default_factory)) for f in known]
    made = make_dataclass(
        kind.__name__, cast("Any", parts), namespace={"__post_init__": freeze}, eq=False, repr=False, slots=True
    )
    return cast("type[T]", made)
