"""What the page says elsewhere, held against each block: its authors, its stated body, its pictures; forms of lines."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import Any

import numpy as np

from crawler.extraction.body.blocks import FLAGS, LINK_FLAG, Segments
from crawler.extraction.body.groups import Row
from crawler.extraction.body.stated import stated_paragraphs
from crawler.extraction.document import Document

LONGEST_LABEL = 120
"""Characters up to which a text may be a byline, a date or another label."""
LONGEST_NAMING = 600
"""Characters up to which a text is searched for the author's name: longer than a biography, shorter than an essay."""
LONGEST_NAME = 60
LONGEST_BYLINE = 90
LONGEST_DATE = 80
"""Bounds in characters on names, and on lines that may be no more than a byline or a date."""
AUTHOR_NAMES = ("author", "article:author", "byl", "parsely-author", "twitter:creator", "sailthru.author")
"""`<meta>` that name the author."""
DESCRIPTIONS = ("description", "og:description", "twitter:description")
"""`<meta>` that standfirsts repeat, often cut short."""
OPENING = 50
"""Characters of a description that a standfirst has to share."""
MOST_AUTHORS = 5
MOST_NAMES = 20
"""Bounds on the authors of one statement and of one page that are looked for in every text."""
COMPARED = 60
"""So many first characters of a block are looked for in the stated body."""
SHORTEST_COMPARED = 20
SHORTEST_COMPLETE = 30
"""Characters of the shortest description and the shortest standfirst that say something."""
SHORTEST_CAPTION = 12
MUCH_STATED = 200_000
"""Characters of a stated body beyond which it is not compared: no article is as long."""
OPEN_ENDS = ("…", "...", "[…]")
"""Ends of texts that are cut short."""
HEADING_FLAG = FLAGS["h1"]
LONGEST_ANNOUNCEMENT = 30
"""Characters of the longest of these words, with marks around it."""
ADVERTISEMENTS = frozenset(
    "advertisement advertising ad ads anzeige werbung publicité publicidad pubblicità reklama".split()  # noqa: SIM905
)
"""Labels over advertisements."""

HALVES_OF_THE_DAY = (" a.m.", " p.m.")
"""How times of day end that are printed in the style of the Associated Press, as Django does."""

LONGEST_INVITATION = 220
"""Characters of the longest line that invites to read something else."""
PICTURE_LEVELS = 4
"""So many elements, from the block's own outwards, are looked at for a picture."""
MANY_BLOCKS = 30
"""Blocks around a picture beyond which it is no matter how many there are."""

_INVITATION = re.compile(
    r"\W*(?:related|also read|read also|must.read|see also|also see|read (?:more|next)|more (?:on|from)|recommended"
    r"|you (?:may|might) (?:also )?(?:like|enjoy|be interested)|also on|don.t miss|watch(?: also| now)?:|can also read"
    r"|(?:further|continue) reading|lesen sie|lies auch|mehr (?:zum|dazu)|siehe auch|auch interessant|lire aussi|à lire"
    r"|leggi anche|le[ae] también|læs også|les også|läs också|lees ook|czytaj|przeczytaj|читайте)\b"
    r"|\W*(?:(?:next|prev(?:ious)?|newer|older)(?: (?:post|article|entry|story|page))?"
    r"|(?:nächster|vorheriger) (?:beitrag|artikel)|(?:article )?(?:suivant|précédent)"
    r"|(?:entrada |artículo )?(?:siguiente|anterior)|[上下]一[篇页頁]|[前次]の記事)\s?[:：]",
    re.IGNORECASE,
)
"""How lines begin that name another article, in the languages of the training pages, or the one before or behind."""

