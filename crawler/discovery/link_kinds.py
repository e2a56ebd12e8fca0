"""What an address leads to, by the shape of its path alone."""

from __future__ import annotations

import re
from functools import lru_cache

from crawler.discovery.article_paths import segments_of
from crawler.discovery.paging import page_number
from crawler.discovery.path_words import PathWord, path_words
from crawler.page import LinkKind

_ENDING = re.compile(r"\.(?:html?|php|aspx?|jsp|shtml)$")
_MEDIA = re.compile(
    r"\.(?:jpe?g|png|gif|webp|avif|svg|ico|bmp|tiff?|mp[34]|m4[av]|mov|avi|webm|ogg|wav|flac|pdf|epub|mobi|docx?|xlsx?"
    r"|pptx?|odt|ods|csv|zip|gz|tgz|bz2|xz|rar|7z|exe|dmg|apk|iso|css|js|mjs|json|xml|rss|atom|woff2?|ttf|eot|ics|txt)$"
)
"""Files that are no page; feeds and sitemaps are found by other means."""
_FEED = re.compile(r"(?:^|/)(?:feeds?/(?:rss2?|atom|rdf)|rss2?)$")
"""Ends of paths of feeds that pages link for people: Django's `feeds/rss`; `atom` alone may be a post."""
_PRINT = re.compile(
    r"(?:print(?:er|able|out)?|drucken|druckversion|imprimir|imprimer|stampa)"
    r"(?:[-_]?(?:view|version|friendly|page|article|story|news))?|(?:article|story|news)[-_]?print"
)
"""Names of scripts, and of the last folder behind an article's, that print it once more. Their pages often name no
canonical address."""
_LIST_SCRIPT = re.compile(
    r"(?:(?:news|articles?|story|stories|post)[-_]?)?(?:list|liste|lista|listing|category|categories)"
    r"\.(?:php|aspx?|jsp|cfm|do)"
)
"""Scripts named after what they print (`list.asp?cat=3`); a folder of that name holds articles too."""
_ARTICLE_NAME = re.compile(r".*\d.*|(?:[^-]+-){2,}[^-]+")
"""What an article's folder is called: a number, or three words and more."""
_YEAR = re.compile(r"(?:19|20)\d\d")
_MONTH_OR_DAY = re.compile(r"[0-3]?\d")
MAX_HYPHENS = {"sure": 5, "likely": 2}
"""Hyphens in the name behind a listing word; more of them are a headline's."""
_INDEX = re.compile(r"(?:index|default|home)\.(?:html?|php|aspx?|jsp|shtml)")


@lru_cache(maxsize=8192)
def kind_of_path(url: str) -> LinkKind | None:
    """The kind that the path of a normalised URL states, or None where its shape leaves it open.

    Numbered pages take the kind `pagination`, whatever list they belong to.
    """
    segments = segments_of(url)
    bare = [_ENDING.sub("", segment) for segment in segments]
    is_no_page = segments and (_MEDIA.search(segments[-1]) or _is_for_print(segments) or _FEED.search("/".join(bare)))
    if is_no_page or _has_word(bare, place="any"):
        return LinkKind.OTHER
    if page_number(url):
        return LinkKind.PAGINATION
    if _is_list_script(segments):
        return LinkKind.SECTION
    if not segments or (len(segments) == 1 and _INDEX.fullmatch(segments[0])):
        return _kind_of_root(url.partition("?")[2])
    return _listing_kind(bare) or (LinkKind.OTHER if _has_word(bare[:1], place="first") and _is_bare(bare) else None)


def _is_for_print(segments: list[str]) -> bool:
    name = _ENDING.sub("", segments[-1])
    is_script, above = name != segments[-1], "".join(segments[-2:-1])
    return _PRINT.fullmatch(name) is not None and (is_script or _ARTICLE_NAME.fullmatch(above) is not None)


def _is_list_script(segments: list[str]) -> bool:
    return bool(segments) and _LIST_SCRIPT.fullmatch(segments[-1]) is not None


