"""Third pipeline: one line for one article and run, whatever addresses lead to it."""

from __future__ import annotations

from collections import OrderedDict

from scrapy.exceptions import DropItem

from crawler.items import Article
from crawler.urls import identity

MAX_REMEMBERED = 200_000
"""Articles of one run that are remembered, about 30 MB; the frontier knows the others by their addresses."""


class Deduplicate:
    """Drops an article that came already in this run: under the same id, or with the same canonical address and text.

    The canonical address alone is not believed: sites name their front page as the canonical address of every article.
    """

    def __init__(self) -> None:
        self._seen: OrderedDict[int, int] = OrderedDict()

    def process_item(self, item: Article) -> Article:
        """The article. Raises DropItem where it came already."""
        content = hash((item.title, item.body))
        if item.id and self._remember(hash(("id", item.id, item.revision)), 0) is not None:
            raise DropItem("duplicate: the article came already in this run", log_level="DEBUG")
        canonical = item.canonical_url
        if item.page_type == "gone" or not canonical or _is_front_page(canonical):
            return item
        if self._remember(hash(("canonical", identity(canonical))), content) == content:
            raise DropItem("duplicate: another address with the same canonical address", log_level="DEBUG")
        return item

    def _remember(self, key: int, content: int) -> int | None:
        """What was known under the key before, or None."""
        known = self._seen.get(key)
        if known is None:
            self._seen[key] = content
            if len(self._seen) > MAX_REMEMBERED:
                self._seen.popitem(last=False)
        return known


def _is_front_page(url: str) -> bool:
    return url.rstrip("/").count("/") == "https://".count("/")
