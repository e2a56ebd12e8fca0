"""The JSON-LD nodes that describe this page's article, told apart from those of related posts, videos and comments."""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from crawler.extraction.document import Document


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


ARTICLE_TYPES = _names(
    """Article NewsArticle BlogPosting Report AdvertiserContentArticle AnalysisNewsArticle AskPublicNewsArticle
    BackgroundNewsArticle OpinionNewsArticle ReportageNewsArticle ReviewNewsArticle SatiricalArticle ScholarlyArticle
    MedicalScholarlyArticle TechArticle APIReference LiveBlogPosting SocialMediaPosting"""
)
"""schema.org/Article and everything below it, forum posts aside."""

WORK_TYPES = _names(
    """DiscussionForumPosting Review CriticReview ClaimReview UserReview Recipe HowTo PodcastEpisode Episode
    VideoObject NewsVideo Clip AudioObject Photograph ImageGallery MediaGallery CreativeWork PublicationIssue Chapter
    Book"""
)
"""Other works that a page may be about; they speak for it only where no article node does."""

PAGE_TYPES = _names("WebPage ItemPage MedicalWebPage AboutPage FAQPage QAPage")
"""The page as such; SEO plugins give it the article's name and dates."""

FOREIGN = _names(
    """itemListElement hasPart blogPost blogPosts mentions citation isPartOf isBasedOn liveBlogUpdate comment comments
    review reviews relatedLink video associatedMedia significantLink subjectOf audio image publisher author creator
    breadcrumb workExample exampleOfWork about knowsAbout translationOfWork"""
)
"""Properties whose values are other things than the article they belong to."""

_TAG = re.compile(r"<[a-zA-Z/!][^<>]*>")
_REFERENCE_KEYS = 2


@dataclass(frozen=True, slots=True)
class Entity:
    """One node that describes the article, with its references resolved on reading."""

    node: Mapping[str, Any]
    """The JSON object as the page gives it."""
    types: frozenset[str]
    """Its types without namespace."""
    is_matched: bool
    """Whether its address or headline says that it is about this page."""
    nodes: Mapping[str, Mapping[str, Any]]
    """`@id` → node of the page."""

    @property
    def kind(self) -> str:
        """The type that it is known by, for evidence paths: `NewsArticle`."""
        return min(sorted(self.types), key=_type_rank, default="Thing")

    def values(self, name: str) -> list[Any]:
        """A property's values as a flat list; `{"@id": …}` is replaced by the node it points to, where there is one."""
        return [self.resolved(value) for value in _flat(self.node.get(name))]

    def resolved(self, value: Any) -> Any:
        """The node that a reference points to; any other value unchanged."""
        if isinstance(value, dict) and "@id" in value and len(value) <= _REFERENCE_KEYS:
            return self.nodes.get(str(value["@id"]), value)
        if isinstance(value, str) and value in self.nodes and "/" in value:
            return self.nodes[value]
        return value

    def texts(self, name: str) -> list[str]:
        """A property's values as plain text, white space folded; of an object its `@value`, `name` or `url`."""
        return [text for text in map(plain, self.values(name)) if text]

    def text(self, name: str) -> str | None:
        """The first of a property's texts, or None."""
        return next(iter(self.texts(name)), None)


def plain(value: Any) -> str:
    """A JSON-LD value as text: tags removed, entities decoded (twice: plugins escape twice), white space folded."""
    if isinstance(value, dict):
        value = next((value[key] for key in ("@value", "name", "url", "@id") if isinstance(value.get(key), str)), "")
    if not isinstance(value, (str, int, float)) or isinstance(value, bool):
        return ""
    text = str(value)
    if "&" in text:
        text = html.unescape(html.unescape(text))
    return " ".join((_TAG.sub("", text) if "<" in text else text).split())


def types_of(node: Mapping[str, Any]) -> frozenset[str]:
    """A node's types without namespace or prefix."""
    value = node.get("@type")
    if isinstance(value, str):
        return _type_names((value,))
    return _type_names(tuple(str(name) for name in _flat(value)))


@lru_cache(maxsize=1024)
def _type_names(names: tuple[str, ...]) -> frozenset[str]:
    return frozenset(re.split(r"[/:#]", name.strip())[-1] for name in names if name.strip())


def main_entity(document: Document) -> Entity | None:
    """The Article-like node that describes this page, or None where there is none or it cannot be told which."""
    return next((entity for entity in main_entities(document) if not entity.types & PAGE_TYPES), None)


def main_entities(document: Document) -> tuple[Entity, ...]:
    """Every node that describes this page's article, most trusted first: articles, other works, the page itself."""
    return document.once(_main_entities)


def all_nodes(document: Document, types: frozenset[str]) -> list[Mapping[str, Any]]:
    """Every node of the page with one of the types, in page order."""
    return [node for node in document.page.json_ld if types & types_of(node)]


def _main_entities(document: Document) -> tuple[Entity, ...]:
    nodes = document.page.json_ld
    if not nodes:
        return ()
    own = frozenset(own_addresses(document))
    titles = _page_titles(document)
    by_id = _by_id(nodes)
    foreign = set(_foreign(nodes))
    found: list[tuple[tuple[int, int], Entity]] = []
    for node in nodes:
        types = types_of(node)
        rank = min(map(_type_rank, types), default=len(_RANKS))
        if rank == len(_RANKS) or id(node) in foreign:
            continue
        address, headline = _address_match(node, own), _headline_match(node, titles)
        entity = Entity(node, types, address > 0 or headline, by_id)
        found.append(((rank, -(2 * address + headline)), entity))
    found.sort(key=lambda pair: pair[0])
    return tuple(entity for entity in _of_one_article([entity for _, entity in found]))


