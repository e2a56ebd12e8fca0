"""Page numbers in addresses: which number an address carries, of which list, and the address of the next one."""

from __future__ import annotations

import re
from functools import lru_cache

MAX_PAGES = 10_000
"""No list is followed further by number alone."""

_PATH_NUMBER = re.compile(
    r"/(?:(?:page|seite|pagina|página|sivu|side|sida|strana|strona|sayfa|str)[/:_-]?|p[:_-])(\d{1,5})(?:\.\w{2,5})?/?$"
    r"|/index[_-]?(\d{1,5})\.(?:html?|php)$",
    re.IGNORECASE,
)
"""`/page/2/` (WordPress, Ghost, Hugo, Hexo), `/page2/` (Jekyll), `/index2.html` (Pelican), other languages."""
_QUERY_NUMBER = re.compile(
    r"(?<=[?&])(?:page|paged|pg|pagenum|page_num|pageno|seite|pagina|currentpage|start|offset|from|skip)=(\d{1,6})(?=&|$)",
    re.IGNORECASE,
)
"""`?page=2` (Drupal, Ghost), `?paged=2` (WordPress), `?start=20` (Joomla), `?offset=20` (lists by position)."""


@lru_cache(maxsize=8192)
def page_number(url: str) -> tuple[str, int] | None:
    """The address of the list and the number of the page that a URL names, or None where it names none."""
    location, mark, query = url.partition("?")
    if match := _PATH_NUMBER.search(location):
        return f"{location[: match.start()]}/{mark}{query}", int(match[1] or match[2])
    if match := _QUERY_NUMBER.search(url):
        rest = (url[: match.start()] + url[match.end() :]).replace("?&", "?").replace("&&", "&")
        return rest.rstrip("?&"), int(match[1])
    return None


def next_by_number(url: str, parameter: str, *, step: int = 1, first: int = 1) -> str | None:
    """The URL with the parameter one step higher (an absent one counts as `first`), or None beyond the bound."""
    pattern = re.compile(rf"(?<=[?&]){re.escape(parameter)}=(\d{{1,7}})(?=&|$)")
    match = pattern.search(url)
    if match is None:
        return f"{url}{'&' if '?' in url else '?'}{parameter}={first + step}"
    number = int(match[1]) + step
    return pattern.sub(f"{parameter}={number}", url, count=1) if number <= MAX_PAGES * step else None