_BY = re.compile(
    r"(?:(?:written |story |text |reported )?by|von|par|por|di|door|av|af|autor(?:in)?:?|author:?|text:|texte:?"
    r"|redaktion:?|reporter:?)(?:\s+\S|(?<=y|n|r|i)(?-i:[A-ZÀ-Þ]\w*\s)).{0,70}(?<![.!?…])$",
    re.IGNORECASE,
)
_MONTHS = tuple(
    "jan feb mar apr may mai jun jul aug sep oct okt nov dec dez ene abr ago dic gen mag giu lug set ott févr avr juin"  # noqa: SIM905
    " juil août déc".split()
)
"""Beginnings of the months' names."""
_NUMBERED = re.compile(
    rf"\d(?:\d?[./-]\d{{1,2}}[./-]\d{{2,4}}|\d{{3}}-\d\d-\d\d|\d?\.?\s+(?:de\s+)?(?:{'|'.join(_MONTHS)})"
    r"|\d?\.?\s+[^\W\d]{3,}\.?,?\s+(?:19|20)\d\d\b|\d?:\d\d)",
    re.IGNORECASE,
)
"""Dates and times that begin with a number."""
_NAMED = re.compile(r"\b([^\W\d]\w+)\.?\s+\d|(年)\d")
"""A word before a number: perhaps a month."""
_DIGIT = re.compile(r"\d")
"""All dates but “an hour ago” have one; most lines of a page have none."""


def is_byline(text: str) -> bool:
    """Whether a short text reads like a byline: a word for “by”, glued to a name or not, and no end of a sentence."""
    return len(text) <= LONGEST_LABEL and _BY.match(text) is not None


def is_advertisement_label(text: str) -> bool:
    """Whether a text only announces an advertisement."""
    return len(text) <= LONGEST_ANNOUNCEMENT and text.strip(" :.-–—").casefold() in ADVERTISEMENTS


def is_invitation(text: str) -> bool:
    """Whether a line begins as those do that invite to read something else."""
    return len(text) < LONGEST_INVITATION and _INVITATION.match(text) is not None


def has_date(text: str) -> bool:
    """Whether a line of a few words holds a date or a time of day."""
    if len(text) >= LONGEST_DATE:
        return False
    if text[-4:].casefold() == " ago":
        return True
    if not _DIGIT.search(text):
        return False
    if _NUMBERED.search(text):
        return True
    return any(sign or word.casefold().startswith(_MONTHS) for word, sign in _NAMED.findall(text))


def is_dateline(text: str) -> bool:
    """Whether a text is a line with a date that ends no sentence; "p.m." ends none."""
    return has_date(text) and (text[-1] not in ".!?…:" or text.endswith(HALVES_OF_THE_DAY))


def read_clues(segments: Segments, chosen: list[int]) -> dict[str, Row]:
    """Of the chosen blocks, in document order, what the page says elsewhere of each, and what kind of line it is."""
    document = segments.document
    texts = [segments.texts[block] for block in chosen]
    folded = [text.casefold() if len(text) < LONGEST_NAMING else "" for text in texts]
    rows: dict[str, Row] = {}
    _describe_lines(rows, segments, texts, chosen)
    _describe_stated(rows, document, texts)
    _describe_said(rows, document, folded)
    _describe_pictures(rows, segments, chosen)
    return rows


def _describe_lines(rows: dict[str, Row], segments: Segments, texts: list[str], chosen: list[int]) -> None:
    """What kind of line each text is by its own words."""
    rows["ends_colon"] = np.array([text[-1:] in ":：" for text in texts], bool)
    rows["ends_open"] = np.array([text.endswith(OPEN_ENDS) for text in texts], bool)
    rows["dated"] = np.array([len(text) < LONGEST_DATE and has_date(text) for text in texts], bool)
    rows["invites"] = np.array([is_invitation(text) for text in texts], bool)
    flags, parents, owners = segments.flags, segments.document.parents, segments.owners
    last = [owners[start - 1] for start in segments.starts[1:]]
    linked = [
        flags[owner if owner >= 0 else parents[~owner]] & LINK_FLAG > 0 for owner in map(last.__getitem__, chosen)
    ]
    rows["ends_link"] = np.array(linked, bool)
    held = map(segments.holders.__getitem__, chosen)
    rows["in_heading"] = np.array([flags[holder] & HEADING_FLAG > 0 for holder in held], bool)


