"""What Slack refuses: arguments that are missing, and blocks beyond its limits."""

from collections.abc import Mapping, Sequence
from typing import Any

REQUIRED: Mapping[str, tuple[str, ...]] = {
    "auth.test": (),
    "users.info": ("user",),
    "conversations.open": ("users",),
    "chat.postMessage": ("channel",),
    "chat.postEphemeral": ("channel", "user"),
    "chat.update": ("channel", "ts"),
    "views.open": ("trigger_id", "view"),
    "views.publish": ("user_id", "view"),
    "files.getUploadURLExternal": ("filename", "length"),
    "files.completeUploadExternal": ("files",),
    "files.info": ("file",),
    "apps.connections.open": (),
}
SAYING = frozenset({"chat.postMessage", "chat.postEphemeral", "chat.update"})
TOTAL = 13_200
TEXTS = {"section": 3000, "header": 150}
ELEMENTS = {"actions": 25, "context": 10}
LABEL, VALUE, ACTION_ID, OPTIONS = 75, 2000, 255, 100


class Refused(Exception):
    """The message is the error code that Slack would answer with."""


def check_arguments(method: str, arguments: Mapping[str, Any]) -> None:
    """Raises Refused for an unknown method, a missing argument, or a message of nothing."""
    if method not in REQUIRED:
        raise Refused("unknown_method")
    for name in REQUIRED[method]:
        if arguments.get(name) in (None, "", [], {}):
            raise Refused("invalid_arguments")
    if method in SAYING:
        if not arguments.get("text"):
            raise Refused("no_text")
        if len(str(arguments["text"])) > 40_000:
            raise Refused("msg_too_long")
        check_blocks(arguments.get("blocks") or [], most=50, surface="message")
    if method in ("views.open", "views.publish"):
        check_view(arguments["view"])


def check_view(view: Mapping[str, Any]) -> None:
    """A modal or a Home."""
    surface = view.get("type")
    if surface == "modal":
        for name in ("title", "submit", "close"):
            text = (view.get(name) or {}).get("text", "")
            if name == "title" and not text:
                raise Refused("invalid_arguments")
            if len(text) > 24:
                raise Refused("invalid_arguments")
        if len(view.get("private_metadata", "")) > 3000:
            raise Refused("invalid_arguments")
        inputs = [block for block in view["blocks"] if block["type"] == "input"]
        if inputs and not view.get("submit"):
            raise Refused("invalid_arguments")
    elif surface != "home":
        raise Refused("invalid_arguments")
    check_blocks(view.get("blocks") or [], most=100, surface=str(surface))


def check_blocks(blocks: Sequence[Mapping[str, Any]], *, most: int, surface: str) -> None:
    """Everything that Slack answers `invalid_blocks` to, as far as it is documented."""
    if len(blocks) > most:
        raise Refused("invalid_blocks")
    total = sum(_length(block, surface) for block in blocks)
    if surface == "message" and total > TOTAL:
        raise Refused("msg_blocks_too_long")
    ids = [block["block_id"] for block in blocks if "block_id" in block]
    if len(ids) != len(set(ids)):
        raise Refused("invalid_blocks")


def _length(block: Mapping[str, Any], surface: str) -> int:
    kind = block["type"]
    if kind == "divider":
        return 0
    if kind in TEXTS:
        text = _text(block["text"], TEXTS[kind], plain=kind == "header")
        if "accessory" in block:
            _element(block["accessory"])
        return text
    if kind == "input":
        if surface == "message" or not block.get("label"):
            raise Refused("invalid_blocks")
        _element(block["element"])
        return _text(block["label"], 2000, plain=True)
    if kind in ELEMENTS:
        elements = block["elements"]
        if not 1 <= len(elements) <= ELEMENTS[kind]:
            raise Refused("invalid_blocks")
        if kind == "context":
            return sum(_text(element, 3000) for element in elements)
        ids = [element["action_id"] for element in elements]
        if len(ids) != len(set(ids)):
            raise Refused("invalid_blocks")
        return sum(_element(element) for element in elements)
    raise Refused("invalid_blocks")


def _element(element: Mapping[str, Any]) -> int:
    kind = element["type"]
    if len(element["action_id"]) > ACTION_ID:
        raise Refused("invalid_blocks")
    if kind == "button":
        if len(element.get("value", "")) > VALUE:
            raise Refused("invalid_blocks")
        if element.get("style") not in (None, "primary", "danger"):
            raise Refused("invalid_blocks")
        return _text(element["text"], LABEL, plain=True)
    if kind in ("static_select", "external_select"):
        options = element.get("options", [])
        if kind == "static_select" and not 1 <= len(options) <= OPTIONS:
            raise Refused("invalid_blocks")
        first = element.get("initial_option")
        for option in [*options, *([first] if first else [])]:
            check_option(option)
        if first and options and first not in options:
            raise Refused("invalid_blocks")
        return 0
    if kind in ("datepicker", "timepicker", "plain_text_input"):
        if len(str(element.get("initial_value", ""))) > int(element.get("max_length", 3000)):
            raise Refused("invalid_blocks")
        return 0
    raise Refused("invalid_blocks")


def check_option(option: Mapping[str, Any]) -> None:
    """One choice of a select."""
    _text(option["text"], LABEL, plain=True)
    if not 1 <= len(option["value"]) <= 150:
        raise Refused("invalid_blocks")


def _text(text: Mapping[str, Any], longest: int, *, plain: bool = False) -> int:
    words = text["text"]
    if not 1 <= len(words) <= longest:
        raise Refused("invalid_blocks")
    if plain and text["type"] != "plain_text":
        raise Refused("invalid_blocks")
    return len(words)
