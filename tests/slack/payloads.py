"""Would Slack take this message?

Three judges: the models of the SDK, a JSON schema made from Slack's own types, and the limits that Slack's reference
states and no schema holds.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft7Validator
from slack_sdk.errors import SlackObjectFormationError
from slack_sdk.models.blocks import Block

MOST_BLOCKS = 50
LONGEST_TOTAL = 13_000


@cache
def _schemas() -> dict[str, Draft7Validator]:
    """Return a validator for each kind of block: trying every kind for every block takes ten times as long."""
    schema = json.loads(Path(__file__).with_name("block_kit.schema.json").read_text("utf-8"))
    Draft7Validator.check_schema(schema)
    definitions = schema["definitions"]
    names = [choice["$ref"].rpartition("/")[2] for choice in definitions["KnownBlock"]["anyOf"]]
    # RichTextBlock is the definition of blocks whose type is rich_text.
    kinds = {re.sub("(?<!^)([A-Z])", r"_\1", name.removesuffix("Block")).lower(): name for name in names}
    return {kind: Draft7Validator({**schema, "$ref": f"#/definitions/{name}"}) for kind, name in kinds.items()}


def flaws(payload: dict[str, Any]) -> list[str]:
    """Return why Slack would refuse a message, nothing for one that it takes."""
    blocks = payload.get("blocks") or []
    found = [flaw for block in blocks for flaw in _schema_flaws(block)]
    if found:
        # What is no block has no limits to break.
        return found
    found += _model_flaws(blocks)
    found += _limit_flaws(blocks)
    text = payload.get("text")
    if not text:
        found.append("text: empty")
    elif len(text) > 4_000:
        found.append(f"text: {len(text)} characters")
    return found


def form_flaws(view: dict[str, Any]) -> list[str]:
    """Return why Slack would refuse a form: by the reference of modals, and of the elements of inputs."""
    found = [flaw for block in view["blocks"] for flaw in _schema_flaws(block)]
    named = ((name, len(view[name]["text"])) for name in ("title", "submit", "close"))
    found += [f"length of {name}" for name, length in named if not 1 <= length <= 24]
    if len(view["private_metadata"]) > 3_000 or len(view["blocks"]) > 100:
        found.append("size of the form")
    for block in view["blocks"]:
        element = block["element"]
        options = element.get("options")
        if options is not None and not 1 <= len(options) <= (10 if element["type"] == "checkboxes" else 100):
            found.append(f"{block['block_id']}: number of options")
        found += [f"{block['block_id']}: {flaw}" for option in options or () for flaw in _option_flaws(option)]
    names = [block["block_id"] for block in view["blocks"]]
    return found if len(set(names)) == len(names) else [*found, "two fields of one name"]


def _option_flaws(option: dict[str, Any]) -> Iterator[str]:
    if not 1 <= len(option["text"]["text"]) <= 75 or not 1 <= len(option["value"]) <= 150:
        yield f"length of option {option['value']}"


def _schema_flaws(block: dict[str, Any]) -> list[str]:
    schema = _schemas().get(block.get("type", ""))
    if schema is None:
        return [f"schema: no block is a {block.get('type')}"]
    return [f"schema: {error.json_path}: {error.message[:200]}" for error in schema.iter_errors(block)]


def words(node: Any) -> Iterator[str]:
    """Yield what a person sees of blocks, in order; a link as its words, an emoji as its name."""
    if isinstance(node, dict):
        if node.get("type") == "emoji":
            yield f":{node['name']}:"
        elif isinstance(node.get("text"), str):
            yield node["text"]
        for key, value in node.items():
            if key in {"blocks", "elements", "fields", "text"} and not isinstance(value, str):
                yield from words(value)
    elif isinstance(node, list | tuple):
        for item in node:
            yield from words(item)


def leaves(node: Any, key: str = "") -> Iterator[tuple[str, str]]:
    """Yield every string of a payload with its key."""
    if isinstance(node, dict):
        for name, value in node.items():
            yield from leaves(value, name)
    elif isinstance(node, list | tuple):
        for item in node:
            yield from leaves(item, key)
    elif isinstance(node, str):
        yield key, node


def _model_flaws(blocks: list[dict[str, Any]]) -> list[str]:
    found = []
    for given, parsed in zip(blocks, Block.parse_all(blocks), strict=True):
        try:
            if parsed.to_dict() != given:
                found.append(f"models: a {given['type']} comes back otherwise: {parsed.to_dict()} != {given}")
        except SlackObjectFormationError as error:
            found.append(f"models: {given['type']}: {error}")
    return found


def _limit_flaws(blocks: list[dict[str, Any]]) -> list[str]:
    found = [] if len(blocks) <= MOST_BLOCKS else [f"{len(blocks)} blocks"]
    total = sum(len(value) for key, value in leaves(blocks) if key in {"text", "url"})
    if total > LONGEST_TOTAL:
        found.append(f"{total} characters in all")
    actions = [element["action_id"] for b in blocks if b["type"] == "actions" for element in b["elements"]]
    if len(set(actions)) != len(actions):
        found.append("two buttons of one action")
    for block in blocks:
        found += [f"{block['type']}: {flaw}" for flaw in _block_flaws(block)]
    return found


def _block_flaws(block: dict[str, Any]) -> Iterator[str]:
    kind = block["type"]
    if kind == "header" and not 1 <= len(block["text"]["text"]) <= 150:
        yield "length of the header"
    if kind == "section" and not 1 <= len(block["text"]["text"]) <= 3_000:
        yield "length of the text"
    if kind == "context" and not 1 <= len(block["elements"]) <= 10:
        yield "number of elements"
    if kind == "context" and not all(1 <= len(element["text"]) <= 3_000 for element in block["elements"]):
        yield "length of an element"
    if kind == "actions":
        yield from _button_flaws(block["elements"])
    if kind == "rich_text":
        yield from _rich_flaws(block)


def _button_flaws(elements: list[dict[str, Any]]) -> Iterator[str]:
    if not 1 <= len(elements) <= 25:
        yield "number of buttons"
    for element in elements:
        label = element.get("text") or element["placeholder"]
        if not 1 <= len(label["text"]) <= 75 or len(element.get("value", "")) > 2_000:
            yield "length of a button"
        for option in element.get("options", ()):
            yield from _option_flaws(option)
        if not 1 <= len(element["action_id"]) <= 255 or len(element.get("url", "")) > 3_000:
            yield "length of an action"


def _rich_flaws(node: dict[str, Any]) -> Iterator[str]:
    """Slack refuses rich text without an element, and elements without a letter."""
    if "elements" in node and not node["elements"]:
        yield f"{node['type']} without elements"
    if node["type"] in {"text", "link"} and not node["text"]:
        yield f"{node['type']} without a letter"
    if node["type"] == "link" and not 1 <= len(node["url"]) <= 3_000:
        yield "length of a link"
    for element in node.get("elements", ()):
        yield from _rich_flaws(element)
