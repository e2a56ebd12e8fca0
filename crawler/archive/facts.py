"""What a crawl knew of a page and made of it: the JSON object of a metadata record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, Self

from crawler.archive.exchange import Kept, Place
from crawler.page import Link, SiteProfile

FORMAT = "publication-crawler visit 1"
"""The value of `format` in the JSON object; another number means another meaning."""


@dataclass(frozen=True, slots=True)
class PageAt:
    """One page of an article, and where its bytes lie."""

    url: str
    """Its address after redirects."""
    fetched_at: str | None
    """When it was read, ISO 8601."""
    kept: Kept


@dataclass(frozen=True, slots=True)
class VisitFacts:
    """One visit of an article's address: with it, a page is read again exactly as the crawl read it."""

    url: str
    """The address that was read."""
    id: str
    """The article's identity within the dataset."""
    publication: str | None
    """Its publication's name."""
    run_id: str
    """The run that made the visit."""
    revision: int = 1
    """The revision that the visit's line is, or would be."""
    outcome: str = "written"
    """`written`: a line; `rejected`: no article; `dropped`: by a pipeline; `skipped`: an article, not wanted."""
    reason: str | None = None
    """The grounds of an outcome other than `written`."""
    pages: tuple[PageAt, ...] = ()
    """The pages that the article was read from, the first part first; none where the article is gone."""
    missing: int = 0
    """Parts that could not be had."""
    links: tuple[Link, ...] = ()
    """Who named the address, with which title and dates."""
    profile: SiteProfile = SiteProfile()
    """What was known of the publication."""
    changed_fields: tuple[str, ...] = ()
    """Fields that differ from the revision before."""
    page_type: str = "article"
    """What the page was taken for."""
    page_type_reason: str | None = None
    """The grounds of that."""
    robots: tuple[str, ...] = ()
    """Restrictions that the page states (`noarchive`, `noai`, …)."""
    fetched_at: str | None = None
    """When the visit was, ISO 8601."""

    def as_json(self) -> dict[str, Any]:
        """The JSON object of the metadata record."""
        return {"format": FORMAT, **asdict(self)}

    @classmethod
    def from_json(cls, facts: Mapping[str, Any]) -> Self | None:
        """The facts of a metadata record's JSON object; None where it is none of these.

        Raises ValueError, TypeError or KeyError where it says that it is one and cannot be read.
        """
        if facts.get("format") != FORMAT:
            return None
        values = _known(cls, facts)
        values["pages"] = tuple(_page(page) for page in facts.get("pages") or ())
        values["links"] = tuple(_link(link) for link in facts.get("links") or ())
        values["profile"] = SiteProfile(**_known(SiteProfile, facts.get("profile") or {}))
        for name in ("changed_fields", "robots"):
            values[name] = tuple(values.get(name) or ())
        return cls(**values)


def _known(kind: type, values: Mapping[str, Any]) -> dict[str, Any]:
    """The values that the dataclass has a field for: a later version may write more."""
    return {field.name: values[field.name] for field in fields(kind) if field.name in values}


def _link(values: Mapping[str, Any]) -> Link:
    return Link(**{**_known(Link, values), "authors": tuple(values.get("authors") or ())})


def _page(values: Mapping[str, Any]) -> PageAt:
    kept = values["kept"]
    payload = kept.get("payload")
    return PageAt(
        values["url"], values.get("fetched_at"), Kept(Place(**kept["place"]), Place(**payload) if payload else None)
    )  # fmt: skip
