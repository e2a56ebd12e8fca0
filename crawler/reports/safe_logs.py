"""Scrapy add-on: whatever is logged, by whomever, is fit for a terminal and holds no secrets."""

from __future__ import annotations

import logging
import traceback
from typing import TYPE_CHECKING, Any

from crawler.visible import CONTINUED, log_entry

if TYPE_CHECKING:
    from scrapy.settings import BaseSettings


class SafeRecord(logging.LogRecord):
    """An entry whose text is made safe as it is made: no handler, however late it is installed, gets another."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.exc_info and self.exc_info[0]:
            # `logging.Formatter` takes a text that is there already for the traceback's.
            self.exc_text = CONTINUED.lstrip("\n") + log_entry(
                "".join(traceback.format_exception(*self.exc_info)).rstrip()
            )

    def getMessage(self) -> str:  # noqa: N802 - the name in `logging`
        """The message; line breaks within it are marked."""
        return log_entry(super().getMessage())


class SafeLogs:
    """Makes every log record of the process a `SafeRecord`."""

    @classmethod
    def update_pre_crawler_settings(cls, settings: BaseSettings) -> None:
        """Called by Scrapy before there is a crawler, so before anything of the web is logged."""
        _ = settings
        logging.setLogRecordFactory(SafeRecord)
