"""The extractors that are compared: each reads (bytes, url, headers) into the fields that the measures know.

A peer is imported when it is first asked for, because the peers live in an environment of their own.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

Reader = Callable[[bytes, str, dict[str, str]], dict[str, Any]]


def crawler() -> Reader:
    """This project: extraction and cleaning, what a crawl would write."""
    from crawler.commands.pages import item_of
    from crawler.page import Page

    def read(body: bytes, url: str, headers: dict[str, str]) -> dict[str, Any]:
        item = asdict(item_of(Page(body, url or "", headers)))
        image = item["images"][0]["url"] if item["images"] else None
        return {**item, "lang": item["language"], "image": image}

    return read


def trafilatura() -> Reader:
    """trafilatura with metadata, default precision."""
    from trafilatura import bare_extraction

    def read(body: bytes, url: str, _headers: dict[str, str]) -> dict[str, Any]:
        found = bare_extraction(body, url=url, with_metadata=True, include_comments=False)
        if found is None:
            return {}
        names = [name.strip() for name in (found.author or "").split(";") if name.strip()]
        return {"title": found.title, "authors": names, "date": found.date, "body": found.text, "image": found.image}

    return read


def newspaper4k() -> Reader:
    """newspaper4k on the downloaded page."""
    from newspaper import Article

    def read(body: bytes, url: str, headers: dict[str, str]) -> dict[str, Any]:
        article = Article(url, fetch_images=False)  # else it asks the network for the size of every picture
        article.download(input_html=_text(body, headers))
        article.parse()
        date = article.publish_date.isoformat() if article.publish_date else None
        return {
            "title": article.title,
            "authors": article.authors,
            "date": date,
            "body": article.text,
            "image": article.top_image,
        }

    return read


def news_please() -> Reader:
    """news-please from HTML."""
    from newsplease import NewsPlease

    def read(body: bytes, url: str, headers: dict[str, str]) -> dict[str, Any]:
        found = NewsPlease.from_html(_text(body, headers), url=url, fetch_images=False)
        date = found.date_publish.isoformat() if found.date_publish else None
        return {
            "title": found.title,
            "authors": found.authors,
            "date": date,
            "body": found.maintext,
            "image": found.image_url,
        }

    return read


def readability() -> Reader:
    """readability-lxml: title and body only."""
    from lxml import html
    from readability import Document

    def read(body: bytes, _url: str, headers: dict[str, str]) -> dict[str, Any]:
        document = Document(_text(body, headers))
        summary = html.fromstring(document.summary())
        return {"title": document.short_title(), "body": "\n".join(summary.itertext())}

    return read


READERS: dict[str, Callable[[], Reader]] = {
    "crawler": crawler,
    "trafilatura": trafilatura,
    "newspaper4k": newspaper4k,
    "news-please": news_please,
    "readability-lxml": readability,
}
"""Name → maker of the reader."""


def _text(body: bytes, headers: dict[str, str]) -> str:
    """The page as text, for peers that do not take bytes; its declared encoding where that works."""
    declared = re.search(rb"charset=[\"']?([\w-]+)", headers.get("content-type", "").encode() or body[:4096])
    try:
        return body.decode(declared[1].decode() if declared else "utf-8", "replace")
    except LookupError:
        return body.decode("utf-8", "replace")