def _describe_said(rows: dict[str, Row], document: Document, folded: list[str]) -> None:
    """Whether the page says the same elsewhere; texts in lower case, empty where too long to be asked."""
    meta = document.page.meta
    pictured = _picture_texts(document)
    rows["pictured"] = np.array([text in pictured for text in folded], bool)
    authors = sorted(author_names(document))[:MOST_NAMES]
    rows["names_author"] = np.array([_naming(text, authors) for text in folded], int)
    rows["has_author"] = np.full(len(folded), bool(authors))
    said = (_folded(text) for name in DESCRIPTIONS for text in meta.get(name, [])[:1])
    openings = {text[:OPENING] for text in said if len(text) > SHORTEST_COMPLETE}
    rows["opens_described"] = np.array(
        [len(text) > SHORTEST_COMPLETE and text[:OPENING] in openings for text in folded], bool
    )
    rows["again"] = np.array(_is_again(folded), bool)
    site = "".join(meta.get("og:site_name", [])[:1]).casefold() or "\0"
    rows["names_site"] = np.array([len(text) < LONGEST_LABEL and site in text for text in folded], bool)


def _describe_pictures(rows: dict[str, Row], segments: Segments, chosen: list[int]) -> None:
    """How far outwards the first element with a picture inside is, and how many blocks it holds: captions have few."""
    document, holders = segments.document, segments.holders
    pictures = document.by_tag.get("img", [])
    levels, sizes = [], []
    for block in chosen:
        level, size, around = PICTURE_LEVELS + 1, MANY_BLOCKS + 10, holders[block]
        for step in range(PICTURE_LEVELS if pictures else 0):
            if around < 0:
                break
            end = document.ends[around]
            first = bisect_left(pictures, around)
            if first < len(pictures) and pictures[first] < end:
                inside = bisect_left(holders, end) - bisect_left(holders, around)
                level, size = step + 1, min(inside, MANY_BLOCKS)
                break
            around = document.parents[around]
        levels.append(level)
        sizes.append(size)
    rows["picture_level"], rows["picture_blocks"] = np.array(levels, int), np.array(sizes, int)


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()


def _is_again(folded: list[str]) -> list[bool]:
    """Whether a text stood on the page before."""
    seen = {""}
    found = []
    for text in folded:
        found.append(text in seen and bool(text))
        seen.add(text)
    return found


def author_names(document: Document) -> frozenset[str]:
    """Lower-cased names of two words and more that `<meta>` and JSON-LD state as the author's."""
    meta = document.page.meta
    stated = [value for name in AUTHOR_NAMES for value in meta.get(name, [])[:MOST_AUTHORS]]
    stated += [name for node in document.page.json_ld for name in _names(node.get("author"))]
    usable = (name for name in stated if " " in name and "/" not in name and len(name) < LONGEST_NAME)
    return frozenset(_folded(name).removeprefix("by ") for name in usable)


def _names(author: Any) -> Iterator[str]:
    if isinstance(author, str):
        yield author
    elif isinstance(author, dict):
        name = author.get("name")
        if isinstance(name, str):
            yield name
    elif isinstance(author, list):
        for one in author[:MOST_AUTHORS]:
            yield from () if isinstance(one, list) else _names(one)


def _naming(text: str, authors: list[str]) -> int:
    """3 where a longer text begins with the author's name, as biographies do; 2 where a line names him; 1 elsewhere."""
    for name in authors:
        if name in text:
            return 2 if len(text) < LONGEST_BYLINE else 3 if text.startswith(name) else 1
    return 0


def _picture_texts(document: Document) -> set[str]:
    """What pictures say that they show: captions repeat it."""
    alternatives = {document.elements[at].get("alt") or "" for at in document.by_tag.get("img", ())}
    return {_folded(text) for text in alternatives if len(text) > SHORTEST_CAPTION}


def _describe_stated(rows: dict[str, Row], document: Document, texts: list[str]) -> None:
    """Whether each block stands in the `articleBody` of JSON-LD: 2 yes, 0 no, 1 too short; -1 where none is stated."""
    whole = _folded(" ".join(document.once(stated_paragraphs)))
    if not whole or len(whole) > MUCH_STATED:
        rows["stated"] = rows["stated_share"] = np.full(len(texts), -1.0)
        return
    known = [2 * (text[:COMPARED].casefold() in whole) if len(text) > SHORTEST_COMPARED else 1 for text in texts]
    held = sum(len(text) for text, how in zip(texts, known, strict=True) if how == 2)
    rows["stated"] = np.array(known, int)
    rows["stated_share"] = np.full(len(texts), held / len(whole))
