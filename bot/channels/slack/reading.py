"""What Slack sends, read: who did what where, and which message that is to the assistant.

Messages are known by "team/channel/ts", so that a mention that arrives both as `app_mention`
and as `message` is one message, and an edit finds the one it changes.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.channels.slack.mrkdwn import mentioned, typed

NAME = "slack"
SAID = frozenset({None, "file_share", "thread_broadcast", "me_message"})
LATE = timedelta(hours=2)
"""Slack delivers again for so long; an older time stamp is not the time it was said."""


@dataclass(frozen=True, slots=True)
class Saying:
    """Something a person said, changed or took away.

    `place` is "channel" or "channel/thread"; `addressed` tells whether it was said to the bot.
    `threaded` tells that it was said inside a thread. `others` are the users it mentions.
    """

    user: str
    place: str
    external_id: str
    text: str = ""
    group: bool = False
    addressed: bool = True
    threaded: bool = False
    edits: str | None = None
    deletes: str | None = None
    others: Sequence[str] = ()
    files: Sequence[Mapping[str, Any]] = ()
    ts: str = ""


@dataclass(frozen=True, slots=True)
class Press:
    """A pressed button or a changed control, and the message or view it sits on."""

    user: str
    action_id: str
    value: str
    external_id: str
    channel: str = ""
    ts: str = ""
    thread: str = ""
    ephemeral: bool = False
    response_url: str = ""
    carried: Mapping[str, str] = field(default_factory=dict)

    @property
    def at_home(self) -> bool:
        """Whether it sits on the app's Home."""
        return not self.channel


def saying(event: Mapping[str, Any], team: str, bot_user: str) -> Saying | None:
    """What an event of type `message` or `app_mention` says; None if it says nothing to us."""
    if event.get("type") == "message" and event.get("subtype") not in SAID:
        return _changed(event, team, bot_user)
    return _said(event, event, team, bot_user)


def _said(
    event: Mapping[str, Any], message: Mapping[str, Any], team: str, bot_user: str
) -> Saying | None:
    user, channel, ts = message.get("user"), event.get("channel"), message.get("ts")
    if message.get("bot_id") or user == bot_user:
        return None
    if not (isinstance(user, str) and isinstance(channel, str) and isinstance(ts, str)):
        return None
    raw = message.get("text") or ""
    private = event.get("channel_type") == "im" or channel.startswith("D")
    thread = message.get("thread_ts")
    others = [other for other in mentioned(raw) if other != bot_user]
    root = thread or ("" if private else ts)
    return Saying(
        user=user,
        place=f"{channel}/{root}" if root else channel,
        external_id=f"{team}/{channel}/{ts}",
        text=typed(raw, bot_user),
        group=not private,
        addressed=private or event.get("type") == "app_mention" or bot_user in mentioned(raw),
        threaded=bool(thread),
        others=others,
        files=message.get("files") or (),
        ts=ts,
    )


def _changed(event: Mapping[str, Any], team: str, bot_user: str) -> Saying | None:
    """An edit or a deletion; previews of links change messages too, and mean nothing."""
    from dataclasses import replace

    before = event.get("previous_message") or {}
    if event.get("subtype") == "message_deleted" or _is_tombstone(event):
        said = _said(event, before, team, bot_user)
        if said is None:
            return None
        gone = said.external_id
        return replace(said, external_id=f"{gone}#deleted", deletes=gone, text="", files=())
    if event.get("subtype") != "message_changed":
        return None
    message = event.get("message") or {}
    edited = message.get("edited") or {}
    said = _said(event, message, team, bot_user)
    if said is None or not edited or message.get("text") == before.get("text"):
        return None
    changed = said.external_id
    name = f"{changed}#edit:{edited.get('ts', event.get('ts', ''))}"
    return replace(said, external_id=name, edits=changed, files=(), ts=str(edited.get("ts", "")))


def _is_tombstone(event: Mapping[str, Any]) -> bool:
    message = event.get("message") or {}
    return event.get("subtype") == "message_changed" and message.get("subtype") == "tombstone"


def press(body: Mapping[str, Any], team: str) -> Press | None:
    """The first action of a `block_actions` body; None if it is malformed."""
    actions, user = body.get("actions") or [], (body.get("user") or {}).get("id")
    if not actions or not isinstance(user, str):
        return None
    action = actions[0]
    container, message = body.get("container") or {}, body.get("message") or {}
    channel = str((body.get("channel") or {}).get("id") or container.get("channel_id") or "")
    ts = str(container.get("message_ts") or message.get("ts") or "")
    where = f"{channel}/{ts}" if channel else str((body.get("view") or {}).get("id", ""))
    return Press(
        user=user,
        action_id=str(action.get("action_id", "")),
        value=_value(action),
        external_id=f"{team}/{where}#{user}:{action.get('action_ts', '')}:{_value(action)}"[:200],
        channel=channel,
        ts=ts,
        thread=str(message.get("thread_ts") or container.get("thread_ts") or ""),
        ephemeral=bool(container.get("is_ephemeral")),
        response_url=str(body.get("response_url") or ""),
    )


def _value(action: Mapping[str, Any]) -> str:
    chosen = action.get("selected_option") or {}
    value = (
        action.get("value")
        or chosen.get("value")
        or action.get("selected_date")
        or action.get("selected_time")
        or ""
    )
    return str(value)


def moment(ts: str, arrived_at: datetime) -> datetime:
    """When it was said: by Slack's time stamp where that can be, else when it arrived."""
    try:
        said = datetime.fromtimestamp(float(ts), UTC)
    except (ValueError, OverflowError, OSError):
        return arrived_at
    return said if arrived_at - LATE <= said <= arrived_at else arrived_at


def parted(address: str) -> tuple[str, str]:
    """The channel and the thread ("" for none) of an address."""
    channel, _, thread = address.partition("/")
    return channel, thread
