"""People in a Slack workspace: what they write, press and fill in, as Slack delivers it."""

import itertools
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tests.channels.slack_server import APP, BOT, TEAM, Delivery, Shown, SlackServer, direct

_numbers = itertools.count(1)
ROOM = "C0SALES"


@dataclass(frozen=True)
class Person:
    """Somebody with an account. `room` is a channel, "" for direct messages with the bot."""

    slack: SlackServer
    user: str

    @property
    def direct(self) -> str:
        return direct(self.user)

    def says(
        self,
        text: str,
        *,
        room: str = "",
        thread: str = "",
        mention: bool | None = None,
        files: Sequence[Mapping[str, Any]] = (),
        event_id: str = "",
        ts: str = "",
        wait: bool = True,
        **more: Any,
    ) -> tuple[str, Delivery]:
        """A message; its time stamp and how it was delivered. In a room the bot is mentioned
        unless told otherwise."""
        ts = ts or self.slack.ts()
        mention = bool(room) if mention is None else mention
        event: dict[str, Any] = {
            "type": "app_mention" if mention else "message",
            "user": self.user,
            "text": f"<@{BOT}> {text}" if mention else text,
            "ts": ts,
            "channel": room or self.direct,
            **more,
        }
        if not mention:
            event["channel_type"] = "channel" if room else "im"
        if thread:
            event["thread_ts"] = thread
        if files:
            event |= {"subtype": "file_share", "files": list(files)}
        return ts, self.event(event, event_id=event_id, wait=wait)

    def event(self, event: dict[str, Any], *, event_id: str = "", wait: bool = True) -> Delivery:
        payload = {
            "type": "event_callback",
            "team_id": TEAM,
            "api_app_id": APP,
            "event_id": event_id or f"Ev{next(_numbers)}",
            "event_time": int(time.time()),
            "event": event,
            "authorizations": [{"team_id": TEAM, "user_id": BOT, "is_bot": True}],
        }
        return self.slack.deliver("events_api", payload, wait=wait)

    def edits(self, ts: str, text: str, *, before: str = "", room: str = "") -> Delivery:
        message = {"type": "message", "user": self.user, "text": text, "ts": ts}
        edited = {**message, "edited": {"user": self.user, "ts": self.slack.ts()}}
        return self.event(
            {
                "type": "message",
                "subtype": "message_changed",
                "channel": room or self.direct,
                "channel_type": "channel" if room else "im",
                "message": edited,
                "previous_message": {**message, "text": before},
                "ts": self.slack.ts(),
            }
        )

    def deletes(self, ts: str, before: str) -> Delivery:
        return self.event(
            {
                "type": "message",
                "subtype": "message_deleted",
                "channel": self.direct,
                "channel_type": "im",
                "deleted_ts": ts,
                "previous_message": {
                    "type": "message", "user": self.user, "text": before, "ts": ts,
                },
                "ts": self.slack.ts(),
            }
        )  # fmt: skip

    def presses(self, message: Shown, label: str) -> Delivery:
        element = message.buttons[label]
        url = self.slack.response_url(message.channel, self.user, message.ts)
        container = {
            "type": "message",
            "message_ts": message.ts,
            "channel_id": message.channel,
            "is_ephemeral": bool(message.only),
        }
        shown: dict[str, Any] = {"ts": message.ts, "text": message.text}
        shown |= {"thread_ts": message.thread} if message.thread else {}
        return self.acts(
            element,
            container=container,
            channel={"id": message.channel},
            response_url=url,
            **({} if message.only else {"message": shown}),
        )

    def presses_at_home(self, action_id: str, **chosen: Any) -> Delivery:
        element = {"action_id": action_id, "block_id": "h", "type": "button", **chosen}
        view = {"id": "V0HOME", "type": "home", "callback_id": ""}
        return self.acts(element, container={"type": "view", "view_id": "V0HOME"}, view=view)

    def acts(self, element: Mapping[str, Any], **where: Any) -> Delivery:
        action = {**element, "action_ts": self.slack.ts(), "type": element.get("type", "button")}
        payload = {
            "type": "block_actions",
            "team": {"id": TEAM},
            "user": {"id": self.user, "team_id": TEAM},
            "api_app_id": APP,
            "trigger_id": f"tr{next(_numbers)}",
            "actions": [action],
            **where,
        }
        return self.slack.deliver("interactive", payload)

    def commands(self, text: str, *, room: str = ROOM) -> Delivery:
        payload = {
            "command": "/crm",
            "text": text,
            "team_id": TEAM,
            "channel_id": room,
            "channel_name": "sales",
            "user_id": self.user,
            "trigger_id": f"tr{next(_numbers)}",
            "response_url": self.slack.response_url(room, self.user),
            "api_app_id": APP,
        }
        return self.slack.deliver("slash_commands", payload)

    def shortcut(self, *, message: str = "", room: str = ROOM) -> Delivery:
        payload: dict[str, Any] = {
            "type": "message_action" if message else "shortcut",
            "callback_id": "log_to_crm" if message else "log_interaction",
            "team": {"id": TEAM},
            "user": {"id": self.user, "team_id": TEAM},
            "trigger_id": f"tr{next(_numbers)}",
        }
        if message:
            payload["channel"] = {"id": room}
            payload["message"] = {"type": "message", "text": message, "ts": self.slack.ts()}
        return self.slack.deliver("interactive", payload)

    def types(self, letters: str, action_id: str = "customer") -> list[dict[str, Any]]:
        """What is suggested while typing into a select of a form."""
        payload = {
            "type": "block_suggestion",
            "team": {"id": TEAM},
            "user": {"id": self.user, "team_id": TEAM},
            "action_id": action_id,
            "block_id": action_id,
            "value": letters,
            "view": {"id": "V1", "type": "modal", "callback_id": "log_interaction"},
        }
        answer = self.slack.deliver("interactive", payload).payload or {}
        options: list[dict[str, Any]] = answer.get("options", [])
        return options

    def submits(self, view: Mapping[str, Any], **values: Any) -> Delivery:
        """Send a form. Values: customer (an option), channel, day, topic, note ..."""
        state: dict[str, Any] = {}
        for block in view["blocks"]:
            name, kind = block["block_id"], block["element"]["type"]
            given = values.get(name)
            if kind == "external_select":
                state[name] = {name: {"type": kind, "selected_option": given}}
            elif kind == "static_select":
                option = {"value": given} if given else block["element"].get("initial_option")
                state[name] = {name: {"type": kind, "selected_option": option}}
            elif kind == "datepicker":
                day = given or block["element"].get("initial_date")
                state[name] = {name: {"type": kind, "selected_date": day}}
            else:
                text = given or block["element"].get("initial_value")
                state[name] = {name: {"type": kind, "value": text}}
        return self.sends_form({**view, "state": {"values": state}})

    def sends_form(self, view: Mapping[str, Any]) -> Delivery:
        payload = {
            "type": "view_submission",
            "team": {"id": TEAM},
            "user": {"id": self.user, "team_id": TEAM},
            "view": dict(view),
            "trigger_id": f"tr{next(_numbers)}",
        }
        return self.slack.deliver("interactive", payload)

    def opens_home(self) -> Delivery:
        return self.event(
            {"type": "app_home_opened", "user": self.user, "channel": self.direct, "tab": "home"}
        )
