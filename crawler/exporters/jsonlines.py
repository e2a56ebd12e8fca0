"""JSON Lines for Scrapy's feed exports (`-o`, `-O`, FEEDS): the same lines that a crawl writes under OUTPUT_DIR."""

from __future__ import annotations

from typing import Any

from scrapy.exporters import JsonLinesItemExporter

from crawler.json_lines import encode_line


class StrictJsonLinesItemExporter(JsonLinesItemExporter):
    """Scrapy's exporter with its options for fields, and lines that no reader can split or misread."""

    def export_item(self, item: Any) -> None:
        """Write one line. Always UTF-8: RFC 8259, section 8.1."""
        self.file.write(encode_line(dict(self.get_serialized_fields(item))))
