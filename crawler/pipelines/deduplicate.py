"""Third pipeline: one line for one article and run, whatever addresses lead to it."""

from __future__ import annotations

from collections import OrderedDict

from scrapy.exceptions import DropItem

from crawler.items import Article
from crawler.urls import identity

LONG = 500
"""Characters of text from which on it tells an article apart, as far as its headline is the same too: pages for print,
and the same page in two sections, often name no canonical address."""
MAX_REMEMBERED = 200_000
"""Articles of one run that are remembered, about 30 MB; the frontier knows the others by their addresses."""


class Deduplicate:
    """Drops an article that came already in this run: under the same id, or with the same canonical address, or
    headline, and text.

    The canonical address alone is not believed: sites name their front page as the canonical address of every article.
    """

    def __init__(self) -> None:
        self._seen: OrderedDict[int, int] = OrderedDict()

    def process_item(self, item: Article) -> Article:
        """The article. Raises DropItem where it came already."""
        if item.id and self._remember(hash(("id", item.id, item.revision)), 0) is not None:
            raise DropItem("duplicate: the article came already in this run", log_level="DEBUG")
        same = self._shared(item) if item.page_type != "gone" else None
        if same:
            raise DropItem(f"duplicate: another address with the same {same}", log_level="DEBUG")
        return item

    def _shared(self, item: Article) -> str | None:
        """What an earlier article of this run shares with this one, where that makes them one."""
        content, own, canonical = hash((item.title, item.body)), hash(item.id), item.canonical_url
        by_canonical = hash(("canonical", identity(canonical))) if canonical and not _is_front_page(canonical) else None
        if by_canonical and self._remember(by_canonical, content) == content:
            return "canonical address"
        if item.revision > 1 or len(item.body or "") < LONG:
            return None
        known = self._remember(hash(("text", item.publication, content)), own)
        return "headline and text" if known not in (None, own) else None

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
