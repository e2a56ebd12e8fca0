"""What one source says about who wrote the article, before it is parsed."""

from __future__ import annotations

from dataclasses import dataclass

from crawler.extraction.evidence import Level


@dataclass(frozen=True, slots=True)
class AuthorClaim:
    """A raw byline with its place; several claims of one source make one candidate."""

    text: str
    """The raw text, with the marks of `names` around links and at breaks."""
    source: str
    """Kind of source, as in `items.Evidence.source`."""
    where: str
    """Property path, selector or rule."""
    level: Level
    """How much the source is believed."""
    rule: str
    """Row of the table of preference in `fields.authors`."""
    kind: str = ""
    """The same for claims of one sort on a page: tag and first class of the element."""
    position: int | None = None
    """Position in `Document`, for visible sources."""
    url: str | None = None
    """Address of the author's page as written."""
    avatar: str | None = None
    """Address of the author's picture as written."""
    trusted: bool = False
    """Whether the source marks the text as a name, so that handles and lower-case names are believed."""
    parts: tuple[AuthorClaim, ...] = ()
    """Claims inside this one: elements of a byline that are marked themselves."""
    is_organization: bool = False
    """Whether the source says that it is an organisation."""
