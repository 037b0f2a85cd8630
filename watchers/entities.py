"""Does this XML declare entities that could hurt?

Entities that refer to entities grow without bound (the "billion laughs"), and external ones read files and addresses
of the host. The check asks the very parser that would expand them, and stops at the first element: nothing after it can
declare any.

Refuses to do: nothing is expanded or fetched.
"""

from __future__ import annotations

from xml.parsers import expat

from bot.errors import NotAFeedError

_PREDEFINED = frozenset({"amp", "lt", "gt", "quot", "apos"})
_LONGEST = 50
_MOST = 300


class _FirstElement(Exception):  # noqa: N818 -- it ends the parse and is no error
    """The prolog is over."""


def refuse_entities(text: str, where: str) -> None:
    """Return when the prolog of `text` declares nothing but short, flat, internal entities.

    Args:
        where: the address or file, for the error.

    Raises:
        NotAFeedError: it declares nested, external, long or very many entities.
    """
    if "<!ENTITY" not in text:
        return
    declared = 0

    def judge(
        name: str, is_parameter: int, value: str | None, _base: object, _system: object, _public: object, _note: object
    ) -> None:
        nonlocal declared
        declared += 1
        nested = value is None or ("&" in value and name not in _PREDEFINED) or "%" in value or "<" in value
        if is_parameter or nested or len(value or "") > _LONGEST or declared > _MOST:
            raise NotAFeedError(f"{where}: declares nested or external XML entities, as attacks do; it is not read")

    def stop(_name: str, _attributes: object) -> None:
        raise _FirstElement

    parser = expat.ParserCreate(encoding="utf-8")
    parser.EntityDeclHandler = judge
    parser.StartElementHandler = stop
    try:
        parser.Parse(text.encode("utf-8", "replace"), True)
    except _FirstElement:
        return
    except expat.ExpatError:
        raise NotAFeedError(f"{where}: its XML prolog declares entities and is malformed; it is not read") from None
