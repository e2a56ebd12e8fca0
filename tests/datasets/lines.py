"""Output folders of crawls that never were: lines by hand."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

from crawler.datasets.build import Built, Order, build
from crawler.datasets.index import Selection
from crawler.items import Article, Author, Evidence
from crawler.json_lines import encode_line

WORDS = tuple(
    f"{a}{b}" for a in ("sand", "tide", "bell", "rope", "lamp") for b in ("bank", "line", "house", "yard", "side")
)


def text(seed: int, length: int = 120) -> str:
    """A text of its own."""
    return " ".join(Random(seed).choices(WORDS, k=length))  # noqa: S311 - the same text in every run


def article(name: str, **values: Any) -> Article:
    defaults: dict[str, Any] = {
        "id": name, "publication": "The Harbour Gazette", "title": f"About {name}", "body": text(hash_of(name)),
        "date": "2025-03-04T10:00:00+01:00", "date_precision": "minute", "language": "en-GB", "tags": ["harbour"],
        "authors": [Author("Mara Lind")], "evidence": {"title": Evidence("markup", "h1", "bound")},
        "fetched_at": "2025-03-05T00:00:00+00:00", "run_id": "20250305T000000Z-aaaaaa",
    }  # fmt: skip
    return Article(f"https://gazette.example/{name}", **{**defaults, **values})


def gone(name: str, fetched_at: str) -> Article:
    return Article(
        f"https://gazette.example/{name}",
        id=name,
        publication="The Harbour Gazette",
        page_type="gone",
        fetched_at=fetched_at,
    )


def hash_of(name: str) -> int:
    return sum(ord(letter) * 31**at for at, letter in enumerate(name))


@dataclass
class Desk:
    """A folder of lines and the dataset made of it."""

    folder: Path
    files: int = field(default=0)

    @property
    def dataset(self) -> Path:
        return self.folder / "dataset"

    def write(self, *articles: Article) -> Path:
        """One more finished file."""
        self.files += 1
        path = self.folder / "output" / f"gazette-{self.files}.jsonl"
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"".join(encode_line(entry) for entry in articles))
        return path

    def build(self, *formats: str, **selection: Any) -> Built:
        return build(Order((self.folder / "output",), self.dataset, formats or ("parquet",), Selection(**selection)))

    def bytes(self) -> dict[str, bytes]:
        return {
            str(p.relative_to(self.dataset)): p.read_bytes() for p in sorted(self.dataset.rglob("*")) if p.is_file()
        }

    def rows(self) -> list[dict[str, Any]]:
        """Rows of the Parquet files, in the order of their paths."""
        import pyarrow.parquet as pq  # noqa: PLC0415 - optional

        paths = sorted(self.dataset.glob("data/**/*.parquet"))
        return [row for path in paths for row in pq.ParquetFile(path).read().to_pylist()]
