"""Fourth pipeline: an article that was written before is written again only where it changed, as its next revision."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Protocol, Self, cast

from itemadapter import ItemAdapter
from scrapy.exceptions import DropItem

from crawler.items import Article
from crawler.revisions import changed_fields, field_hashes, is_changed

if TYPE_CHECKING:
    from scrapy.crawler import Crawler


class Memory(Protocol):
    """What remembers the lines written so far."""

    def remembered(self, key: str) -> Mapping[str, str] | None:
        """Field hashes of the article's last line; None where it has none."""

    def note(self, key: str, hashes: Mapping[str, str]) -> None:
        """Field hashes of the line about to be written."""


class Revise:
    """Compares the cleaned article with its last line."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """The comparison with what the frontier remembers."""
        return cls(crawler)

    @property
    def _memory(self) -> Memory:
        return cast("Memory", self._crawler.engine.scheduler)

    def process_item(self, item: Article) -> Article:
        """The article with `changed_fields`. Raises DropItem("unchanged") where its text and headline are as before."""
        if item.id is None or item.page_type == "gone":
            return item
        before = self._memory.remembered(item.id)
        after = field_hashes(ItemAdapter(item))
        if before is not None:
            if not is_changed(before, after):
                raise DropItem("unchanged", log_level="DEBUG")
            item.changed_fields = changed_fields(before, after)
        self._memory.note(item.id, after)
        return item
