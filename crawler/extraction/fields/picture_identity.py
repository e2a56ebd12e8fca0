"""When two addresses are one picture: sizes, crops and formats of it, as media servers name them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from urllib.parse import unquote

GENERIC = frozenset(
    {"image", "photo", "picture", "main", "lead", "hero", "original", "default", "large", "full", "cover", "thumb"}
    | {"master", "standard", "jpeg", "jpg", "png", "webp", "resize", "crop", "width", "alternates"}
    | {"wide", "square", "portrait", "landscape"}
)
"""File names that name no picture: here the folder counts."""

_SIZE = re.compile(
    r"[-_](?:\d{2,4}x\d{2,4}|scaled|large|medium|small|thumb(?:nail)?|\d{3,4}w?|e\d{9,})$|^\d{2,4}x\d{2,4}[-_]",
    re.IGNORECASE,
)
_COPY = re.compile(r"-(?:\d{2,4}x\d{2,4}|scaled)$", re.IGNORECASE)
"""What WordPress appends to a picture's smaller copies; a number alone may count pictures."""
_FORMAT = re.compile(r"(?:\.(?:jpe?g|png|webp|gif|avif|jfif|heic|tiff?|bmp|svg))+$", re.IGNORECASE)
_TWIN = re.compile(r"[^a-z0-9]+")
_FILE = re.compile(r"([^/?&=]+?\.(?:jpe?g|png|webp|gif|avif))(?=$|[/?&#;,:!\s])", re.IGNORECASE)
_HOST = re.compile(r"https?:/{1,2}[^/?]*", re.IGNORECASE)
_TOKEN = re.compile(r"[0-9A-Za-z]{6,}")
_NO_IDENTIFIER = re.compile(
    r"[a-z]?\d{2,4}x\d{2,4}[a-z]?|(?:19|20)\d{2}(?:0\d|1[0-2])(?:[0-2]\d|3[01])|1\d{9}(?:\d{3})?", re.IGNORECASE
)
"""Sizes, days and times, which many pictures share."""
_SIZE_ALONE = re.compile(
    r"(?:(?:wide|square|portrait|landscape|crop|fit|fill|resize|thumb|[wh])[_-]{0,2})?\d{1,4}[x:]\d{1,4}(?:@\d+|__.*)?"
    r"|[wh]_?\d{2,4}|\d{2,4}[wh]|\d{3,4}@\d+",
    re.IGNORECASE,
)
"""Names of files and folders that are a size and no more; a bare number may count the pictures of a gallery."""
MIN_FOLDER = 12
"""Letters of a folder that names a picture; those of a media server's own folders have fewer."""
MIN_DIGITS = 4
"""Digits of an identifier; a word with a number behind it is no identifier."""


@lru_cache(maxsize=256)
def picture_key(url: str) -> str:
    """What the sizes of one picture share: the name of its file or folder without size and format, else the address."""
    path, _, query = url.partition("?")
    folders = _HOST.sub("", path, count=1).strip("/").split("/")
    name = folders[-1]
    named = _named(name) or (_of_folder(folders[:-1]) if _is_any(name) else None) or _proxied(query)
    if named:
        return named
    copy = _COPY.sub("", _FORMAT.sub("", name)).lower()
    return f"{path.rpartition('/')[0]}/{copy}?{query}" if copy in GENERIC else f"{path}?{query}"


def _is_any(name: str) -> bool:
    """Whether a name is a size, or a word that many pictures have for a name."""
    stem = _FORMAT.sub("", name)
    return stem.lower() in GENERIC or _SIZE_ALONE.fullmatch(stem) is not None


def _named(name: str) -> str | None:
    """The key of a file's or folder's name; None where that names no picture: a number, a size, a word for all."""
    key = _bare(name)
    return key if len(key) > 2 and not key.isdigit() and key not in GENERIC and not _is_any(name) else None


def _bare(name: str) -> str:
    """A name's letters and digits without size and format."""
    stem = _FORMAT.sub("", name)
    stem = stem if stem != name else name.rpartition(".")[0] or name
    return _TWIN.sub("", _SIZE.sub("", _SIZE.sub("", stem)).lower())


def _of_folder(folders: Sequence[str]) -> str | None:
    """The key of the innermost folder that is no size: of `/what-it-shows/16x9/original.jpg` the first."""
    for folder in reversed(folders):
        if _is_any(folder):
            continue
        key = _named(folder)
        return key if key and len(key) >= MIN_FOLDER else None
    return None


def _proxied(query: str) -> str | None:
    """The key of the file that a proxy is given in its query: `?url=https://…/boats.jpg`."""
    files = _FILE.findall(unquote(query)) if query else []
    return _named(files[-1]) if files else None


def twin_of(url: str, others: Sequence[str]) -> int | None:
    """Which of a page's pictures a declared one is: by its key, else by an identifier that one of them alone has.

    Media servers put a picture's identifier into the address of every crop, but that of the article into all pictures'.
    """
    key, keys = picture_key(url), list(map(picture_key, others))
    if key in keys:
        return keys.index(key)
    own = frozenset(_identifiers(url))
    holders = {token: {keys[index] for index, other in enumerate(others) if token in other} for token in own}
    alone = {next(iter(found)) for found in holders.values() if len(found) == 1}
    return next((index for index, found in enumerate(keys) if found in alone), None)


def is_proxied(url: str) -> bool:
    """Whether an address is that of a server that fetches another address and makes it any size, larger ones too."""
    return "//" in unquote(url.partition("://")[2]) or "url=" in url


def _identifiers(url: str) -> Iterator[str]:
    """Identifiers in a file's name, or in its folders where the name is that of a size; also inside of proxies."""
    plain = _HOST.sub("/", unquote(unquote(url)))
    files = _FILE.findall(plain)
    name = files[-1] if files else plain.partition("?")[0].rpartition("/")[2]
    place = name if _named(name) or _FORMAT.sub("", name).isdigit() else plain
    for token in _TOKEN.findall(place):
        if sum(map(str.isdigit, token)) >= MIN_DIGITS and not _NO_IDENTIFIER.fullmatch(token):
            yield token
