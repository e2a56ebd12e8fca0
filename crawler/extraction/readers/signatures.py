"""Names that sign an article from below: a line of their own at its end, the head of a box about the author."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from crawler.extraction.document import Document
from crawler.extraction.name_shapes import is_given_name
from crawler.extraction.readers.author_boxes import box_positions
from crawler.extraction.readers.regions import Region

SHORTEST_MARK, LONGEST_SIGNATURE = 6, 40
"""Characters of what says that a line is set to the right, and of a line that holds its author's name alone."""

HEADS = frozenset({"h2", "h3", "h4", "h5", "h6", "strong", "b", "a"})
"""Elements in which boxes print the author's name."""

EMPHASIS = frozenset({"strong", "b", "em", "i"})
"""Elements that set a signature apart from the text."""

FAR = 30
"""Elements of a box among which the name stands."""

_RIGHT = re.compile(
    r"text-align:\s*right|(?:^|\s)(?:fl_|float-?)?right(?:$|\s)|(?:text|align|has-text-align)-(?:right|end)\b",
    re.IGNORECASE,
)
_SIGNATURE = re.compile(r"[^\W\d_a-zа-я][\w'’-]+(?: [^\W\d_a-zа-я][\w.'’-]*){1,3}")
"""Two to four words, each with a capital."""
FRAME = " \u00a0-–—()[]"
"""What stands around a name that signs: "- Jane Doe", "(Jane Doe)"."""


def is_signature(text: str | None) -> bool:
    """Whether a text is two to four words that each begin with a capital, and nothing else."""
    return text is not None and len(text.strip()) < LONGEST_SIGNATURE and bool(_SIGNATURE.fullmatch(text.strip()))


def signatures(document: Document, region: Region) -> Iterator[int]:
    """Lines at the end of the body that hold a name and nothing else.

    Newspapers set them to the right; a full name in emphasis, in brackets or behind a dash signs as well.
    """
    for position in region.closing():
        element = document.elements[position]
        marks = f"{element.get('style') or ''} {element.get('align') or ''} {document.classes[position] or ''}"
        if len(marks) > SHORTEST_MARK and _RIGHT.search(marks):
            if is_signature(document.text(position)) or is_signature((element.text or "").strip(FRAME)):
                yield position
        elif document.tags[position] in ("p", "div") and _is_set_apart(document, position):
            yield position


_SAYS = re.compile(
    r"(?:^|(?<=[.!?] ))(?P<name>(?:[^\W\d_a-zß-ÿ][\w.’'-]* ){1,3}[^\W\d_a-zß-ÿ][\w’'-]*)(?:, [^,.]{3,60},)? "
    r"(?:is|writes|covers|teaches|works|ist|schreibt|arbeitet|est|écrit|es|escribe|è|scrive|é|escreve|jest) "
)
"""A sentence that says who somebody is."""
LONGEST_NOTE = 500
"""Characters of a note about the author."""


def noted(document: Document, region: Region) -> Iterator[tuple[int, str]]:
    """Paragraphs at the end that say who somebody is whom the text has not spoken of, and the names in them.

    Opinion pages print "Jane Doe is a professor of …" below the text and no byline above it.
    """
    for position in region.closing():
        if document.tags[position] not in ("p", "em", "i"):
            continue
        text = document.text(position)
        names = [match["name"] for match in _SAYS.finditer(text)] if len(text) < LONGEST_NOTE else []
        is_note = bool(names) and text.startswith(names[0])
        if is_note and all(_is_new(document, name, region.start, position) for name in names):
            yield position, ", ".join(names)
            return


def _is_new(document: Document, name: str, start: int, end: int) -> bool:
    """Whether this is the name of somebody whom no paragraph between two positions names."""
    last = name.rpartition(" ")[2]
    paragraphs = document.by_tag.get("p", [])
    before = paragraphs[bisect_left(paragraphs, start) : bisect_left(paragraphs, end)]
    return is_given_name(name.partition(" ")[0]) and not any(last in document.text(place) for place in before)


def _is_set_apart(document: Document, position: int) -> bool:
    """Whether an element holds nothing but a full name in emphasis, in brackets or behind a dash."""
    inside = document.tags[position + 1 : document.ends[position]]
    if len(inside) > 2 or not EMPHASIS.issuperset(inside):
        return False
    text = document.text(position)
    bare = text.strip(FRAME)
    return (bool(inside) or bare != text) and is_signature(bare) and is_given_name(bare.split()[0])


def box_heads(document: Document, region: Region) -> Iterator[int]:
    """The full names at the head of boxes about the author, by class, behind the body."""
    positions = box_positions(document)
    last = region.reach()[1]
    for box in positions[bisect_left(positions, region.end) : bisect_left(positions, last)]:
        for position in range(box, min(document.ends[box], box + FAR)):
            if document.tags[position] in HEADS and document.text(position):
                if is_signature(document.text(position)) and not region.is_elsewhere(box):
                    yield position
                break
