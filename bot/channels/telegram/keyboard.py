"""Buttons under a message: short ones side by side, long ones a row each, as a phone shows them."""

from collections.abc import Mapping, Sequence

from telegram import InlineKeyboardButton, InlineKeyboardMarkup
from telegram.constants import InlineKeyboardMarkupLimit

from bot.channels.telegram.html import plain

ROW = 26
"""Characters that fit side by side on a narrow phone, a gap of 4 between two buttons counted."""
GAP = 4
MOST_IN_ROW = 3
MOST = int(InlineKeyboardMarkupLimit.TOTAL_BUTTON_NUMBER)
LONGEST_LABEL = 64
DONE = "✓ "


def keyboard(buttons: Sequence[Mapping[str, str]]) -> InlineKeyboardMarkup | None:
    """The buttons in the order in which they were offered; None if there are none."""
    shown = [_button(one) for one in buttons[:MOST]]
    return InlineKeyboardMarkup(_rows(shown)) if shown else None


def link(label: str, url: str) -> InlineKeyboardMarkup:
    """One button that opens an address."""
    return InlineKeyboardMarkup([[InlineKeyboardButton(label, url=url)]])


def _button(one: Mapping[str, str]) -> InlineKeyboardButton:
    label = " ".join(plain(one["label"]).split()) or "…"
    if len(label) > LONGEST_LABEL:
        label = f"{label[: LONGEST_LABEL - 1]}…"
    return InlineKeyboardButton(label, callback_data=one["token"])


def _rows(buttons: Sequence[InlineKeyboardButton]) -> list[list[InlineKeyboardButton]]:
    rows: list[list[InlineKeyboardButton]] = []
    used = 0
    for button in buttons:
        size = len(button.text)
        if rows and used + GAP + size <= ROW and len(rows[-1]) < MOST_IN_ROW:
            rows[-1].append(button)
            used += GAP + size
        else:
            rows.append([button])
            used = size
    return rows
