"""URLs: the form in which they are fetched, and the identity under which variants are one article.

Parsing and resolving follow the WHATWG URL standard through `ada_url` (the parser of Node.js), because links are
written for browsers; on top come the equivalences of RFC 3986, section 6.2.2. Nothing here raises on any text.
"""

from __future__ import annotations

import re
from functools import lru_cache

import ada_url

from crawler.url_rules import parameter_rule

MAX_LENGTH = 8000
"""Longer addresses are refused; RFC 9110, section 4.1, asks for 8,000 octets to be supported."""

CACHED = 8192
"""Addresses whose forms are kept: the links of menus and footers come back on every page of a site."""

_ROOTED = re.compile(r"/(?![/\\])[^\t\r\n]*\Z")
"""A path from the root, which needs no more of the base than its origin."""
_UNSETTLED = re.compile(r"%([0-9A-Fa-f]{2})?|[\[\]{}|^`\\]")
"""Percent-encoding, which has several spellings, and characters that RFC 3986 wants encoded and WHATWG leaves alone."""
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_PATH_SESSION = re.compile(r";(?:jsessionid|phpsessid|sid)=[^/;]*|/\([sS]\([a-z0-9]{24}\)\)(?=/)", re.IGNORECASE)
"""Session ids in the path: Jakarta Servlet's `;jsessionid=`, and ASP.NET's cookieless `/(S(24 letters))/`."""
_SLASHES = re.compile(r"/{2,}")
_INDEX = re.compile(r"/(?:index\.(?:html?|php|shtml|aspx?|jsp)|default\.(?:aspx?|html?))$", re.IGNORECASE)
"""Names that servers look for in a directory by default (Apache `DirectoryIndex`, IIS "Default Document")."""
_AMP = re.compile(r"(/[^/]*-[^/]*-[^/]*)(?:/amp|\.amp)(\.html)?$")
"""AMP rendering below or beside a slug of three words or more; a slug that is itself "amp" stays."""


def normalise(url: str, base: str | None = None) -> str | None:
    """The absolute form of a link, as it is fetched; None where it is not http(s), too long or cannot be parsed.

    Lower-case scheme and host (IDNA), no default port, dot segments resolved, backslashes and inner tabs and newlines
    as browsers read them; no credentials and no fragment; percent-encoding in capitals, unreserved characters plain
    (RFC 3986, 6.2.2), a stray `%` and brackets, braces and bars encoded, no `?` without a query. Idempotent, and
    left as it is by Scrapy, so that the address in the frontier is the one in the request.
    """
    if base is None or url.startswith(("https://", "http://")):
        return _absolute(url)
    if _ROOTED.match(url):
        start = origin(base)
        return _absolute(start + url) if start else None
    try:
        return _fetchable(ada_url.join_url(base, _trim(url)))
    except ValueError:
        return None


@lru_cache(maxsize=CACHED)
def _absolute(url: str) -> str | None:
    try:
        return _fetchable(ada_url.normalize_url(_trim(url)))
    except ValueError:
        return None


def _fetchable(href: str) -> str | None:
    if not href.startswith(("https://", "http://")) or len(href) > MAX_LENGTH:
        return None
    href = href.partition("#")[0]
    if href.endswith("?") and href.count("?") == 1:
        href = href[:-1]
    if _UNSETTLED.search(href):
        start = href.index("/", len("https://"))
        href = href[:start] + _UNSETTLED.sub(_settled, href[start:])
    return _without_credentials(href) if "@" in href else href


def _trim(url: str) -> str:
    return url.strip("\ufeff\u200b").strip()


def _settled(match: re.Match[str]) -> str:
    digits = match[1]
    if digits is None:
        return f"%{ord(match[0]):02X}"
    character = chr(int(digits, 16))
    return character if character in _UNRESERVED else f"%{digits.upper()}"


def _without_credentials(href: str) -> str:
    scheme, _, rest = href.partition("://")
    authority, slash, path = rest.partition("/")
    return f"{scheme}://{authority.rpartition('@')[2]}{slash}{path}"


def clean(url: str, base: str | None = None) -> str | None:
    """The normalised URL without tracking parameters, session ids and renderings of the same text, or None.

    The rows of `url_parameters.tsv` decide; what remains keeps its order.
    """
    address = normalise(url, base)
    return _cleaned(address) if address is not None else None


@lru_cache(maxsize=CACHED)
def _cleaned(address: str) -> str:
    if "?" not in address and ";" not in address and "/(" not in address:
        return address
    path, mark, query = address.partition("?")
    path = _PATH_SESSION.sub("", path)
    kept = "&".join(_content_parameters(query)) if mark else ""
    return f"{path}?{kept}" if kept else path


def _content_parameters(query: str) -> list[str]:
    pairs = (pair for pair in query.split("&") if pair)
    return [pair for pair in pairs if parameter_rule(*_name_and_value(pair)) is None]


def _name_and_value(pair: str) -> tuple[str, str]:
    name, _, value = pair.partition("=")
    return name, value


@lru_cache(maxsize=CACHED)
def identity(url: str) -> str:
    """The key under which variants of one article's address are equal; readable, without a scheme.

    Folded are: what `normalise` and `clean` fold, http and https, a leading `www.`, a dot behind the host, repeated and
    trailing slashes, `index.html` and its like, AMP renderings, the order of parameters. Not folded: letter case of
    the path, other hosts, `page` numbers. Text that is no http(s) URL is its own key.
    """
    address = clean(url)
    if address is None:
        return url.strip()
    rest = address.partition("://")[2]
    location, _, query = rest.partition("?")
    authority, _, path = location.partition("/")
    parameters = "&".join(sorted(set(query.replace("%20", "+").split("&")))) if query else ""
    return _folded_host(authority) + _folded_path("/" + path) + ("?" + parameters if parameters else "")


def _folded_host(authority: str) -> str:
    host, colon, port = authority.partition(":") if not authority.startswith("[") else (authority, "", "")
    host = host.rstrip(".") or host
    bare = host.removeprefix("www.")
    return (bare if "." in bare else host) + colon + port


def _folded_path(path: str) -> str:
    path = _SLASHES.sub("/", path).rstrip("/")
    path = _INDEX.sub("", path)
    return _AMP.sub(r"\1\2", path).rstrip("/")


@lru_cache(maxsize=CACHED)
def origin(url: str) -> str:
    """Scheme, host and port of a URL (RFC 6454), the scope of one robots.txt; an empty text where there is none."""
    address = normalise(url)
    return "/".join(address.split("/", 3)[:3]).partition("?")[0] if address else ""


def robots_url(url: str) -> str:
    """Where the robots.txt that governs a URL lies (RFC 9309, section 2.3)."""
    return origin(url) + "/robots.txt"


@lru_cache(maxsize=CACHED)
def host_key(url: str) -> str:
    """Host and non-default port, `www.` folded: what is crawled as one server."""
    start = origin(url)
    return _folded_host(start.partition("://")[2]) if start else ""


def is_same_site(url: str, site: str, *, subdomains: bool = False) -> bool:
    """Whether a URL lies on a site's host and port, or on a host below with `subdomains`; any URL names its site."""
    here, home = host_key(url), host_key(site)
    if not here or not home:
        return False
    return here == home or (subdomains and here.endswith("." + home))
