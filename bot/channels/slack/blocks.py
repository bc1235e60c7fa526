"""A reply as Block Kit, within Slack's budgets whatever is stored."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.channels.slack.mrkdwn import escaped, marked_up, pieces, plain

SECTION = 2900
"""Characters of a section; Slack takes 3,000 of them."""
TOTAL = 9000
"""Characters of all blocks of a page; near 13,200 Slack refuses, though no page says so."""
LINES = 25
"""Facts on a page: more than that nobody reads on a telephone."""
FALLBACK = 3000
BUTTONS, LABEL, OPTIONS = 25, 75, 100
SHORT = 30
"""A telephone cuts the label of a button at about that many letters."""

Block = dict[str, Any]

PRESS, PAGE, WHOLE = "press", "page", "whole"


@dataclass(frozen=True, slots=True)
class Rendered:
    """What one message shows: blocks, and the same as text for notifications and readers."""

    text: str
    blocks: list[Block]


def rendered(
    body: Mapping[str, Any], outgoing_id: int, page: int = 0, context: str = ""
) -> Rendered:
    """The reply, or one page of a long one. `context` is a small line above, already mrkdwn."""
    sheets = _sheets(body)
    page = min(max(page, 0), len(sheets) - 1)
    blocks: list[Block] = [_context(context)] if context else []
    blocks += [_section(part) for part in sheets[page]]
    if len(sheets) > 1:
        blocks.append(_turning(outgoing_id, page, len(sheets)))
    blocks += _choices(body.get("buttons") or [])
    return Rendered(_as_text(sheets[page]), blocks)


def without(body: Mapping[str, Any], tokens: frozenset[str]) -> dict[str, Any]:
    """The reply without some of its buttons."""
    kept = [one for one in body.get("buttons") or [] if one["token"] not in tokens]
    return {**body, "buttons": kept}


def whole(body: Mapping[str, Any]) -> str:
    """Everything a reply says as a plain text, for a file."""
    return "\n".join([plain(str(body.get("text", ""))), "", *map(plain, body.get("facts", []))])


def section(text: str) -> Block:
    """A section of text that is mrkdwn already."""
    return _section(text[:SECTION])


def divider() -> Block:
    return {"type": "divider"}


def context(text: str) -> Block:
    """A small grey line of mrkdwn."""
    return _context(text)


def button(label: str, action_id: str, value: str, style: str | None = None) -> Block:
    """A button; only labels of up to 75 characters are taken."""
    block: Block = {
        "type": "button",
        "text": {"type": "plain_text", "text": cut(plain(label), LABEL) or "-", "emoji": False},
        "action_id": action_id,
        "value": value,
    }
    return block | ({"style": style} if style else {})


def option(label: str, value: str) -> Block:
    """An option of a select."""
    return {
        "text": {"type": "plain_text", "text": cut(plain(label), LABEL) or "-", "emoji": False},
        "value": value,
    }


def cut(text: str, longest: int) -> str:
    """The text, shortened with dots where it is too long."""
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"


def _sheets(body: Mapping[str, Any]) -> list[list[str]]:
    """The sections of each page: the text first, then the facts, as many as fit."""
    head = list(pieces(marked_up(str(body.get("text") or "")), SECTION))
    lines = [_line(str(fact)) for fact in body.get("facts") or []]
    parts = [piece for line in lines for piece in pieces(line, SECTION)]
    sheets: list[list[str]] = []
    current: list[str] = []
    size, count = 0, 0
    for part, is_line in [(h, False) for h in head] + [(p, True) for p in parts]:
        if current and (size + len(part) > TOTAL or (is_line and count >= LINES)):
            sheets.append(current)
            current, size, count = [], 0, 0
        joins = is_line and count > 0 and len(current[-1]) + len(part) < SECTION
        if joins:
            current[-1] += "\n" + part
        else:
            current.append(part)
        size, count = size + len(part) + 1, count + is_line
    sheets.append(current or ["…"])
    return sheets


def _line(fact: str) -> str:
    text = marked_up(fact)
    numbered = text.lstrip("*").split(".", 1)[0].isdigit()
    return text if numbered else f"•  {text}"


def _section(text: str) -> Block:
    # Verbatim: "#sales" or "@here" in a note must not become a link or a shout.
    return {"type": "section", "text": {"type": "mrkdwn", "text": text, "verbatim": True}}


def _context(text: str) -> Block:
    return {"type": "context", "elements": [{"type": "mrkdwn", "text": cut(text, 1900)}]}


def _turning(outgoing_id: int, page: int, pages: int) -> Block:
    elements = []
    if page > 0:
        elements.append(button("Back", f"{PAGE}:back", f"{outgoing_id}:{page - 1}"))
    if page < pages - 1:
        elements.append(button("More", f"{PAGE}:next", f"{outgoing_id}:{page + 1}"))
    elements.append(button("All as a file", WHOLE, f"{outgoing_id}:0"))
    return {"type": "actions", "elements": elements}


def _choices(buttons: Sequence[Mapping[str, str]]) -> list[Block]:
    if not buttons:
        return []
    if len(buttons) > BUTTONS:
        shown = [option(one["label"], one["token"]) for one in buttons[:OPTIONS]]
        select = {
            "type": "static_select",
            "action_id": f"{PRESS}:select",
            "placeholder": {"type": "plain_text", "text": "Choose"},
            "options": shown,
        }
        return [{"type": "actions", "elements": [select]}]
    elements = [
        button(one["label"], f"{PRESS}:{number}", one["token"])
        for number, one in enumerate(buttons)
    ]
    long = any(len(one["label"]) > SHORT for one in buttons)
    # Long labels stand below each other: side by side a telephone cuts them all.
    rows = [[element] for element in elements] if long and len(elements) <= 8 else [elements]
    return [{"type": "actions", "elements": row} for row in rows]


def _as_text(parts: Sequence[str]) -> str:
    return cut("\n".join(parts).replace("*", "").replace("•  ", "- "), FALLBACK) or escaped("…")
