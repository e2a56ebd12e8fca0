"""Is the whole article on the page? Teasers, paywalls, parts of several pages, cut responses."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from crawler.extraction.body import Body
from crawler.extraction.body.blocks import MOST_BLOCKS
from crawler.extraction.document import Document
from crawler.extraction.fields.access import paid_part, wall_of
from crawler.extraction.readers.addresses import joined
from crawler.extraction.readers.jsonld import Entity, main_entity


@dataclass(frozen=True, slots=True)
class Completeness:
    """Whether the body is whole."""

    complete: bool | None
    """True, False, or None where it cannot be told."""
    reason: str | None = None
    """The grounds where it is not True."""


LESS = 0.6
"""Share of the words (or characters) that the page states below which the text is a part; counts differ by method."""
EQUAL = 0.85
"""Share from which the page's own count supports that the text is whole."""
ABOUT = 0.15
"""How far a count of characters may be off: white space and captions count or do not."""
MIN_MISSING = 60
"""Words that must be missing: a caption or a box that the count includes is no missing part."""
MIN_PAID_TEXT = 300
"""Characters of a paid part that show that it was delivered after all."""
ENDS = (
    ".",
    "!",
    "?",
    "…",
    "。",
    "！",
    "？",
    "।",
    "؟",
    "۔",
    '"',
    "”",
    "»",
    "’",
    "'",
    ")",
    "]",
    "」",
    "』",
    "）",
    ":",
    "♦",
    "■",
)
"""Last characters of a paragraph that ends."""

