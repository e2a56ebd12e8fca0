"""The table of `publications.toml` for a publication that was tried, and how it gets into the file."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from crawler.commands.doubts import lacks_offset
from crawler.commands.trial import Trial
from crawler.errors import ConfigurationError, StorageError
from crawler.page import LinkKind, Page
from crawler.pipelines.text import clean_line
from crawler.publication_values import LANGUAGE, slug_of
from crawler.publications import load_publications
from crawler.urls import identity

MOST_FEEDS = 3
MAX_NAME = 80
"""Characters; longer ones are slogans."""


def table_of(trial: Trial) -> str:
    """The table as text: what is known, and as a comment what has to be looked up."""
    return "\n".join((f"[{slug_of(trial.home)}]", *_keys(trial))) + "\n"


def _keys(trial: Trial) -> Iterator[str]:
    name = name_of(trial.front_page) if trial.front_page else None
    if name:
        yield f"name = {_string(name)}"
    elif trial.front_page and (title := clean_line(trial.front_page.root.findtext(".//title"))):
        yield f"# name = {_string(title)}  # the title of the front page"
    yield f"url = {_string(trial.home)}"
    feeds = [source.url for source in trial.readable(LinkKind.FEED)][:MOST_FEEDS]
    if feeds:
        yield f"feeds = [{', '.join(_string(url) for url in feeds)}]"
    language = language_of(trial)
    if language:
        yield f"language = {_string(language)}"
    if lacks_offset(trial):
        yield '# timezone = "Europe/Madrid"  # the zone its pages print times in'


def name_of(front_page: Page) -> str | None:
    """What the front page calls the publication: `og:site_name`, `application-name`, or JSON-LD's WebSite."""
    metas = [text for key in ("og:site_name", "application-name") for text in front_page.meta.get(key, ())]
    nodes = [
        node.get("name") for node in front_page.json_ld if node.get("@type") in ("WebSite", "NewsMediaOrganization")
    ]
    names = (clean_line(name) for name in (*metas, *nodes) if isinstance(name, str))
    return next((name for name in names if name and len(name) <= MAX_NAME), None)


def language_of(trial: Trial) -> str | None:
    """The language of all articles, where they agree."""
    languages = {item.language for item in trial.items if item.language}
    if len(languages) != 1:
        return None
    language = languages.pop()
    return language if LANGUAGE.fullmatch(language) else None


def _string(text: str) -> str:
    """A basic string of TOML; JSON escapes the same characters but DEL."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def save(trial: Trial, path: Path) -> str | None:
    """Append the table to a file, created where there is none; returns the table that has the publication already.

    The text of the file stays as it is. Raises `ConfigurationError` where the file cannot be read as it stands, and
    `StorageError` where it cannot be written.
    """
    before = path.read_text(encoding="utf-8") if path.exists() else ""
    known = load_publications(path) if _has_tables(before) else ()
    slug = slug_of(trial.home)
    for publication in known:
        if publication.slug == slug or identity(publication.url) == identity(trial.home):
            return publication.slug
    text = before.rstrip("\n") + ("\n\n" if before.strip() else "") + table_of(trial)
    _replace(path, text)
    return None


def _has_tables(text: str) -> bool:
    return any(line.strip() and not line.lstrip().startswith("#") for line in text.splitlines())


def _replace(path: Path, text: str) -> None:
    """Write the whole file beside, see that it is read as it is meant, and put it into the place of the old one."""
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        part = Path(name)
        try:
            load_publications(part)
            part.chmod(path.stat().st_mode if path.exists() else 0o644)
            part.replace(path)
        except ConfigurationError:
            part.unlink()
            raise
    except OSError as error:
        raise StorageError(f"{path}: {error.strerror}; paste the table yourself") from error
