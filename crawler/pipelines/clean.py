"""First pipeline: texts without boilerplate, invisible characters and repetition."""

from __future__ import annotations

from crawler.items import Article
from crawler.pipelines.cleaning import clean_article


class Clean:
    """Replaces an article by its cleaned form; a tombstone (`page_type` gone) has nothing to clean."""

    def process_item(self, item: Article) -> Article:
        """The cleaned article."""
        return item if item.page_type == "gone" else clean_article(item)
