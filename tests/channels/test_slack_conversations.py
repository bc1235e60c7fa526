"""In Slack people write, press, edit and delete, and the answers come where they belong."""

from itertools import pairwise

from tests.channels.slack_bot import RunningBot
from tests.channels.slack_people import ROOM, Person
from tests.channels.slack_reading import answer, answers, silent
from tests.channels.slack_server import SlackServer


def test_a_direct_message_is_acknowledged_and_answered_once(pat: Person) -> None:
    _, delivery = pat.says("log call with Ana Müller about the fence")
    receipt = answer(pat, "Logged your call with *Ana Müller*")
    assert delivery.seconds is not None
    assert delivery.seconds < 1
    assert delivery.tries == 1
    assert receipt.text
    assert str(receipt.arguments["unfurl_links"]).lower() in ("false", "0")
    assert "Undo" in receipt.buttons


def test_a_question_becomes_its_answer_where_it_stands(pat: Person) -> None:
    pat.says("log call with Smith about the boundary quote")
    question = answer(pat, "Which Smith")
    label = next(one for one in question.buttons if one.startswith("Jane"))
    pat.presses(question, label)
    receipt = answer(pat, "Logged your call with *Jane Smith*")
    assert receipt.ts == question.ts
    assert len(pat.slack.said_to(pat.direct)) == 1


def test_undo_takes_the_receipt_s_place_and_a_second_press_changes_nothing(pat: Person) -> None:
    pat.says("log call with Ana Müller about the gate")
    receipt = answer(pat, "Logged your call")
    undo = receipt.buttons["Undo"]
    pat.presses(receipt, "Undo")
    undone = answer(pat, "Undone")
    assert undone.ts == receipt.ts
    receipt.blocks = [{"type": "actions", "elements": [undo]}]
    pat.presses(receipt, "Undo")
    later = pat.slack.until(lambda: pat.slack.said_to(pat.direct)[1:])
    assert later[-1].ts != receipt.ts


def test_an_edited_message_changes_what_it_logged(pat: Person) -> None:
    said = "log call with Ana Müller about the hedge"
    ts, _ = pat.says(said)
    answer(pat, "about the hedge")
    pat.edits(ts, "log call with Ana Müller about the wall", before=said)
    answer(pat, "about the wall")
    pat.says("show my calls with Ana Müller")
    history = answer(pat, "wall")
    assert "hedge" not in history.words


def test_a_preview_that_slack_adds_to_a_message_is_not_an_edit(pat: Person) -> None:
    said = "log call with Ana Müller about https://example.com"
    ts, _ = pat.says(said)
    answer(pat, "Logged your call")
    pat.edits(ts, said, before=said)
    assert silent(pat, pat.direct, 1)


def test_a_deleted_message_offers_to_undo_its_entry(pat: Person) -> None:
    said = "log call with Ana Müller about the shed"
    ts, _ = pat.says(said)
    answer(pat, "about the shed")
    pat.deletes(ts, said)
    offer = answer(pat, "You deleted a message")
    pat.presses(offer, "Undo it")
    answer(pat, "Undone")


def test_a_deleted_message_that_saved_nothing_is_let_go(pat: Person) -> None:
    ts, _ = pat.says("hello")
    pat.slack.until(lambda: pat.slack.said_to(pat.direct))
    pat.deletes(ts, "hello")
    assert silent(pat, pat.direct, 1)


def test_numbers_are_answered_in_the_thread_and_names_in_private(priya: Person) -> None:
    ts, _ = priya.says("pipeline?", room=ROOM)
    shown = priya.slack.until(lambda: priya.slack.said_to(ROOM))[-1]
    assert shown.thread == ts
    assert not shown.only
    priya.says("what does Jane Smith like?", room=ROOM, thread=ts)
    aside = priya.slack.until(lambda: [s for s in priya.slack.said_to(ROOM) if s.only])[-1]
    assert aside.only == priya.user
    assert aside.thread == ts
    assert not [s for s in priya.slack.said_to(ROOM) if not s.only and "Jane" in s.words]


