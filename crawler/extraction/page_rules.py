"""Kinds of pages that software, address or wording make certain; the first rule that applies decides."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

from crawler.extraction.document import Document
from crawler.extraction.evidence import Level
from crawler.extraction.page_signals import LD, POST_NUMBER, Seen, body_tokens, linked_headings, node_types, page_words
from crawler.extraction.readers.jsonld import main_entities

SHORT = 900
"""Characters of text below which a page of a stock phrase is what the phrase says."""
TINY = 200
"""Characters of text below which an error may be told in the text alone: the headline is a sigh, or the site's name."""


PAGE_TYPES = ("text", "text/plain", "text/htm", "text/asp", "text/php")
"""Content types beside those of HTML and XML under which servers send pages; `text/markdown` is the source of one."""

DATA_ROOTS = frozenset({"rss", "feed", "rdf:rdf", "urlset", "sitemapindex"})
FIRST = 4
"""Elements of documents for programs, which stand first, or behind those that the parser of HTML puts around them."""

MIN_TEASERS = 6
"""Linked headings that make a page without prose a listing."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One kind of page and how it is recognised."""

    name: str
    """The page type."""
    read: Callable[[Seen], str | None]
    """The grounds, or None where the rule does not apply."""


def _empty(seen: Seen) -> str | None:
    kind = (seen.document.page.header("content-type") or "text/html").split(";")[0].strip().lower()
    if seen.document.page.content.kind == "binary":
        return f"a file and no page: {seen.document.page.content.what}"
    if kind and kind not in PAGE_TYPES and "xml" not in kind and "html" not in kind:
        return f"content type {kind}"
    if not DATA_ROOTS.isdisjoint(seen.document.tags[:FIRST]):
        return "a feed or sitemap and no page"
    return None if len(seen.document.elements) > 3 else "no markup"


def _stock(kind: str) -> Callable[[Seen], str | None]:
    def read(seen: Seen) -> str | None:
        if seen.length > SHORT or _is_dated(seen):
            return None
        text = " | ".join(_titles(seen))
        if kind != "error" or seen.length <= TINY:
            text += "\n" + "\n".join(block.text for block in seen.body.blocks)
        text = text.casefold().replace("’", "'")
        phrase = next((phrase for phrase in _phrases(kind) if phrase in text), None)
        return f"{seen.length} characters of text and the words “{phrase}”" if phrase else None

    return read


def _titles(seen: Seen) -> Iterator[str]:
    for tag in ("title", "h1"):
        for position in seen.document.by_tag.get(tag, ())[:2]:
            yield seen.document.text(position)


@cache
def _phrases(kind: str) -> tuple[str, ...]:
    rows = Path(__file__).with_name("stock_phrases.tsv").read_text(encoding="utf-8").splitlines()
    pairs = [row.partition("\t") for row in rows if "\t" in row and not row.startswith("#")]
    return tuple(phrase for name, _, phrase in pairs if name == kind)


ERROR_CLASSES = frozenset({"error404", "error-404", "page-404", "not-found", "template-404", "is-404"})
"""Classes of `<body>`: WordPress `error404`, Shopify `template-404`, common forms."""
SEARCH_CLASSES = frozenset({"search-results", "search-no-results", "search"})
"""Classes of `<body>` on WordPress' search pages."""


def _error(seen: Seen) -> str | None:
    content = seen.document.page.content
    if content.is_error:
        return f"a page that software prints: {content.what}"
    tokens = seen.document.once(body_tokens) & ERROR_CLASSES
    return f"class {min(tokens)}" if tokens else _stock("error")(seen)


def _login_wall(seen: Seen) -> str | None:
    document = seen.document
    fields = [document.elements[p].get("type") for p in document.by_tag.get("input", ())]
    if (
        "password" in fields
        and sum(seen.own) < 200
        and "post-password-form" not in document.by_class
        and not _is_dated(seen)
    ):
        return "a password field and no text"
    return _stock("login_wall")(seen)


REST = re.compile(r"/wp/v2/(posts|pages|categories|tags|users)/\d+")
"""Address of this page's object in the WordPress REST interface, printed in `<link rel=alternate>` and the header."""