ROOT_PARAMETERS = {
    "s": LinkKind.OTHER,
    "cat": LinkKind.SECTION,
    "tag": LinkKind.TAG,
    "author": LinkKind.AUTHOR,
    "m": LinkKind.DATE_ARCHIVE,
    "feed": LinkKind.OTHER,
}
"""WordPress's plain addresses (developer.wordpress.org/reference/classes/wp_query/)."""


def _kind_of_root(query: str) -> LinkKind | None:
    if not query:
        return LinkKind.FRONT_PAGE
    return ROOT_PARAMETERS.get(query.partition("=")[0])


@lru_cache(maxsize=8192)
def is_surely_list(url: str) -> bool:
    """Whether a convention of software says that an address is a list's (`/category/…`, `/taxonomy/term/5`)."""
    segments = segments_of(url)
    if _is_list_script(segments):
        return True
    bare = [_ENDING.sub("", segment) for segment in segments]
    rows = ((path_words().get(segment), bare[place + 1 :]) for place, segment in enumerate(bare))
    return any(
        row is not None and row.place == "before" and row.strength == "sure" and (not behind or _is_name(behind, row))
        for row, behind in rows
    )


def kind_of_entry(url: str) -> LinkKind:
    """The kind of what a feed lists: an article, but where the path says otherwise beyond doubt.

    Generators put every page into their feed, listings too (Hugo's home feed).
    """
    segments = [_ENDING.sub("", segment) for segment in segments_of(url)]
    row = path_words().get(segments[0]) if segments else None
    is_certain = not segments or (row is not None and row.strength == "sure" and len(segments) <= 2)
    return (kind_of_path(url) or LinkKind.ARTICLE) if is_certain else LinkKind.ARTICLE


def _has_word(segments: list[str], *, place: str) -> bool:
    rows = (path_words().get(segment) for segment in segments)
    return any(row is not None and row.kind == LinkKind.OTHER and row.place == place for row in rows)


def _is_bare(segments: list[str]) -> bool:
    """Whether nothing behind the first segment could be a headline: articles lie below `/about/` and `/jobs/` too."""
    return all("-" not in segment and "_" not in segment for segment in segments[1:])


def _listing_kind(segments: list[str]) -> LinkKind | None:
    """A listing word with nothing behind it (an index of lists) or with its name; dates with nothing behind them."""
    rows = path_words()
    for position, segment in enumerate(segments):
        row = rows.get(segment)
        behind = segments[position + 1 :]
        if row is None or row.place != "before":
            continue
        if row.kind == LinkKind.DATE_ARCHIVE:
            if all(_is_date_part(part) for part in behind):
                return row.kind
        elif not behind or _is_name(behind, row):
            return row.kind
    return LinkKind.DATE_ARCHIVE if _is_date_only(segments) else None


def _is_name(behind: list[str], row: PathWord) -> bool:
    """Whether what follows a listing word is a name: one segment, or nested sections; long slugs are headlines."""
    deepest = 3 if row.kind == LinkKind.SECTION and row.strength == "sure" else 1
    if len(behind) > deepest or any(_YEAR.fullmatch(part) for part in behind[:-1]):
        return False
    longest = MAX_HYPHENS[row.strength] if len(behind) == 1 else MAX_HYPHENS["likely"]
    return behind[-1].count("-") <= longest


def _is_date_part(part: str) -> bool:
    return _YEAR.fullmatch(part) is not None or _MONTH_OR_DAY.fullmatch(part) is not None


def _is_date_only(segments: list[str]) -> bool:
    """`/2024/`, `/2024/05/`, `/blog/2024/05/12/`: a year, and nothing behind it but month and day."""
    for position, segment in enumerate(segments):
        if _YEAR.fullmatch(segment):
            behind = segments[position + 1 :]
            return len(behind) <= 2 and all(_MONTH_OR_DAY.fullmatch(part) for part in behind)
    return False
