"""Parquet for Scrapy's feed exports (`-O articles.parquet`): the published schema, zstd. Needs pyarrow."""

from __future__ import annotations

from collections.abc import Callable
from typing import IO, Any

import orjson
from scrapy.exceptions import NotConfigured
from scrapy.exporters import BaseItemExporter

from crawler.items import Article
from crawler.json_lines import encode_line

ROWS = 1000
"""Rows of a group: what is held in memory, some 10 MB."""


class ParquetItemExporter(BaseItemExporter):
    """One file with all columns of `Article`; Parquet cannot be appended to, so use `-O`."""

    def __init__(self, file: IO[bytes], **options: Any) -> None:
        super().__init__(dont_fail=True, **options)
        try:
            from pyarrow.parquet import ParquetWriter  # noqa: PLC0415 - Scrapy loads every exporter; pyarrow is optional

            from crawler.exporters.arrow_schema import record_batch, schema_of  # noqa: PLC0415
        except ImportError as error:
            raise NotConfigured('Parquet needs pyarrow: pip install "publication-crawler[dataset]"') from error
        schema = schema_of(Article)
        self._writer: Any = ParquetWriter(file, schema, compression="zstd")
        self._batch: Callable[[], Any] = lambda: record_batch(self._rows, schema)
        self._rows: list[dict[str, Any]] = []

    def export_item(self, item: Any) -> None:
        """Take a row, by way of its JSON line: nothing that a line would not hold gets into a file."""
        self._rows.append(orjson.loads(encode_line(item)))
        if len(self._rows) >= ROWS:
            self._flush()

    def finish_exporting(self) -> None:
        """Write the rest and the footer."""
        self._flush()
        self._writer.close()

    def _flush(self) -> None:
        if self._rows:
            self._writer.write_batch(self._batch())
        self._rows.clear()