def _rest_kind(seen: Seen) -> str:
    return seen.document.once(rest_kind)


def rest_kind(document: Document) -> str:
    """`posts`, `pages`, `categories`, `tags` or `users`, where WordPress says what the page is; empty elsewhere."""
    links = [document.elements[position] for position in document.by_tag.get("link", ())]
    stated = [link.get("href") or "" for link in links if link.get("type") == "application/json"]
    match = next(filter(None, map(REST.search, [*stated, document.page.header("link") or ""])), None)
    return match[1] if match else ""


def _front_page(seen: Seen) -> str | None:
    parts = urlsplit(seen.document.page.url)
    query = re.sub(r"(?:^|&)(?:utm_\w+|ref|fbclid|gclid|lang|_ga)=[^&]*", "", parts.query)
    is_root = not parts.path.strip("/") or re.fullmatch(r"/(?:index|default|home)\.(?:html?|php|aspx?)", parts.path)
    if seen.document.page.url and is_root and not query:
        return "the address is the site's root"
    tokens = seen.document.once(body_tokens)
    return "class home" if {"home", "blog"} <= tokens or tokens & {"home-template", "path-frontpage"} else None


def _author_page(seen: Seen) -> str | None:
    if _rest_kind(seen) == "users":
        return "WordPress names it a user"
    tokens = seen.document.once(body_tokens)
    if "author-template" in tokens or {"archive", "author"} <= tokens:
        return "class author"
    if any("ProfilePage" in types for types in seen.document.once(node_types)) and not _is_article_node(seen):
        return "JSON-LD ProfilePage"
    last = _segments(seen)[-2:]
    if len(last) == 2 and last[0] in page_words("path author_page") and not _is_article_node(seen):
        return f"the address ends with /{last[0]}/…"
    return None


_ENDING = re.compile(r"(?:/page/?\d+|/index\d*)?(?:\.html?|\.php)?/?$")


def _segments(seen: Seen) -> list[str]:
    """Segments of the path in lower case, without page number and file ending."""
    path = unquote(urlsplit(seen.document.page.url).path).lower()
    return [segment for segment in _ENDING.sub("", path).split("/") if segment]


def _index_words() -> frozenset[str]:
    return page_words("path list") | page_words("path author_page") | page_words("path index")


def _listing(seen: Seen) -> str | None:
    if _rest_kind(seen) in {"categories", "tags"}:
        return "WordPress names it a category or tag"
    tokens = seen.document.once(body_tokens)
    named = tokens & {"archive", "tag-template", "tax-post_tag", "index-template", "post-type-archive"}
    if named and not tokens & {"single", "single-post", "post-template"}:
        return f"class {min(named)}"
    if _is_article_node(seen) or _rest_kind(seen) == "posts" or "single-post" in tokens:
        return None
    return _listing_address(seen)


def _listing_address(seen: Seen) -> str | None:
    segments = _segments(seen)
    if len(segments) > 1 and segments[-2] in page_words("path list") and not POST_NUMBER.search("/".join(segments)):
        return f"the address ends with /{segments[-2]}/…"
    if segments and segments[-1] in _index_words():
        return f"the address ends with /{segments[-1]}/"
    if re.search(r"/(?:page/?|index)\d+(?:\.html?)?/?$", urlsplit(seen.document.page.url).path):
        return "the address is a further page of a listing"
    return _dated_archive(segments) or _teasers(seen)


def _teasers(seen: Seen) -> str | None:
    count = 0 if _prose(seen) or _is_dated(seen) else linked_headings(seen.document)
    return f"{count} linked headings and no prose" if count >= MIN_TEASERS else None


def _dated_archive(segments: list[str]) -> str | None:
    numbers = [segment for segment in segments if re.fullmatch(r"\d{1,2}", segment)]
    year = next((segment for segment in segments if re.fullmatch(r"199\d|20[0-4]\d", segment)), None)
    if (
        year
        and len(segments) == len(numbers) + 1 + (segments[0] in _index_words())
        and segments[-1] in {year, *numbers}
    ):
        return "the address is a date's archive"
    return None