_ELLIPSIS = re.compile(r"(?:\[\s*(?:…|\.{3})\s*\]|…|\.{3})\s*[\])]?$")
_MORE = re.compile(
    r"(?:read|continue reading|keep reading|view|see)\s+(?:the\s+)?(?:more|full (?:article|story|post)|rest|on)\b"
    r"|^(?:read more|continue reading|weiterlesen|mehr lesen|lire la suite|leer más|seguir leyendo|leia mais"
    r"|continua a leggere|lees verder|läs mer|les mer|læs mere|czytaj (?:dalej|więcej)|читать (?:далее|дальше)"
    r"|続きを読む|阅读全文|閱讀全文)\b",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\d{1,3}")
_CLOSED = re.compile(r"</html\s*>|</body\s*>", re.IGNORECASE)


_PAGE_OF = "page 1 of "
UNKNOWN = "nothing on the page tells whether the text is whole"


def judge_completeness(document: Document, body: Body, access: str | None) -> Completeness:
    """Whether the body is the whole article.

    False with the first ground found: no text, a password form, several pages, a wall, a cut response, the page's own
    count of words, an ending that leads elsewhere. True only where the page supports it: its own word count or
    `articleBody` agrees, it states free access, or the parts that follow an article follow the text. Null otherwise.
    """
    counts = tuple(_counts(document, body))
    reason = next(filter(None, (sign(document, body) for sign in SIGNS)), None) or _short_of_count(counts)
    if reason:
        return Completeness(False, reason)
    if access == "free" or _is_counted(counts) or _is_followed(document, body):
        return Completeness(True)
    return Completeness(None, UNKNOWN)


def _no_text(document: Document, body: Body) -> str | None:
    if has_password_form(document):
        return "behind a password"
    return None if body.text else "no text found"


def has_password_form(document: Document) -> bool:
    """WordPress' form for a protected post (`form.post-password-form`), or the same by what it sends."""
    fields = [document.elements[position] for position in document.by_tag.get("input", ())]
    return "post-password-form" in document.by_class or any(field.get("name") == "post_password" for field in fields)


def _several_pages(document: Document, body: Body) -> str | None:
    numbers = sorted(set(_page_numbers(document, body)))
    if numbers[:1] == [2] or len(numbers) > 1:
        return f"{_PAGE_OF}{numbers[-1]}"
    return None


def is_mended(reason: str | None, *, parts: int) -> bool:
    """Whether a text is incomplete for being one of several pages, and so many of them joined are all there are."""
    number = (reason or "").removeprefix(_PAGE_OF)
    return number != reason and number.isdecimal() and int(number) <= parts


def _page_numbers(document: Document, body: Body) -> Iterator[int]:
    """Numbers of further pages of this very article: WordPress `wp_link_pages`, `/2/`, `?page=2` behind its address."""
    start = body.own[0].position if body.own else 0
    here = urlsplit(document.page.url)
    anchors = document.by_tag.get("a", [])
    for position, address, _ in document.anchors[bisect_left(anchors, start) :]:
        if not (address[-1:].isdigit() or address[-2:-1].isdigit()):
            continue
        text = document.text(position)
        if _NUMBER.fullmatch(text) and _is_page_of(here.path, here.netloc, joined(document.page.url, address), text):
            yield int(text)


def _is_page_of(path: str, host: str, address: str, number: str) -> bool:
    parts = urlsplit(address)
    if parts.netloc != host:
        return False
    rest = parts.path.rstrip("/").removeprefix(path.rstrip("/"))
    if rest == parts.path.rstrip("/") and path.rstrip("/"):
        return False
    in_path = rest in {f"/{number}", f"/page/{number}", f"/page{number}", f",{number}", f"-{number}"}
    in_query = not rest and bool(re.search(rf"(?:^|&)(?:page|p|pg|seite|pagina)={number}(?:&|$)", parts.query))
    return in_path or in_query


def _walled(document: Document, body: Body) -> str | None:
    wall = wall_of(document, body)
    if wall:
        return f"the text ends at a wall ({wall.value})"
    entity = main_entity(document)
    selectors = paid_part(entity.node) if entity else []
    if selectors and all(_text_length(document, selector) < MIN_PAID_TEXT for selector in selectors):
        return f"the paid part ({selectors[0]}) is not on the page"
    return None


def _text_length(document: Document, selector: str) -> int:
    """Characters below a `.class` or `#id` selector, the forms in use; MIN_PAID_TEXT where it has another form."""
    name = selector.strip().split()[-1] if selector.strip() else ""
    if name.startswith("."):
        positions = document.by_class.get(name[1:].split(".")[0], [])
    elif name.startswith("#"):
        positions = [document.by_id[name[1:]]] if name[1:] in document.ids else []
    else:
        return MIN_PAID_TEXT
    return sum(len(document.text(position)) for position in positions[:50])


def _cut_response(document: Document, body: Body) -> str | None:
    if document.page.cut:
        return f"cut: {document.page.cut}"
    if body.is_cut:
        return f"only the page's first {MOST_BLOCKS:,} blocks are read"
    tail = document.page.text[-6000:].rstrip()
    if tail and not _CLOSED.search(tail) and not tail.endswith(">") and not (body.text or "").rstrip().endswith(ENDS):
        return "the response ends in the middle of the text"
    return None


def _short_of_count(counts: Iterable[tuple[int, int, str]]) -> str | None:
    for stated, present, unit in counts:
        if present < LESS * stated and stated - present > MIN_MISSING:
            return f"the page states {stated} {unit}, {present} are there"
    return None


def _counts(document: Document, body: Body) -> Iterator[tuple[int, int, str]]:
    entity = main_entity(document)
    if entity is None or not body.text:
        return
    count = _stated_count(entity)
    characters = len(body.text)
    if abs(count - characters) < ABOUT * characters:  # some publishers count characters under this name
        yield count, characters, "characters"
    elif count and body.text.count(" ") * 12 > characters:
        yield count, len(body.text.split()), "words"
    text = entity.text("articleBody")
    if text and body.source != "json-ld":
        yield len(text.split()), len(body.text.split()), "words in articleBody"


def _stated_count(entity: Entity) -> int:
    text = re.sub(r"[^\d]", "", entity.text("wordCount") or "")
    return int(text) if text and len(text) < 7 else 0


def _leads_elsewhere(document: Document, body: Body) -> str | None:
    if not body.own or not body.text:
        return None
    own = body.own
    last, end = body.text.rstrip()[-40:], document.ends[own[-1].position]
    following = next((block.text for block in body.blocks if block.position >= end), "")
    if _MORE.search(own[-1].text) and len(own[-1].text) < 60:
        return f"the text ends with “{own[-1].text}”"
    if _ELLIPSIS.search(last) and (len(own) < 3 or (len(following) < 60 and _MORE.search(following))):
        return "the text ends with an ellipsis"
    return None


def _is_counted(counts: Iterable[tuple[int, int, str]]) -> bool:
    return any(EQUAL * stated <= present for stated, present, _ in counts if stated >= 20)


AFTER = frozenset(
    {
        "comments",
        "comment-respond",
        "respond",
        "post-tags",
        "tags-links",
        "entry-footer",
        "post-navigation",
        "nav-links",
        "author-box",
        "author-bio",
        "related-posts",
        "sharedaddy",
        "addtoany_share_save_container",
    }
)
"""Class tokens of what themes print behind a whole article."""


def _is_followed(document: Document, body: Body) -> bool:
    """Whether the last paragraph ends as sentences end and an author box, tags or comments follow it."""
    if not body.own or not body.own[-1].text.rstrip().endswith(ENDS):
        return False
    end = body.own[-1].position
    labels = {block.label for block in body.blocks if block.position > end}
    if labels & {"author_box", "comment"}:
        return True
    return any(document.by_class[token][-1] > end for token in AFTER & document.by_class.keys())


SIGNS: tuple[Callable[[Document, Body], str | None], ...] = (
    _no_text, _several_pages, _walled, _cut_response, _leads_elsewhere,
)  # fmt: skip
"""What shows that a part is missing, the surest first."""
