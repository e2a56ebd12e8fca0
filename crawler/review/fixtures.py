"""'This is wrong' as a fixture: the page's bytes and what should be read from them, in a folder that the tests run."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any

from crawler.errors import StorageError
from crawler.extraction import extract
from crawler.extraction.fields.authors import byline_of
from crawler.items import Article, Author
from crawler.page import Page
from crawler.publication_values import slug_of
from crawler.review.values import PARSERS, authors_of, precision_of
from crawler.words import count_words

GROUP = "reviewed"
"""The folder of all such fixtures; git ignores it in this repository: the words of a page are not ours to publish."""
OF_THE_RUN = ("id", "publication", "fetched_at", "run_id", "revision", "changed_fields", "evidence")
"""What a page does not say of itself."""
OF_EVERY_PAGE = (
    "url", "canonical_url", "page_type", "page_type_reason", "language", "robots", "encoding", "encoding_doubtful",
)  # fmt: skip
"""What is expected of a page that is no article."""
BLOCKS = ("body", "body_markdown")
HEADERS = ("content-type", "content-language", "last-modified", "date", "link", "x-robots-tag", "tdm-reservation",
    "content-usage",
)  # fmt: skip
"""Headers that extraction reads, or may; no cookie and nothing else that tells of the crawl gets into a fixture."""
MAX_NAME = 60
EPOCH = "1970-01-01T00:00:00+00:00"


def name_of(item: Mapping[str, Any], part: int) -> str:
    """The folder's name, made of nothing but a-z, 0-9 and hyphens: publication, title, identity."""
    words = slug_of(f"{item.get('publication') or ''} {item.get('title') or 'untitled'}")[:MAX_NAME].strip("-")
    identity = re.sub("[^a-z0-9]+", "", str(item.get("id") or "").lower())[:8]
    return "-".join(filter(None, (words, identity, f"part-{part}" if part > 1 else "")))


def save(folder: Path, name: str, page: Page, corrections: Mapping[str, Any], *, note: str = "") -> Path:
    """Write the fixture, or add corrections to the one that is there; returns its folder.

    `corrections`: field → the right value, as `PARSERS` gives it. Raises `StorageError` where it cannot be written.
    """
    case = folder / GROUP / name
    try:
        if case.is_symlink() or (folder / GROUP).is_symlink():
            raise StorageError(f"{case} is a symbolic link; remove it")
        case.mkdir(parents=True, exist_ok=True)
        earlier = _earlier(case / "expect.json")
        expected = expectation(page, {**earlier, **corrections})
        _write(case / "page.html", page.body)
        _write(case / "page.json", _json({**_known(page), "corrected": sorted({*earlier, *corrections}), "note": note}))
        _write(case / "expect.json", _json(expected))
    except OSError as error:
        raise StorageError(f"{error.filename or case}: {error.strerror}") from error
    return case


def _earlier(path: Path) -> dict[str, Any]:
    """The corrections of a fixture that is there."""
    try:
        expected = json.loads(path.read_text(encoding="utf-8"))
        corrected = json.loads(path.with_name("page.json").read_text(encoding="utf-8"))["corrected"]
    except (FileNotFoundError, ValueError, KeyError):
        return {}
    values = {name: expected[name] for name in corrected if name in PARSERS and name in expected}
    if "byline" in values:
        values["byline"] = [author["name"] for author in expected["authors"]]
    if values.get("body"):
        values["body"] = "\n\n".join(values["body"])
    return values


def expectation(page: Page, corrections: Mapping[str, Any]) -> dict[str, Any]:
    """What `expect.json` holds: the page as it is read now, but for the corrections and what follows from them."""
    found = asdict(extract(page))
    read = {field.name: found[field.name] for field in fields(Article) if field.name not in OF_THE_RUN}
    for name, value in corrections.items():
        read.update(FOLLOWING[name](read, value) if name in FOLLOWING else {name: value})
    if read["page_type"] != "article":
        return {name: read[name] for name in OF_EVERY_PAGE}
    for name in BLOCKS:
        read[name] = read[name].split("\n\n") if read[name] else None
    return read


def _with_byline(read: Mapping[str, Any], names: list[str]) -> dict[str, Any]:
    authors = authors_of(names, read["authors"])
    return {"authors": authors, "byline": byline_of(tuple(Author(**author) for author in authors))}


def _with_bio(read: Mapping[str, Any], bio: str | None) -> dict[str, Any]:
    authors = [dict(author) for author in read["authors"]]
    if authors:
        authors[0]["bio"] = bio
    return {"author_bio": bio, "authors": authors}


def _with_body(read: Mapping[str, Any], body: str | None) -> dict[str, Any]:
    """Markdown of blocks that were read before stays; that of others is their text, to be completed by hand."""
    texts = (read["body"] or "").split("\n\n")
    marked = dict(zip(texts, (read["body_markdown"] or "").split("\n\n"), strict=False))
    markdown = "\n\n".join(marked.get(block, block) for block in body.split("\n\n")) if body else None
    return {"body": body, "body_markdown": markdown, "word_count": count_words(body)}


def _with_page_type(_: Mapping[str, Any], page_type: str) -> dict[str, Any]:
    return {"page_type": page_type, "page_type_reason": ""}


FOLLOWING: Mapping[str, Callable[[Mapping[str, Any], Any], dict[str, Any]]] = {
    "byline": _with_byline, "author_bio": _with_bio, "body": _with_body, "page_type": _with_page_type,
    "date": lambda _, date: {"date": date, "date_precision": precision_of(date)},
}  # fmt: skip
"""Field → what else changes with it."""


def _known(page: Page) -> dict[str, Any]:
    headers = {name: value for name, value in page.headers.items() if name.lower() in HEADERS}
    return {
        "url": page.url, "headers": headers, "fetched_at": page.fetched_at.isoformat() if page.fetched_at else EPOCH,
        "links": [asdict(link) for link in page.links], "profile": asdict(page.profile),
    }  # fmt: skip


def _json(value: Any) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode("utf-8", "replace")


def _write(path: Path, content: bytes) -> None:
    """The file appears whole; what a link points to is not touched."""
    part = path.with_name(f".{path.name}.part")
    part.unlink(missing_ok=True)
    part.write_bytes(content)
    part.replace(path)
