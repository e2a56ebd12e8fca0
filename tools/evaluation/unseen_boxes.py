"""Are author boxes of unknown plugins still read? `python tools/evaluation/unseen_boxes.py CORPUS`.

Every row that finds something in the corpus is taken away in turn, then all of them; printed are the pages with a
biography and a list of posts that are read exactly, and those without that are left empty.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from crawler.extraction.document import Document
from crawler.extraction.fields.author_box import read_author_box
from crawler.extraction.platforms.author_boxes import AUTHOR_BOXES
from crawler.extraction.platforms.rows import AuthorBoxRow
from crawler.extraction.reading import read_page
from crawler.items import Author
from crawler.page import Page


def pages(corpus: Path) -> Iterator[tuple[dict[str, Any], Page]]:
    """The corpus' records that have gold for biographies."""
    with (corpus / "pages.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            if "author_bio" in record:
                yield record, Page((corpus / record["html_path"]).read_bytes(), record["url"])


def answers(page: Page, rows: tuple[AuthorBoxRow, ...]) -> tuple[str | None, list[str]]:
    """Biography and addresses of the latest posts with a set of rows."""
    reading = read_page(page)
    authors: tuple[Author, ...] = tuple(reading.article.authors)
    box = read_author_box(Document(page), reading.layout, authors, rows=rows)
    return box.bio.value, [post.url for post in box.latest_posts.value or ()]


def folded(text: str | None) -> str:
    """A biography as it is compared."""
    return "".join(filter(str.isalnum, (text or "").casefold()))


def measure(records: list[tuple[dict[str, Any], Page]], rows: tuple[AuthorBoxRow, ...]) -> str:
    """One line of figures."""
    right = {"bio": [0, 0], "no bio": [0, 0], "posts": [0, 0], "no posts": [0, 0]}
    for record, page in records:
        bio, posts = answers(page, rows)
        gold = [post if isinstance(post, str) else post["url"] for post in record["latest_posts"] or []]
        for name, wanted, given in (("bio", folded(record["author_bio"]), folded(bio)), ("posts", gold, posts)):
            cell = right[name if wanted else f"no {name}"]
            cell[0] += wanted == given
            cell[1] += 1
    return "  ".join(f"{name} {good}/{all_}" for name, (good, all_) in right.items())


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path)
    records = list(pages(parser.parse_args().corpus))
    sys.stdout.write(f"{'all rows':28}{measure(records, AUTHOR_BOXES)}\n")
    for row in AUTHOR_BOXES:
        rest = tuple(other for other in AUTHOR_BOXES if other is not row)
        hits = [(record, page) for record, page in records if row.box.strip("#") in page.text]
        if hits:
            sys.stdout.write(f"{'without ' + row.id:28}{measure(hits, rest)}\n")
    sys.stdout.write(f"{'without any':28}{measure(records, ())}\n")


if __name__ == "__main__":
    main()
