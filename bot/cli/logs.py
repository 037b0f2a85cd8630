"""How is the log written? Events with fields, on standard error.

Refuses to do: nothing is logged to standard output, which belongs to what is told.
"""

from __future__ import annotations

import logging
import sys

import structlog


def set_up_logs(level: str, form: str, count: structlog.typing.Processor | None = None) -> None:
    """Set up structlog for the process.

    Args:
        level: debug, info, warning or error.
        form: "json" for one object a line, anything else for people.
        count: sees every event on its way.
    """
    number = logging.getLevelNamesMapping()[level.upper()]
    renderer: structlog.typing.Processor
    if form == "json":
        renderer = structlog.processors.JSONRenderer(ensure_ascii=False)
    else:
        renderer = structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
    structlog.configure(
        processors=[
            *([count] if count else []),
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(number),
        # Looked up at each event, so that whoever replaces standard error gets the log as well.
        logger_factory=lambda *_: structlog.PrintLogger(sys.stderr),
    )
    # Libraries speak through the standard logging; what they warn of belongs in the same place.
    logging.basicConfig(level=max(number, logging.WARNING), stream=sys.stderr, format="%(name)s: %(message)s")
