"""Can a CSS selector be used?

Asked wherever one is given: in sources.yml, in a chat, on the command line.

Refuses to do: whether a page holds what it selects is for the watchers.
"""

from __future__ import annotations

from cssselect import SelectorError
from lxml import etree
from lxml.cssselect import CSSSelector


def check_selector(selector: str) -> str:
    """Return a CSS selector that can be used; ValueError says what is wrong with another."""
    try:
        CSSSelector(selector, translator="html")
    except (SelectorError, etree.XPathError, RecursionError) as error:
        raise ValueError(f"is no CSS selector ({error})") from None
    return selector
