"""Logging: one line an event to standard error, to be read or to be collected."""

import logging
import sys
from collections.abc import Iterable
from typing import Any, TextIO

import structlog

QUIETER = ("aiohttp", "alembic", "apscheduler", "httpcore", "httpx", "slack_bolt", "telegram")
"""Libraries that tell of every step, some with an address, which may hold a token."""


def set_up(
    level: str, form: str, secrets: Iterable[str] = (), stream: TextIO | None = None
) -> None:
    """Send our events and those of the libraries to `stream` (standard error) as `text`
    or `json`, from `level` on, with asterisks for whatever is secret."""
    threshold = logging.getLevelNamesMapping()[level]
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                *_written_as(form, handler.stream),
                _without(secrets),
            ],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(threshold)
    for name in QUIETER:
        logging.getLogger(name).setLevel(max(threshold, logging.WARNING))
    structlog.configure(
        processors=[
            *shared,
            structlog.processors.StackInfoRenderer(),
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.make_filtering_bound_logger(threshold),
        cache_logger_on_first_use=False,
    )


def _written_as(form: str, stream: TextIO) -> list[structlog.typing.Processor]:
    if form == "json":
        return [
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ]
    # Plain tracebacks: the drawn ones print the values of variables, and so what people wrote.
    plain = structlog.dev.plain_traceback
    return [structlog.dev.ConsoleRenderer(colors=stream.isatty(), exception_formatter=plain)]


def _without(secrets: Iterable[str]) -> structlog.typing.Processor:
    # Telegram's token is part of every address, and so of what libraries say went wrong.
    hidden = sorted(secrets, key=len, reverse=True)

    def written(_logger: Any, _method: str, line: Any) -> str:
        for secret in hidden:
            line = line.replace(secret, "*****")
        return str(line)

    return written
