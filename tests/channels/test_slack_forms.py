"""Forms and Home: the same acts without a sentence."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import Engine, select

from crm_store.database import sessions
from crm_store.employees import Employee
from crm_store.interactions import Interaction
from crm_store.reminders import Reminder
from tests.channels.slack_people import Person
from tests.channels.slack_reading import answer, silent
from tests.channels.slack_rules import check_option


def day(days: int) -> str:
    return (datetime.now(UTC) + timedelta(days=days)).date().isoformat()


def test_the_form_logs_a_contact_and_its_follow_up(pat: Person, store_copy: Engine) -> None:
    pat.shortcut()
    view = pat.slack.until(lambda: pat.slack.views)[-1]
    found = pat.types("mül")
    ana = next(one for one in found if "Ana" in one["text"]["text"])
    delivery = pat.submits(
        view, customer=ana, channel="email", topic="the quote", note="Likes <oak> & ash",
        follow_up=day(7), task="send the sample",
    )  # fmt: skip
    assert delivery.seconds is not None
    assert delivery.seconds < 1
    assert not delivery.payload
    receipt = answer(pat, "Ana Müller")
    assert "Likes &lt;oak&gt; &amp; ash" in receipt.words
    with sessions(store_copy, reads_only=True)() as session:
        logged = session.scalars(select(Interaction).order_by(Interaction.id.desc())).first()
        assert logged is not None
        assert (logged.topic, logged.channel.value) == ("the quote", "email")
        kept = session.scalars(select(Reminder).order_by(Reminder.id.desc())).first()
        assert kept is not None
        assert kept.task == "send the sample"
    assert "Undo all" in receipt.buttons


def test_a_message_is_logged_with_its_words_as_the_note(pat: Person) -> None:
    pat.shortcut(message="Ana wants the fence in &lt;green&gt;")
    view = pat.slack.until(lambda: pat.slack.views)[-1]
    note = next(block for block in view["blocks"] if block["block_id"] == "note")
    assert note["element"]["initial_value"] == "Ana wants the fence in <green>"


def test_each_wrong_field_says_what_is_wrong(pat: Person) -> None:
    pat.shortcut()
    view = pat.slack.until(lambda: pat.slack.views)[-1]
    delivery = pat.submits(view, day=day(9), follow_up=day(-9), note="x" * 3001)
    assert delivery.payload["response_action"] == "errors"
    assert set(delivery.payload["errors"]) == {"customer", "day", "follow_up", "note"}
    assert silent(pat, pat.direct, 0)


def test_a_form_that_nobody_can_have_sent_is_refused(pat: Person) -> None:
    pat.shortcut()
    view = pat.slack.until(lambda: pat.slack.views)[-1]
    pat.slack.ack_within = 0.3
    delivery = pat.sends_form({**view, "state": {"values": {"customer": "?"}}})
    assert delivery.status in (0, 400)
    assert silent(pat, pat.direct, 0)


def test_a_new_customer_is_made_by_the_form(pat: Person) -> None:
    pat.shortcut()
    view = pat.slack.until(lambda: pat.slack.views)[-1]
    new = pat.types("Vera Quist")[-1]
    check_option(new)
    pat.submits(view, customer=new, topic="a first talk")
    receipt = answer(pat, "Vera Quist")
    assert "first talk" in receipt.words


def test_the_same_form_twice_is_one_entry(pat: Person) -> None:
    pat.shortcut()
    view = pat.slack.until(lambda: pat.slack.views)[-1]
    ana = next(one for one in pat.types("ana m") if "Ana" in one["text"]["text"])
    for _ in range(2):
        pat.submits(view, customer=ana, topic="a stile")
    answer(pat, "a stile")
    assert silent(pat, pat.direct, 1)


def test_home_shows_reminders_deals_and_settings(pat: Person) -> None:
    pat.opens_home()
    home = str(pat.slack.until(lambda: pat.slack.homes.get(pat.user)))
    assert "Reminders" in home
    assert "Smith &amp; Sons" in home
    assert "Settings" in home


def test_a_reminder_is_done_at_home_and_undone_there(pat: Person, store_copy: Engine) -> None:
    pat.says("remind me in two hours to water the plants")
    answer(pat, "water the plants")
    pat.opens_home()
    pat.slack.until(lambda: "water the plants" in str(pat.slack.homes.get(pat.user)))
    number = _reminder(store_copy).id
    before = len(pat.slack.said_to(pat.direct))
    pat.presses_at_home(f"home:done#{number}", value=str(number))
    pat.slack.until(lambda: "Done: water" in str(pat.slack.homes[pat.user]))
    assert _reminder(store_copy).done_at is not None
    undo = next(
        element
        for block in pat.slack.homes[pat.user]["blocks"]
        if block["type"] == "actions"
        for element in block["elements"]
        if element.get("text", {}).get("text") == "Undo"
    )
    pat.presses_at_home(undo["action_id"], value=undo["value"])
    pat.slack.until(lambda: "Undone" in str(pat.slack.homes[pat.user]))
    assert _reminder(store_copy).done_at is None
    assert len(pat.slack.said_to(pat.direct)) == before


def test_a_reminder_is_moved_and_snoozed_at_home(pat: Person, store_copy: Engine) -> None:
    pat.says("remind me in two hours to oil the gate")
    answer(pat, "oil the gate")
    kept = _reminder(store_copy)
    pat.presses_at_home(f"home:move#{kept.id}", selected_date=day(20), type="datepicker")
    pat.slack.until(lambda: "Moved" in str(pat.slack.homes.get(pat.user)))
    moved = _reminder(store_copy)
    assert moved.due_at.date().isoformat() == day(20)
    pat.presses_at_home(f"home:snooze#{kept.id}", value=str(kept.id))
    pat.slack.until(lambda: "Snoozed" in str(pat.slack.homes.get(pat.user)))
    assert _reminder(store_copy).due_at == moved.due_at


def test_settings_are_changed_at_home(pat: Person, store_copy: Engine) -> None:
    pat.opens_home()
    pat.slack.until(lambda: pat.slack.homes.get(pat.user))
    zone = pat.types("lisbon", "home:zone")[0]
    pat.presses_at_home("home:zone", selected_option=zone, type="external_select")
    pat.slack.until(lambda: _employee(store_copy).timezone == "Europe/Lisbon")
    pat.presses_at_home("home:digest", selected_time="07:45", type="timepicker")
    pat.slack.until(lambda: f"{_employee(store_copy).digest_at}" == "07:45:00")
    pat.presses_at_home("home:quiet_from", selected_time="19:00", type="timepicker")
    pat.slack.until(lambda: f"{_employee(store_copy).quiet_from}" == "19:00:00")


def test_an_unknown_control_does_nothing(pat: Person) -> None:
    pat.opens_home()
    pat.slack.until(lambda: pat.slack.homes.get(pat.user))
    pat.presses_at_home("home:everything#1", value="1")
    pat.acts({"action_id": "press:0", "value": "no-such-token"},
             container={"type": "message", "message_ts": "1.1", "channel_id": pat.direct},
             channel={"id": pat.direct})  # fmt: skip
    assert "closed" in answer(pat, "closed").words


def _reminder(store: Engine) -> Reminder:
    with sessions(store, reads_only=True)() as session:
        return session.scalars(select(Reminder).order_by(Reminder.id.desc()).limit(1)).one()


def _employee(store: Engine) -> Employee:
    with sessions(store, reads_only=True)() as session:
        return session.scalars(select(Employee).where(Employee.email == "pat@example.com")).one()
