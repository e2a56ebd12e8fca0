"""A foreign page made fit to look at: its text and structure, with marks where values were found, and nothing else."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from copy import deepcopy
from dataclasses import dataclass
from html import escape

from lxml import etree

from crawler.visible import visible

KEPT = frozenset(
    "address article aside b blockquote br caption cite code col colgroup dd del details dfn div dl dt em figcaption"  # noqa: SIM905
    " figure footer h1 h2 h3 h4 h5 h6 header hgroup hr i ins kbd li main mark nav ol p pre q rp rt ruby s samp section"
    " small strong sub summary sup table tbody td tfoot th thead time tr u ul var wbr".split()
)
"""Elements that stay what they are. None of them loads, runs, submits or leads anywhere."""
LEFT_OUT = (
    "head", "script", "style", "noscript", "template", "iframe", "frame", "frameset", "object", "embed", "applet",
    "svg", "math", "canvas", "audio", "video", "source", "track", "map", "area", "select", "textarea", "input",
    "datalist", "link", "meta", "base", "title", "xmp", "plaintext", "listing", "noembed", "noframes", "portal",
    "param",
)  # fmt: skip
"""Elements that are left out with what they hold: nobody reads it, or a browser would read it by other rules."""
BLOCKS = frozenset({"html", "body", "form", "fieldset", "center", "dialog", "menu", "search", "dir"})
"""Elements that become `div`; all others that are not kept become `span`, those with a hyphen in their name `div`."""
KEPT_ATTRIBUTES = ("lang", "dir", "colspan", "rowspan")
"""Kept where the value is of letters, digits and hyphens."""
HOLDERS = {
    "table": ("td", "th", "caption"), "tbody": ("td", "th"), "thead": ("td", "th"), "tfoot": ("td", "th"),
    "tr": ("td", "th"), "ul": ("li",), "ol": ("li",), "dl": ("dt", "dd"),
}  # fmt: skip
"""Elements that may not hold a label: it goes into the first of these within."""
UNLABELLED = frozenset({"br", "hr", "wbr", "col", "colgroup"})
MAX_ADDRESS = 300


@dataclass(frozen=True, slots=True)
class Mark:
    """A place in the page that a value was taken from, or might have been."""

    position: int
    """Of the element, among all elements of the DOM in document order."""
    label: str
    """What the reader sees: a field's name; empty for a mark without a label."""
    anchor: str = ""
    """The fragment that leads there."""
    kind: str = "chosen"
    """`chosen`, `agrees` (another source of the same value), `rival` or `body`."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A page that may be looked at."""

    html: str
    """The document."""
    anchors: frozenset[str]
    """Fragments that lead somewhere: what was found in the head, or in a part that is left out, has no place here."""


def show(root: etree._Element, marks: Iterable[Mark], *, style: str) -> Shown:
    """The page of a DOM, rebuilt from `KEPT` alone; `style` is the address of its style sheet.

    Links lead nowhere and say where they led; pictures are their alternative texts; hidden parts are seen.
    """
    copy = deepcopy(root)
    elements = list(copy.iter(etree.Element))
    marked: defaultdict[etree._Element, list[Mark]] = defaultdict(list)
    for mark in marks:
        marked[elements[mark.position]].append(mark)
    etree.strip_elements(copy, *LEFT_OUT, with_tail=False)
    left = list(copy.iter(etree.Element))
    for element in left:
        _neutralise(element)
    anchors = {anchor for element in left if element in marked for anchor in _mark(element, marked[element])}
    return Shown(_document(copy, style), frozenset(anchors))


def _document(copy: etree._Element, style: str) -> str:
    body = etree.tostring(copy, method="html", encoding="unicode", with_tail=False)
    return (
        '<!doctype html>\n<html><head><meta charset="utf-8"><title>Archived page</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<link rel="stylesheet" href="{escape(style)}"></head>\n<body>{body}</body></html>\n'
    )


def _neutralise(element: etree._Element) -> None:
    tag, values = element.tag, {str(name): str(value) for name, value in element.attrib.items()}
    element.attrib.clear()
    for name in KEPT_ATTRIBUTES:
        value = values.get(name, "")
        if 0 < len(value) <= 20 and value.replace("-", "").isalnum():
            element.set(name, value)
    if tag == "img":
        element.text = visible(values.get("alt") or "") or "picture"
        element.set("class", "was-picture")
    elif tag == "a" and values.get("href"):
        element.set("title", visible(values["href"])[:MAX_ADDRESS])
        element.set("class", "was-link")
    elif tag == "details":
        element.set("open", "")
    if tag not in KEPT:
        element.tag = "div" if tag in BLOCKS or "-" in tag else "span"


def _mark(element: etree._Element, marks: list[Mark]) -> list[str]:
    """Mark an element that is shown; the anchors that now lead to it."""
    kinds = {mark.kind for mark in marks}
    kind = next(kind for kind in ("chosen", "body", "agrees", "rival") if kind in kinds)
    classes = [element.get("class"), "m", f"m-{kind}", "m-body" if "body" in kinds - {kind} else None]
    element.set("class", " ".join(filter(None, classes)))
    place = next((mark.anchor for mark in marks if mark.anchor and mark.kind in ("chosen", "body")), None)
    if place:
        element.set("id", f"at-{place}")  # leads here without showing it as the one that was asked for
    holder = _holder(element)
    labels = [mark for mark in marks if mark.label] if holder is not None else []
    for mark in reversed(labels):
        label = etree.Element("span", {"class": f"label label-{mark.kind}"})
        if mark.anchor:
            label.set("id", mark.anchor)
        label.text, label.tail = mark.label, holder.text if holder is not None else None
        if holder is not None:
            holder.text = None
            holder.insert(0, label)
    return [mark.anchor for mark in labels if mark.anchor]


def _holder(element: etree._Element) -> etree._Element | None:
    if element.tag in UNLABELLED:
        return None
    within = HOLDERS.get(element.tag)
    return next(element.iter(*within), None) if within else element