def test_in_a_thread_one_goes_on_without_a_mention_and_others_are_not_heard(
    priya: Person, omar: Person
) -> None:
    ts, _ = priya.says("pipeline?", room=ROOM)
    priya.slack.until(lambda: priya.slack.said_to(ROOM))
    priya.says("win rate last quarter", room=ROOM, thread=ts, mention=False)
    priya.slack.until(lambda: len(priya.slack.said_to(ROOM)) == 2)
    omar.says("pipeline?", room=ROOM, thread=ts, mention=False)
    priya.says("<@U0OMAR> look at this pipeline", room=ROOM, thread=ts, mention=False)
    priya.says("pipeline?", room=ROOM, mention=False)
    assert silent(priya, ROOM, 2)


def test_a_receipt_from_a_channel_comes_as_a_direct_message(pat: Person) -> None:
    pat.says("log call with Ana Müller about the roof", room=ROOM)
    receipt = answer(pat, "Logged your call with *Ana Müller*")
    assert ROOM in receipt.words
    assert not pat.slack.said_to(ROOM)
    pat.presses(receipt, "Undo")
    answer(pat, "Undone")


def test_a_question_to_one_is_not_answered_by_another(pat: Person, omar: Person) -> None:
    pat.says("log call with Smith", room=ROOM)
    question = answer(pat, "Which Smith", ROOM)
    assert question.only == pat.user
    label = next(iter(question.buttons))
    omar.presses(question, label)
    refusal = answer(omar, "somebody else", ROOM)
    assert refusal.only == omar.user
    assert "Which Smith" in question.words
    pat.presses(question, label)
    pat.slack.until(lambda: question.changes or answers(pat, "Logged"))


def test_a_command_is_answered_for_the_asker_alone(pat: Person) -> None:
    delivery = pat.commands("help")
    shown = answer(pat, "log", ROOM)
    assert delivery.seconds is not None
    assert delivery.seconds < 1
    assert shown.only == pat.user
    pat.commands("what does Jane Smith like?")
    assert answer(pat, "Jane Smith", ROOM).only == pat.user


def test_an_empty_command_is_help(pat: Person) -> None:
    pat.commands("")
    assert answer(pat, "log", ROOM).only == pat.user


def test_the_same_event_twice_is_one_entry(pat: Person) -> None:
    ts, _ = pat.says("log call with Ana Müller about the pond", event_id="Ev0SAME")
    answer(pat, "about the pond")
    pat.says("log call with Ana Müller about the pond", event_id="Ev0SAME", ts=ts)
    pat.says("log call with Ana Müller about the pond", event_id="Ev0OTHER", ts=ts)
    assert silent(pat, pat.direct, 1)


def test_what_people_wrote_is_shown_letter_by_letter(pat: Person) -> None:
    pat.says("log call with Ana Müller about R&amp;D")
    shown = answer(pat, "Logged your call")
    assert "about R&amp;D" in shown.words
    assert all(b["text"].get("verbatim") for b in shown.blocks if b["type"] == "section")


def test_other_bots_and_the_bot_itself_are_not_heard(pat: Person) -> None:
    pat.says("log call with Ana Müller", bot_id="B0OTHER")
    pat.says("log call with Ana Müller", subtype="bot_message", bot_id="B0OTHER")
    assert silent(pat, pat.direct, 0)


def test_two_answers_in_one_channel_are_a_second_apart(pat: Person) -> None:
    for topic in ("bricks", "tiles", "slate"):
        pat.says(f"log call with Ana Müller about {topic}")
    for topic in ("bricks", "tiles", "slate"):
        answer(pat, f"about {topic}")
    at = [shown.at for shown in pat.slack.said_to(pat.direct)]
    assert pat.slack.too_fast == 0
    assert all(later - earlier >= 0.95 for earlier, later in pairwise(at))


def test_the_process_tells_how_it_is(pat: Person, bot: RunningBot, slack: SlackServer) -> None:
    import httpx

    pat.says("hello")
    slack.until(lambda: slack.said_to(pat.direct))
    health = httpx.get(f"http://127.0.0.1:{bot.port}/healthz")
    assert health.status_code == 200
    assert health.json()["channels"] == {"slack": True}
    figures = httpx.get(f"http://127.0.0.1:{bot.port}/metrics").text
    assert 'crm_bot_channel_connected{channel="slack"} 1.0' in figures
