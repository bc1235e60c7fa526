"""Logging: one line an event, and never a secret in it."""

import io
import json
import logging
from collections.abc import Iterator

import pytest
import structlog

from bot import log


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    levels = {name: logging.getLogger(name).level for name in log.QUIETER}
    yield
    root.handlers[:], root.level = handlers, level
    for name, before in levels.items():
        logging.getLogger(name).setLevel(before)
    structlog.reset_defaults()


def written(level: str, form: str, *secrets: str) -> io.StringIO:
    stream = io.StringIO()
    log.set_up(level, form, secrets, stream)
    return stream


def test_text_is_one_line_with_what_happened_and_its_particulars() -> None:
    stream = written("INFO", "text")
    structlog.get_logger("bot.assistant").info("turn done", message="m1", acts=2)
    (line,) = stream.getvalue().splitlines()
    assert "turn done" in line
    assert "message=m1" in line
    assert "acts=2" in line


def test_json_is_one_object_a_line_also_with_an_exception() -> None:
    stream = written("INFO", "json")
    try:
        raise LookupError("nobody\nthere")
    except LookupError:
        structlog.get_logger("bot.assistant").exception("turn failed", message="m1")
    (line,) = stream.getvalue().splitlines()
    event = json.loads(line)
    assert event["event"] == "turn failed"
    assert event["level"] == "error"
    assert event["logger"] == "bot.assistant"
    assert "LookupError" in event["exception"]
    assert event["timestamp"].endswith("Z")


def test_libraries_are_logged_the_same_way() -> None:
    stream = written("INFO", "json")
    logging.getLogger("some.library").warning("%s left", "one")
    assert json.loads(stream.getvalue())["event"] == "one left"


def test_what_is_below_the_level_is_left_out() -> None:
    stream = written("WARNING", "text")
    structlog.get_logger("a").info("unimportant")
    logging.getLogger("a").info("unimportant")
    structlog.get_logger("a").warning("important")
    assert "unimportant" not in stream.getvalue()
    assert "important" in stream.getvalue()


def test_libraries_that_tell_of_every_request_are_heard_only_when_something_is_wrong() -> None:
    stream = written("DEBUG", "text")
    logging.getLogger("httpx").info("HTTP Request: POST /bot1:x/getUpdates")
    logging.getLogger("httpx").warning("gave up")
    assert "getUpdates" not in stream.getvalue()
    assert "gave up" in stream.getvalue()


@pytest.mark.parametrize("form", ["text", "json"])
def test_a_secret_is_blotted_out_wherever_it_stands(form: str) -> None:
    stream = written("INFO", form, "1234:hidden", "1234")
    logger = structlog.get_logger("a")
    try:
        raise OSError("no answer from https://api.example.com/bot1234:hidden/getMe")
    except OSError:
        logger.exception("asked /bot1234:hidden/", token="1234:hidden", parts=["1234:hidden"])
    assert "hidden" not in stream.getvalue()
    assert "*****" in stream.getvalue()


def test_what_people_wrote_is_not_printed_by_a_traceback() -> None:
    stream = written("INFO", "text")
    text = f"Smith's gate code is {44 * 100 + 71}"
    try:
        raise ValueError(len(text))
    except ValueError:
        structlog.get_logger("a").exception("turn failed")
    assert "ValueError" in stream.getvalue()
    assert "4471" not in stream.getvalue()