def _search(seen: Seen) -> str | None:
    parts = urlsplit(seen.document.page.url)
    if seen.document.once(body_tokens) & SEARCH_CLASSES and not _is_article_node(seen):
        return "class search"
    path = parts.path.lower().strip("/")
    asks = not path and re.search(r"(?:^|&)(?:s|q|query)=", parts.query)
    if asks or re.fullmatch(r"(?:search|suche|recherche|buscar|busca|zoeken)(?:/.*)?", path):
        return None if _is_article_node(seen) else "the address is a search"
    return None


def _forum(seen: Seen) -> str | None:
    named = frozenset().union(*seen.document.once(node_types)) & {"DiscussionForumPosting", "QAPage"}
    return f"JSON-LD {min(named)}" if named and not _is_article_node(seen) else None


def _article(seen: Seen) -> str | None:
    tokens = seen.document.once(body_tokens)
    if _rest_kind(seen) == "posts":
        return "WordPress names it a post"
    if "single-post" in tokens or "post-template-default" in tokens:
        return "class single-post (WordPress)"
    if "post-template" in tokens and "page-template" not in tokens:
        return "class post-template (Ghost)"
    return None


def _stated_article(seen: Seen) -> str | None:
    if _is_article_node(seen) and _is_dated(seen) and _prose(seen) >= 2:
        return f"JSON-LD {main_entities(seen.document)[0].kind} with date and text"
    return None


def _wordpress_page(seen: Seen) -> str | None:
    """Decides before JSON-LD does: Rank Math states Article and a date for every page."""
    tokens = seen.document.once(body_tokens)
    plain = _rest_kind(seen) == "pages" or "page-template-default" in tokens or {"page", "wp-singular"} <= tokens
    if plain and not _has_printed_date(seen) and not _reads_like_article(seen):
        return "WordPress names it a page, and no date is printed"
    return None


def _page(seen: Seen) -> str | None:
    tokens = seen.document.once(body_tokens)
    if "page-template" in tokens and not tokens & {"post-template", "wp-singular"} and not _is_dated(seen):
        return "class page-template (Ghost)"
    segments = _segments(seen)
    if not segments or segments[-1] not in page_words("path page"):
        return None
    # Hexo prints a date on every page; but no article stands at the root under such a name.
    return f"the address ends with /{segments[-1]}" if len(segments) == 1 or not _has_printed_date(seen) else None


def _reads_like_article(seen: Seen) -> bool:
    """A signed long text under a name of several words: some publishers write their guides as WordPress pages."""
    authors = seen.choices.get("authors")
    if authors is None or not authors.value:
        return False
    last = _segments(seen)[-1:]
    words = re.findall(r"[^\W\d_]{2,}", last[0]) if last else []
    return len(words) >= 3 and last[0] not in page_words("path page") and _prose(seen) >= 6


def _is_article_node(seen: Seen) -> bool:
    """Whether JSON-LD names this page an article with a date; plugins call undated pages Article, too."""
    entities = main_entities(seen.document)
    return bool(entities) and bool(entities[0].types & LD["article"]) and bool(entities[0].node.get("datePublished"))


def _is_dated(seen: Seen) -> bool:
    choice = seen.choices.get("date")
    return choice is not None and choice.value is not None


def _has_printed_date(seen: Seen) -> bool:
    choice = seen.choices.get("date")
    return choice is not None and choice.winner is not None and choice.winner.level == Level.BOUND


def _prose(seen: Seen) -> int:
    return sum(length > 80 for length in seen.own)


RULES = (
    Rule("empty", _empty),
    Rule("bot_check", _stock("bot_check")),
    Rule("error", _error),
    Rule("consent_wall", _stock("consent_wall")),
    Rule("login_wall", _login_wall),
    Rule("front_page", _front_page),
    Rule("author_page", _author_page),
    Rule("search", _search),
    Rule("listing", _listing),
    Rule("forum", _forum),
    Rule("article", _article),
    Rule("page", _wordpress_page),
    Rule("article", _stated_article),
    Rule("page", _page),
)
"""In the order in which they are asked."""