def _of_one_article(entities: list[Entity]) -> Iterator[Entity]:
    """Where a page has several unmatched nodes of one kind (a listing), none of them is the page's own."""
    unmatched = [entity for entity in entities if not entity.is_matched]
    crowd = {kind for kind, count in Counter(map(_family, unmatched)).items() if count > 1}
    matched = {_family(entity) for entity in entities if entity.is_matched}
    for entity in entities:
        if entity.is_matched or _family(entity) not in crowd | matched:
            yield entity


_RANKS = (ARTICLE_TYPES, WORK_TYPES, PAGE_TYPES)


@lru_cache(maxsize=1024)
def _type_rank(name: str) -> int:
    return next((rank for rank, family in enumerate(_RANKS) if name in family), len(_RANKS))


def _family(entity: Entity) -> int:
    return min(map(_type_rank, entity.types))


def _by_id(nodes: list[dict[str, Any]]) -> dict[str, Mapping[str, Any]]:
    """Of several nodes with one `@id`, the one that says most, whatever their order on the page."""
    found: dict[str, Mapping[str, Any]] = {}
    for node in nodes:
        name = node.get("@id")
        if isinstance(name, str) and (name not in found or _fullness(node) > _fullness(found[name])):
            found[name] = node
    return found


def _fullness(node: Mapping[str, Any]) -> tuple[int, str]:
    """How much a node says; of two that say as much, the spelling decides, for page order means nothing."""
    return len(node), str(sorted((key, str(value)) for key, value in node.items()))


def _foreign(nodes: list[dict[str, Any]]) -> Iterator[int]:
    """Identities of the objects that stand below a foreign property, at any depth."""
    for node in nodes:
        for name in node.keys() & FOREIGN:
            yield from _identities(node[name], 0)


def _identities(value: Any, depth: int) -> Iterator[int]:
    if depth > 12:
        return
    for entry in _flat(value):
        if isinstance(entry, dict):
            yield id(entry)
            for below in entry.values():
                if isinstance(below, (dict, list)):
                    yield from _identities(below, depth + 1)


def _flat(value: Any) -> Iterator[Any]:
    if isinstance(value, list):
        for entry in value:
            yield from entry if isinstance(entry, list) else (entry,)
    elif value is not None:
        yield value


def own_addresses(document: Document) -> Iterator[str]:
    """Keys of the addresses that are this page: its URL, `rel=canonical`, `og:url`."""
    page = document.page
    stated = [document.elements[position] for position in document.by_tag.get("link", ())]
    canonical = [element.get("href") or "" for element in stated if "canonical" in (element.get("rel") or "").lower()]
    for address in (page.url, *canonical[:1], *page.meta.get("og:url", [])[:1]):
        key = address_key(address)
        if key.strip("/"):
            yield key


def address_key(address: Any) -> str:
    """What two spellings of one address share: no scheme, `www.`, fragment, trailing slash or letter case."""
    if not isinstance(address, str):
        return ""
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return ""
    path = parts.path.rstrip("/") + (f"?{parts.query}" if parts.query else "")
    return f"{parts.netloc.removeprefix('www.')}{path}".lower()


def _address_match(node: Mapping[str, Any], own: frozenset[str]) -> int:
    """1 where the node names this page as its own address, -1 where it names another, 0 where it names none."""
    keys = {key for name in ("url", "mainEntityOfPage", "@id") for key in map(address_key, _addresses(node.get(name)))}
    keys = {key for key in keys if "/" in key.strip("/")}
    if not keys or not own:
        return 0
    return 1 if keys & own else -1


def _addresses(value: Any) -> Iterator[str]:
    for entry in _flat(value):
        if isinstance(entry, dict):
            yield from (entry[key] for key in ("@id", "url") if isinstance(entry.get(key), str))
        elif isinstance(entry, str):
            yield entry


def _page_titles(document: Document) -> str:
    """Everything that titles the page, folded, as one searchable text."""
    page = document.page
    texts = [text for name in ("og:title", "twitter:title") for text in page.meta.get(name, ())[:1]]
    texts += [document.text(position) for tag in ("title", "h1") for position in document.by_tag.get(tag, ())[:3]]
    return "\n".join(map(folded, texts))


def _headline_match(node: Mapping[str, Any], titles: str) -> bool:
    headline = folded(plain(node.get("headline") or node.get("name")))
    return len(headline) > 5 and headline in titles


def folded(text: str) -> str:
    """Letters and digits alone, in lower case: what two spellings of a headline share."""
    return _folded_title(text) if len(text) <= LONGEST_TITLE else _folded(text)


LONGEST_TITLE = 300
"""Characters up to which a text is remembered: every field compares the page's few titles with the same names."""


@lru_cache(maxsize=1024)
def _folded_title(text: str) -> str:
    return _folded(text)


def _folded(text: str) -> str:
    return "".join(filter(str.isalnum, (html.unescape(text) if "&" in text else text).casefold()))
