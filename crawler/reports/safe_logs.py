"""Scrapy add-on: whatever is logged, by whomever, is fit for a terminal and holds no secrets."""

from __future__ import annotations

import copy
import logging
from typing import TYPE_CHECKING

from crawler.visible import log_entry

if TYPE_CHECKING:
    from scrapy.settings import BaseSettings


class SafeFormatter(logging.Formatter):
    """Formats as another formatter does, after the message and the traceback were made safe."""

    def __init__(self, inner: logging.Formatter) -> None:
        super().__init__()
        self._inner = inner

    def format(self, record: logging.LogRecord) -> str:
        """One entry; line breaks within it are marked."""
        safe = copy.copy(record)
        parts = [record.getMessage()]
        if record.exc_info:
            parts.append(self._inner.formatException(record.exc_info))
        elif record.exc_text:
            parts.append(record.exc_text)
        if record.stack_info:
            parts.append(record.stack_info)
        safe.msg, safe.args = log_entry("\n".join(parts)), None
        safe.exc_info = safe.exc_text = safe.stack_info = None
        return self._inner.format(safe)


class SafeLogs:
    """Puts `SafeFormatter` around the formatter of every handler of the root logger."""

    def update_settings(self, settings: BaseSettings) -> None:
        """Called by Scrapy when its handler is there and no request was made."""
        _ = settings
        for handler in logging.root.handlers:
            inner = handler.formatter or logging.Formatter()
            if not isinstance(inner, SafeFormatter):
                handler.setFormatter(SafeFormatter(inner))
