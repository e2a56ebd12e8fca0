"""The DOM of one page as flat lists, made by one walk and shared by every field and the body."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import cached_property, lru_cache
from typing import Any, TypeVar, cast

from lxml import etree

from crawler.page import Page

T = TypeVar("T")

SILENT = frozenset({"script", "style", "noscript", "template", "svg", "math", "iframe", "object", "select", "textarea"})
"""Elements whose text nobody reads."""

SUBHEADINGS = ("h2", "h3", "h4", "h5", "h6")
HEADINGS = frozenset(("h1", *SUBHEADINGS))

_WITH_ITEMPROP = etree.XPath("descendant::*/@itemprop/..")  # in half the time of `*[@itemprop]`
_IDS = etree.XPath("descendant-or-self::*/@id", smart_strings=False)

LONGEST_TOKEN = 200
"""Characters of a class token or an id; longer ones name nothing, and rules that remember names would hoard them."""


class Document:
    """Elements of a page in document order; a position is an index into these lists.

    Descendants of position `i` are `range(i + 1, ends[i])`.
    """

    def __init__(self, page: Page) -> None:
        self.page = page
        self.elements: list[etree._Element] = list(page.root.iter(etree.Element))
        """Every element, in document order. Holding them keeps lxml's proxies, and so their identity, alive."""
        self.tags: list[str] = [element.tag for element in self.elements]
        """Tag names, lower case."""
        self.classes: list[str | None] = [element.get("class") for element in self.elements]
        """The `class` attribute as written."""
        self._once: dict[Callable[..., Any], Any] = {}
        self._texts: dict[int, str] = {}
        self.parents, self.ends = _family(list(map(len, self.elements)))
        """`parents`: position of the parent, -1 for the root. `ends`: position behind the last descendant."""

    @cached_property
    def positions(self) -> dict[etree._Element | None, int]:
        """Element → position."""
        return dict(zip(self.elements, range(len(self.elements)), strict=True))

    @cached_property
    def by_class(self) -> dict[str, list[int]]:
        """Class token (as written) → positions in document order."""
        spelled: defaultdict[str, list[int]] = defaultdict(list)
        for position, value in enumerate(self.classes):
            if value:
                spelled[value].append(position)
        found: dict[str, list[int]] = {}
        several: set[str] = set()
        for value, positions in spelled.items():
            for token in _tokens(value) if len(value) <= LONGEST_TOKEN else _short_tokens(value):
                if token not in found:
                    found[token] = positions  # most tokens stand in one spelling only, and share its list
                elif token in several:
                    found[token] += positions
                else:
                    several.add(token)
                    found[token] = found[token] + positions
        for token in several:
            found[token].sort()
        return found

    @cached_property
    def by_tag(self) -> dict[str, list[int]]:
        """Tag → positions in document order."""
        found: defaultdict[str, list[int]] = defaultdict(list)
        for position, tag in enumerate(self.tags):
            found[tag].append(position)
        return dict(found)

    @cached_property
    def anchors(self) -> list[tuple[int, str, str]]:
        """Position, `href` and `rel` of every `<a>`, as `by_tag` has them; empty where an attribute is missing."""
        anchors = [(position, self.elements[position]) for position in self.by_tag.get("a", ())]
        return [(position, anchor.get("href") or "", anchor.get("rel") or "") for position, anchor in anchors]

    @cached_property
    def ids(self) -> frozenset[str]:
        """Every `id` attribute of the page; half the cost of `by_id`, which few pages need."""
        return frozenset(name for name in cast(list[str], _IDS(self.page.root)) if len(name) <= LONGEST_TOKEN)

    @cached_property
    def by_id(self) -> dict[str, int]:
        """`id` attribute → first position that carries it."""
        found: dict[str, int] = {}
        for position, name in enumerate([element.get("id") for element in self.elements]):
            if name and name not in found and len(name) <= LONGEST_TOKEN:
                found[name] = position
        return found

    @cached_property
    def by_itemprop(self) -> dict[str, list[int]]:
        """Microdata `itemprop` token → positions in document order."""
        found: dict[str, list[int]] = {}
        for element in cast(list[etree._Element], _WITH_ITEMPROP(self.page.root)):
            for token in (element.get("itemprop") or "").split():
                found.setdefault(token, []).append(self.positions[element])
        return found

    def once(self, reader: Callable[[Document], T]) -> T:
        """What a reader says of this document, read on first use and shared by every field."""
        if reader not in self._once:
            self._once[reader] = reader(self)
        return cast(T, self._once[reader])

    def ancestors(self, position: int) -> Iterator[int]:
        """Positions of the ancestors, innermost first."""
        parent = self.parents[position]
        while parent >= 0:
            yield parent
            parent = self.parents[parent]

    def is_within(self, position: int, container: int) -> bool:
        """Whether a position is the container or one of its descendants."""
        return container <= position < self.ends[container]

    def inside(self, tag: str, container: int) -> list[int]:
        """Positions of a tag's elements in a container, itself included, without a walk through the container."""
        return self.among(self.by_tag.get(tag, []), container)

    def among(self, positions: list[int], container: int) -> list[int]:
        """Those of some positions, in document order, that lie in a container, itself included."""
        return positions[bisect_left(positions, container) : bisect_left(positions, self.ends[container])]

    def text(self, position: int) -> str:
        """The visible text of an element, white space folded."""
        found = self._texts.get(position)
        if found is None:
            found = self._texts[position] = self._text(position)
        return found

    def _text(self, position: int) -> str:
        if self.ends[position] == position + 1:
            return "" if self.tags[position] in SILENT else " ".join((self.elements[position].text or "").split())
        parts: list[str] = []
        _collect(self.elements[position], parts)
        return " ".join("".join(parts).split())


@lru_cache(maxsize=20_000)
def _tokens(value: str) -> tuple[str, ...]:
    # The pages of one site share their attributes: a token that is met again is the same string, its hash known.
    return _short_tokens(value)


def _short_tokens(value: str) -> tuple[str, ...]:
    """The tokens of a class attribute, each once."""
    return tuple([token for token in dict.fromkeys(value.split()) if len(token) <= LONGEST_TOKEN])


def _family(children: list[int]) -> tuple[list[int], list[int]]:
    """Parent and end of every element, from the numbers of children in document order (comments were removed)."""
    count = len(children)
    parents, ends = [-1] * count, [count] * count
    open_elements: list[int] = []
    waited: list[int] = []
    parent, missing = -1, 1
    for position, own in enumerate(children):
        parents[position] = parent
        missing -= 1
        if own:
            open_elements.append(parent)
            waited.append(missing)
            parent, missing = position, own
            continue
        ends[position] = position + 1
        while not missing and parent >= 0:
            ends[parent] = position + 1
            parent, missing = open_elements.pop(), waited.pop()
    return parents, ends


def _collect(element: etree._Element, parts: list[str]) -> None:
    for event, node in etree.iterwalk(element, events=("start", "end")):
        if event == "start" and node.tag not in SILENT:
            parts.append(node.text or "")
            if node.tag in BREAKING:
                parts.insert(len(parts) - 1, " ")
        elif event == "end" and node is not element:
            parts.append((" " if node.tag in BREAKING else "") + (node.tail or ""))


BREAKING = frozenset(
    "address article aside blockquote br dd div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5"  # noqa: SIM905
    " h6 header hr li main nav ol p pre section table tbody td tfoot th thead tr ul".split()
)
"""Elements that stand on lines of their own, so that their text does not run into its neighbours'."""
