"""Names as bylines print them: without "By", avatar text and their own repetition."""

from __future__ import annotations

import re

from crawler.pipelines.text import clean_line

BY = re.compile(
    r"(?:(?i:(?:written|posted|words|story|text|reported)\s+by\b|by\b|author\s*:)\s*:?\s*|By(?=[A-Z][a-z]))(?=\w|$)"
)
"""A label before the name. Glued ("ByHarper") only before a capital and a small letter: "BYRON" is a name; WordPress
theme Newsup prints `<span>By</span><a>Name</a>`. Other languages' labels are also names (von, di, de) and stay."""
AVATAR = re.compile(
    r"(?i:(?:author|user|profile|default)?\s*(?:avatar|gravatar)(?:\s*(?:photo|image|picture|icon))?"
    r"|(?:author|user|profile)\s*(?:photo|image|picture|icon))"
)
"""Stock alternative texts of avatars: "Avatar photo" (Simple Local Avatars), "Author image", "Profile picture"."""
AVATAR_BEFORE = re.compile(r"^(?i:(?:author|user|profile|avatar|gravatar) (?:photo|image|picture|icon))\s+(?=\S)")
"""The same before a name; "Avatar" alone stays, it is a given name too."""
AVATAR_OF = (
    r"(?i:(?:avatar|photo|picture|image|profile (?:photo|picture)) (?:of|for) {name}"
    r"|{name}(?:['’]s)? (?:avatar|photo|picture))"
)
"""The same with the name: "Picture of Ann Lee" (Elementor), "Ann Lee's avatar"."""


def clean_name(text: str | None) -> str | None:
    """The name alone and once, or None where there is none. Applied again it changes nothing."""
    name, before = clean_line(text), None
    while name and name != before:
        before = name
        name = _without_avatar(BY.sub("", _once(name), count=1) if BY.match(name) else _once(name))
    return name or None


def is_avatar_text(text: str | None, names: frozenset[str] = frozenset()) -> bool:
    """Whether an alternative text, or a block of text, is that of an avatar: a stock phrase or an author's name."""
    if not text:
        return False
    if AVATAR.fullmatch(text) or text in names:
        return True
    return any(re.fullmatch(AVATAR_OF.format(name=re.escape(name)), text) for name in names)


def clean_byline(byline: str | None) -> str | None:
    """A byline of several names with each name once. The commas of "Ann Lee, Jr." are part of the name and stay."""
    cleaned, before = clean_line(byline), None
    while cleaned and cleaned != before:
        before = cleaned
        names: dict[str, str] = {}
        for name in filter(None, map(clean_name, cleaned.split(","))):
            names.setdefault(name.casefold(), name)
        cleaned = clean_name(", ".join(names.values()))
    return cleaned


def _without_avatar(name: str) -> str:
    return "" if AVATAR.fullmatch(name) else AVATAR_BEFORE.sub("", name)


def _once(name: str) -> str:
    """Half of the text where both halves say the same; "Duran Duran", one word each, is a name."""
    middle = len(name) // 2
    for first, second in ((name[:middle].rstrip(), name[middle:].lstrip()), (name[:middle], name[middle + 1 :])):
        if first.casefold() == second.casefold() and " " in first:
            return first
    return name
