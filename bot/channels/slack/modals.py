"""The form "Log an interaction": how it looks, what is wrong with it, and the acts it asks for."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.channels.slack.blocks import Block, cut, option
from bot.message import FilledAct
from crm_store.contact import Channel
from crm_store.customers import Customer
from crm_store.search import Match
from nlu.dates import Moment
from skills.values import encode, row
from skills.wording import CHANNEL_NAMES

LOG = "log_interaction"
CUSTOMER, CHANNEL, DAY, TOPIC, NOTE = "customer", "channel", "day", "topic", "note"
FOLLOW_UP, TASK = "follow_up", "task"
NEW = "new:"
TOPIC_LENGTH, NOTE_LENGTH = 300, 3000
NAME_LENGTH = 140
"""Slack takes 150 characters in the value of an option, and "new:" stands before."""


class Malformed(ValueError):
    """A submission that our own form cannot have sent."""


@dataclass(frozen=True, slots=True)
class Filled:
    """A form as it was sent: acts to perform, or what is wrong in which field."""

    acts: tuple[FilledAct, ...] = ()
    errors: Mapping[str, str] | None = None


def form(today: date, note: str = "", carried: Mapping[str, str] | None = None) -> dict[str, Any]:
    """The modal; `note` is what is already known, e.g. the message it is opened on."""
    return {
        "type": "modal",
        "callback_id": LOG,
        "private_metadata": json.dumps(dict(carried or {}))[:3000],
        "title": _text("Log an interaction"),
        "submit": _text("Log"),
        "close": _text("Cancel"),
        "blocks": [
            _input(CUSTOMER, "Customer", _customers()),
            _input(CHANNEL, "How", _channels()),
            _input(DAY, "When", _datepicker(DAY, today)),
            _input(TOPIC, "Topic", _line(TOPIC, TOPIC_LENGTH), optional=True),
            _input(NOTE, "Note", _lines(note), optional=True),
            _input(FOLLOW_UP, "Follow up on", _datepicker(FOLLOW_UP), optional=True),
            _input(TASK, "What to do then", _line(TASK, TOPIC_LENGTH), optional=True),
        ],
    }


def customer_options(typed: str, matches: tuple[Match, ...]) -> list[Block]:
    """Who may be meant by what was typed so far, and a new customer of that name."""
    found = [option(_named(match.customer), str(match.customer.id)) for match in matches]
    name = " ".join(typed.split())[:NAME_LENGTH]
    return [*found, option(f"New customer: {name}", f"{NEW}{name}")] if name else found


def filled(view: Mapping[str, Any], now: datetime, zone: ZoneInfo) -> Filled:
    """What a submission asks for. Raises Malformed."""
    try:
        state = view["state"]["values"]
        given = {name: state[name][name] for name in (CUSTOMER, CHANNEL, DAY, TOPIC, NOTE)}
        given |= {name: state[name][name] for name in (FOLLOW_UP, TASK)}
        customer = _chosen(given[CUSTOMER])
        channel = _chosen(given[CHANNEL])
        day, follow_up = _date(given[DAY]), _date(given[FOLLOW_UP])
        texts = {name: str(given[name].get("value") or "").strip() for name in (TOPIC, NOTE, TASK)}
        known_channel = Channel(channel) if channel else None
        about = _customer(customer)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise Malformed(str(error)) from error
    today = now.astimezone(zone).date()
    errors = _errors(about, day, follow_up, texts, today)
    if errors:
        return Filled(errors=errors)
    assert about is not None
    acts = [_log(about, known_channel, day, texts, zone)]
    if follow_up is not None:
        acts.append(_reminder(about, follow_up, texts[TASK] or texts[TOPIC], zone))
    return Filled(tuple(acts))


def _errors(
    customer: Mapping[str, Any] | None,
    day: date | None,
    follow_up: date | None,
    texts: Mapping[str, str],
    today: date,
) -> dict[str, str]:
    errors = {}
    if customer is None:
        errors[CUSTOMER] = "Choose a customer, or type a name and choose “New customer”."
    if day is not None and day > today:
        errors[DAY] = "That day is still to come. Plan it with “Follow up on”."
    if follow_up is not None and follow_up < today:
        errors[FOLLOW_UP] = "That day is past. Choose today or later."
    if texts[TASK] and follow_up is None:
        errors[FOLLOW_UP] = "On which day shall I remind you of that?"
    if len(texts[TOPIC]) > TOPIC_LENGTH:
        errors[TOPIC] = f"At most {TOPIC_LENGTH} characters; the rest fits into the note."
    if len(texts[NOTE]) > NOTE_LENGTH:
        errors[NOTE] = f"At most {NOTE_LENGTH} characters."
    return errors


def _log(
    customer: Mapping[str, Any],
    channel: Channel | None,
    day: date | None,
    texts: Mapping[str, str],
    zone: ZoneInfo,
) -> FilledAct:
    values: dict[str, Any] = {"customer": customer}
    if channel is not None:
        values["channel"] = channel.value
    if day is not None:
        values["when"] = encode(_whole(day, zone))
    values |= {name: texts[name] for name in (TOPIC, NOTE) if texts[name]}
    return FilledAct("log_interaction", values)


def _reminder(customer: Mapping[str, Any], day: date, task: str, zone: ZoneInfo) -> FilledAct:
    values: dict[str, Any] = {"task": task or "follow up", "when": encode(_whole(day, zone))}
    if "new" in customer:
        # The contact before it makes the customer; here the name finds them.
        return FilledAct("set_reminder", values, {"customer": customer["new"]["name"]})
    return FilledAct("set_reminder", {**values, "customer": customer})


def _whole(day: date, zone: ZoneInfo) -> Moment:
    start = datetime(day.year, day.month, day.day, tzinfo=zone)
    return Moment(start, start + timedelta(days=1), "day")


def _customer(value: str) -> Mapping[str, Any] | None:
    if value.startswith(NEW):
        name = value.removeprefix(NEW).strip()
        return {"new": {"name": name, "company": None}} if name else None
    return row(Customer, int(value)) if value else None


def _chosen(state: Mapping[str, Any]) -> str:
    return str((state.get("selected_option") or {}).get("value") or "")


def _date(state: Mapping[str, Any]) -> date | None:
    value = state.get("selected_date")
    return date.fromisoformat(value) if value else None


def _named(customer: Customer) -> str:
    company = f" – {customer.company.name}" if customer.company else ""
    return cut(customer.name, 45) + company


def _input(name: str, label: str, element: Block, *, optional: bool = False) -> Block:
    return {
        "type": "input",
        "block_id": name,
        "label": _text(label),
        "element": element,
        "optional": optional,
    }


def _customers() -> Block:
    return {
        "type": "external_select",
        "action_id": CUSTOMER,
        "min_query_length": 2,
        "placeholder": _text("Type a name"),
    }


def _channels() -> Block:
    options = [
        option(CHANNEL_NAMES.get(channel, channel.value).capitalize(), channel.value)
        for channel in Channel
    ]
    return {
        "type": "static_select",
        "action_id": CHANNEL,
        "options": options,
        "initial_option": options[0],
    }


def _datepicker(name: str, day: date | None = None) -> Block:
    block: Block = {"type": "datepicker", "action_id": name}
    return block | ({"initial_date": day.isoformat()} if day else {})


def _line(name: str, longest: int) -> Block:
    return {"type": "plain_text_input", "action_id": name, "max_length": longest}


def _lines(note: str) -> Block:
    block: Block = {
        "type": "plain_text_input",
        "action_id": NOTE,
        "multiline": True,
        "max_length": NOTE_LENGTH,
    }
    return block | ({"initial_value": cut(note, NOTE_LENGTH)} if note else {})


def _text(text: str) -> Block:
    return {"type": "plain_text", "text": text}
