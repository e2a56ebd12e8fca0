"""What the publication calls itself on a page, and titles without that name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from urllib.parse import urlsplit

from crawler.extraction.document import Document
from crawler.extraction.readers.jsonld import folded, plain, types_of

NAME_METAS = ("og:site_name", "application-name", "apple-mobile-web-app-title", "twitter:site", "publisher")
"""`<meta>` names that carry the publication's name."""

PUBLISHER_TYPES = frozenset({"WebSite", "NewsMediaOrganization", "Blog"})
"""JSON-LD types whose `name` is the publication's; `publisher` of any node is read too."""

MAX_NAME = 40
"""Letters; some templates print the article's title as `og:site_name`."""

SEPARATOR = re.compile(
    r"(\s+[-–—―|¦·•∙⋅»«›‹:/~>⎪│┃→★✦]+\s+|\s*[|¦│┃⎪ㅣ]\s*|\s*::\s*|\s+[-–—]{1,2}(?=\S)|(?<=[\u3040-\uffef])\s*[-_－—–]+\s*"
    r"|_+(?=[\u3040-\u30ff\u3400-\u9fff]))"
)
"""What stands between a headline and the names of section and site in `<title>`."""

_STRONG = re.compile(r"[|¦»«│┃⎪ㅣ•·_]|::")
_ROW = re.compile(r"[|¦│┃⎪ㅣ•·_]|::")
"""What stands between names in a row behind the headline; arrows may as well lead to it."""
_WIDE = re.compile("[\u3040-\u30ff\u3400-\u9fff]")
_MAX_SUFFIX_WORDS = 4
_MAX_SURPLUS = 7
"""Letters by which a name and its host may differ: `The …`, `… Online`."""


def site_names(document: Document) -> frozenset[str]:
    """Every spelling of the publication's name that the page or its profile gives, letters and digits alone."""
    return document.once(_site_names)


def _site_names(document: Document) -> frozenset[str]:
    titles = {folded(title) for title in (*document.page.meta.get("og:title", ()), *_composed(document))}
    names = {folded(name) for name in _stated(document) if name}
    return frozenset(name for name in names - titles if 1 < len(name) <= MAX_NAME)


def _composed(document: Document) -> Iterator[str]:
    """The `<title>` where separators divide it: templates that repeat it as the site's name give the headline away."""
    titles = map(document.text, document.by_tag.get("title", ())[:1])
    return (title for title in titles if len(_parts(title)) > 1)


def _stated(document: Document) -> Iterator[str]:
    page = document.page
    yield page.profile.name or ""
    for key in NAME_METAS:
        yield from page.meta.get(key, ())
    for node in page.json_ld:
        if types_of(node) & PUBLISHER_TYPES:
            yield from (plain(node.get("name")), plain(node.get("alternateName")))
        if "publisher" in node:
            yield plain(node["publisher"])


def host_words(document: Document) -> str:
    """The host's longest label, letters and digits alone: `thedailyecho` of www.the-daily-echo.co.uk."""
    return document.once(_host_words)


def _host_words(document: Document) -> str:
    try:
        host = urlsplit(document.page.url or "").hostname or ""
    except ValueError:
        return ""
    labels = [label for label in host.split(".") if label not in ("www", "m", "amp", "blog", "news")]
    return folded(max(labels[:-1], key=len, default=""))


def is_site_name(text: str, document: Document) -> bool:
    """Whether a text is the publication's name, a longer form of it, or what its host spells."""
    key = folded(text)
    if not key:
        return True
    return any(_is_form_of(key, name) for name in site_names(document)) or _is_host(text, host_words(document))


def _is_form_of(key: str, name: str) -> bool:
    short, long = sorted((key, name), key=len)
    return key == name or (len(short) > 3 and long.startswith(short) and len(long) <= 2 * len(short) + 6)


def _is_host(text: str, host: str) -> bool:
    key = folded(text)
    if len(host) < 3:
        return False
    if key in (host, f"the{host}"):
        return True
    short, long = sorted((key, host), key=len)
    return (
        len(short) > 4 and (long.startswith(short) or long.endswith(short)) and len(long) <= len(short) + _MAX_SURPLUS
    )


@lru_cache(maxsize=16)
def _parts(title: str) -> tuple[str, ...]:
    """A title at its separators, with these between the parts; a page's titles are asked for again and again."""
    return tuple(SEPARATOR.split(title.strip()))


def last_part(title: str) -> str | None:
    """What stands behind the last bar or arrow of a title: "Notes » Archive » How we mended the crane"."""
    parts = _parts(title)
    return parts[-1].strip() if len(parts) > 1 and _STRONG.search(parts[-2]) else None


def without_site(title: str, document: Document) -> str:
    """A title without leading or trailing names of site and section; unchanged where none is recognised."""
    parts = _parts(title)
    first, last = _known_bounds(parts, document)
    return "".join(parts[first : _behind_headline(parts, first, last)]).strip()


def without_site_name(title: str, document: Document) -> str:
    """A title without the site's name in front or behind; nothing else is taken off."""
    parts = _parts(title)
    first, last = _known_bounds(parts, document)
    return "".join(parts[first : last + 1]).strip()


def _known_bounds(parts: Sequence[str], document: Document) -> tuple[int, int]:
    """First and last part of what stays: a site's name behind takes with it all that follows it."""
    first, last = 0, len(parts) - 1
    names = [index for index in range(2, len(parts), 2) if is_site_name(parts[index], document)]
    if names:
        return first, names[0] - 2
    while first < last and is_site_name(parts[first], document):
        first += 2
    return first, last


def _behind_headline(parts: Sequence[str], first: int, last: int) -> int:
    """Where the headline ends: short last parts behind separators are the names of sections or an unknown site."""
    end = last
    while end > first and _is_suffix(parts, first, end):
        end -= 2
        if end > first and not _continues(parts, end):
            break
    return end + 1


def _is_suffix(parts: Sequence[str], first: int, end: int) -> bool:
    words, before = _words(parts[end]), _words("".join(parts[first : end - 1]))
    is_behind = end == len(parts) - 1 or _continues(parts, end)
    is_strong = _STRONG.search(parts[end - 1]) is not None
    return words <= _MAX_SUFFIX_WORDS and before > words and (is_strong or (is_behind and before > 3))


def _continues(parts: Sequence[str], end: int) -> bool:
    """Whether a part goes on a row of names behind it: the same separator; a dash only between Chinese or Japanese."""
    if end + 1 >= len(parts) or set(parts[end - 1].strip()) != set(parts[end + 1].strip()):
        return False
    return bool(_ROW.search(parts[end - 1]) or _WIDE.search(parts[end]))


def _words(text: str) -> float:
    """The words of a text; two letters of Chinese or Japanese count as one."""
    wide = len(_WIDE.findall(text))
    return wide / 2 + len(_WIDE.sub(" ", text).split())
