"""Author boxes that no class calls so: small parts of a page below an author's name or a title such as "The author"."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterator
from dataclasses import replace
from itertools import islice, takewhile

from lxml import etree

from crawler.extraction.document import SUBHEADINGS, Document
from crawler.extraction.evidence import Level
from crawler.extraction.names import labelled, mentions, name_key
from crawler.extraction.readers.author_boxes import LARGE_BOX, SMALL_BOX, FoundBox, box_lines, descriptions
from crawler.extraction.readers.biographies import is_introduction, is_sentence, speaks_of
from crawler.extraction.readers.box_titles import is_author_title, speaks_of_posts, without_author_title
from crawler.extraction.readers.printed import is_author_link
from crawler.extraction.readers.regions import ABOVE, Region
from crawler.extraction.readers.text_lines import Line

LONGEST_TITLE, LONGEST_SURPLUS = 60, 2000
"""Characters of a box's title, and of what it may say besides."""

MOST_NAME = 7
"""Words of a name, and one."""

MOST_INSIDE = 4
"""Elements of a paragraph about the author that begins with one: emphasis around all of it, or around the name."""

LONGEST_LABEL = 30
"""Characters of what stands above the name in a box: "Written by"."""

BODY_TAIL = 12
"""Elements at the end of the body among which a title may stand: the body may have taken the box in."""

MOST_SIBLINGS, PROSE = 8, frozenset({"p", "img", "figure", "br"})
"""Elements that may follow a title beside it and belong to its box."""

LARGEST_CARD = 14
"""Elements of a portrait, a name and a sentence."""

FARTHEST_WRAP = 2
"""Elements around a box that may be one of several alike."""

_FORM = frozenset({"form", "input", "textarea"})
"""What a call to subscribe and the form for a comment hold, and a biography does not."""

_REPORTER = re.compile(r"\s(?:기자|记者|記者)\s*$")
"""What East Asian newspapers put behind the names of their reporters."""

COLONS = (":", "：")

_ABOUT = re.compile(
    r"^(?:about|über|sobre|acerca de|à propos de|over|om|(?:hi|hello|hey)[,!]? (?:i['’]m|i am))\s", re.IGNORECASE
)
"""What stands before a name where the box tells who that is."""

_INTRODUCES = re.compile(
    r"(?:(?:hi|hello|hey|welcome|hallo|hola|ciao|olá|salut|bonjour)\b\W{0,3})?"
    r"(?:i['’]m|i am|my name is|ich bin|je suis|moi,? c['’]est|soy|sono|(?:eu )?sou|meet|about) "
    r"(?P<name>[^\W\d_]{3,})\W*$",
    re.IGNORECASE,
)
"""How bloggers introduce themselves, mostly by their first name."""

PROFILES = frozenset(
    (
        *("profile", "bio", "biography", "profil", "perfil", "profilo", "biografie", "biographie", "biografía"),
        *("biografia", "биография", "профиль", "プロフィール", "简介", "프로필"),
    )
)
"""What stands above an author's name where the box tells who that is."""

_BY = re.compile(r"^(?:(?:written|posted) )?(?:by|von|par|por|di|door|av|af)\s", re.IGNORECASE)
"""What stands before a name that heads a box of the article's end."""

_GENITIVE = re.compile(r"['’]s$")

MOST_WORDS = 3
"""Words of a line that is a link and no headline: an employer, an address."""


def titled_boxes(document: Document, region: Region, names: frozenset[str]) -> Iterator[FoundBox]:
    """Small parts of the page from the body on that a short heading, an author's name or such a title heads."""
    ordered = sorted(position for tag in SUBHEADINGS for position in document.by_tag.get(tag, ()))
    first, last = region.start, min(region.reach()[1], len(document.elements))
    closing = range(max(first, region.end - BODY_TAIL), last)
    titles = (position for position in closing if _is_title(document, position, names))
    for position in sorted({*ordered[bisect_left(ordered, first) : bisect_left(ordered, last)], *titles}):
        if not _may_head(document, position, names) or region.is_elsewhere(position):
            continue
        found = _around(document, region, position, names)
        if not found and position in closing:
            found = _behind(document, region, position, names)
        if found:
            yield found
    yield from _cards_above(document, region, names)


def _cards_above(document: Document, region: Region, names: frozenset[str]) -> Iterator[FoundBox]:
    """Cards by the headline: a portrait, a name and a sentence that speaks of it or says "I", unlike a standfirst."""
    around = range(max(0, region.anchor - ABOVE), min(region.start, len(document.elements)))
    for title in (position for position in around if _is_title(document, position, names)):
        card = next(
            (p for p in islice(document.ancestors(title), FARTHEST_WRAP + 1) if _is_card(document, region, p)), None
        )
        if card is None or region.is_elsewhere(title):
            continue
        told = next((line.text for line in box_lines(document, card) if _says(line, document.text(title))), "")
        if speaks_of(told, document.text(title)):
            yield _titled(document, title, (card,), names)


def _is_card(document: Document, region: Region, position: int) -> bool:
    """Whether an element is small, holds a portrait, and neither the headline nor a part of the text."""
    end = document.ends[position]
    if (
        position in region.shared
        or end - position > LARGEST_CARD
        or not (end <= region.anchor or position > region.anchor)
    ):
        return False
    return end <= region.start and "img" in document.tags[position:end]


def _may_head(document: Document, title: int, names: frozenset[str]) -> bool:
    """Whether a short text names an author or is a title, and neither a list's nor part of a link that says more."""
    text = document.text(title)
    if not 0 < len(text) <= LONGEST_TITLE:
        return False
    if not (_is_about(text, names) or is_author_title(text) or _introduces(text, names)):
        return False
    links = (p for p in document.ancestors(title) if document.tags[p] == "a")
    return not speaks_of_posts(text) and all(
        is_author_link(document.elements[p]) or document.text(p) == text for p in links
    )


def _introduces(text: str, names: frozenset[str]) -> bool:
    """Whether somebody with an author's first name says who they are: "Hi, I'm Jane!"."""
    said = _INTRODUCES.match(text)
    return said is not None and any(name.startswith(name_key(said["name"])) for name in names)


def _is_about(text: str, names: frozenset[str]) -> bool:
    """Whether a title is an author's name behind a label, a form of address or a job, or before a job.

    What small letters or a genitive join to the name is a work or a call: "Tidewater by Jane Doe", "Jane Doe folgen",
    "Jane Doe's letter".
    """
    if not mentions(text, names):
        return False
    words = text.split()
    spans = ((first, last) for first in range(len(words)) for last in range(first + 1, first + MOST_NAME))
    found = next((span for span in spans if name_key(_GENITIVE.sub("", " ".join(words[slice(*span)]))) in names), None)
    if found is None:
        return True
    if _GENITIVE.search(words[found[1] - 1]):
        return False
    before, behind = words[: found[0]], words[found[1] :]
    if before and before[-1].islower() and not _may_introduce(" ".join(before)):
        return False
    return not behind or not behind[0].isalpha() or not behind[0].islower() or mentions(" ".join(behind), names)


def _may_introduce(before: str) -> bool:
    stands = is_introduction(before) or is_author_title(before) or labelled(before)
    return stands or _ABOUT.match(f"{before} ") is not None


def _around(document: Document, region: Region, title: int, names: frozenset[str]) -> FoundBox | None:
    """The smallest element around a title that says more than the title; None beyond the size of a box."""
    for around in document.ancestors(title):
        if around in region.shared or around < region.start or document.ends[around] - around > SMALL_BOX:
            return None
        lines = box_lines(document, around)
        has_form = not _FORM.isdisjoint(document.tags[around : document.ends[around]])
        if has_form or sum(len(line.text) for line in lines) > LONGEST_SURPLUS:
            return None
        if any(_says(line, document.text(title)) for line in lines):
            box = _titled(document, title, (around,), names)
            fits = _heads(document, title, lines, names) and not _is_anothers(document, title, around, names)
            if not fits or not (box.of_author or not _is_one_of_many(document, around, title, names)):
                return None
            return replace(box, of_author=box.of_author or _is_labelled(lines, document.text(title)))
    return None


def _is_labelled(lines: list[Line], title: str) -> bool:
    """Whether a label such as "Written by" or "Profile" stands above or before a name; "By" stands in teasers too."""
    before, found, _ = lines[0].text.partition(title)
    label = before if found else lines[0].text
    words = label.casefold().strip(" :：")
    return words != "by" and (is_introduction(words) or words in PROFILES)


def _is_anothers(document: Document, title: int, around: int, names: frozenset[str]) -> bool:
    """Whether a heading like the title, about somebody else, stands before what an element says: a list of people."""
    made = (document.tags[title], document.classes[title])
    inside = range(document.ends[title], document.ends[around])
    alike = {document.text(p) for p in inside if (document.tags[p], document.classes[p]) == made}
    before = takewhile(lambda line: not _says(line, document.text(title)), box_lines(document, around))
    return any(line.is_heading and line.text in alike and not mentions(line.text, names) for line in before)


def _says(line: Line, title: str) -> bool:
    """Whether a line says something besides a box's title."""
    before, found, behind = line.text.partition(title) if title else ("", "", "")
    text = behind if found and (not before or is_introduction(before)) else line.text
    return is_sentence(text) and not line.is_heading


def _titled(document: Document, title: int, bios: tuple[int, ...], authors: frozenset[str]) -> FoundBox:
    text = document.text(title)
    phrase = is_author_title(text)
    of_author = phrase or _introduces(text, authors)
    of_author = of_author or (_ABOUT.match(text) is not None and name_key(text).endswith(tuple(authors)))
    where = f"box titled by {'a phrase' if phrase else 'the name'}:{document.tags[title]}"
    position, end = min(bios[0], title), document.ends[bios[-1]]
    names = () if phrase else (title,)
    return FoundBox(
        position, end, where, Level.INFERRED, "markup", bios, False, names, (), of_author, together=len(bios) > 1
    )  # fmt: skip


def _heads(document: Document, title: int, lines: list[Line], names: frozenset[str]) -> bool:
    """Whether a title stands at the start of its box, behind labels at most.

    A name before a colon speaks in an interview; a link before it, or a linked heading behind it, is another post's.
    """
    text = document.text(title)
    for index, line in enumerate(lines):
        before, found, behind = line.text.partition(text)
        if found and (not before or is_introduction(before)):
            speaks = text.endswith(COLONS) or behind.lstrip().startswith(COLONS)
            return (not speaks or is_author_title(text)) and not _is_teaser(lines[index + 1 :], names)
        if len(line.text) > LONGEST_LABEL or line.linked > 0.8 * len(line.text):
            return False
    return False


def _is_teaser(lines: list[Line], names: frozenset[str]) -> bool:
    """Whether the first line of some length that is no author's name is the linked headline of another post."""
    long = (line for line in lines if line.text.count(" ") >= (1 if line.is_heading else MOST_WORDS))
    first = next((line for line in long if name_key(line.text) not in names), None)
    return first is not None and first.linked > 0.8 * len(first.text)


def _is_one_of_many(document: Document, box: int, title: int, names: frozenset[str]) -> bool:
    """Whether what stands before or behind a box is made alike and names no author: comments, teasers, a team.

    So are several entries by the same author. Several writers may have cards, though only one is the author: these
    offer the articles of each.
    """
    around = (box, *islice(document.ancestors(box), FARTHEST_WRAP))
    wrapped = [p for p in around if 1 < document.ends[p] - p <= LARGE_BOX]
    if not any(_has_twin(document, p, title, names) for p in wrapped):
        return False
    links = (p for p in document.inside("a", wrapped[-1]) if is_author_link(document.elements[p]))
    return not any(speaks_of_posts(document.text(p)) for p in links)


def _has_twin(document: Document, box: int, title: int, names: frozenset[str]) -> bool:
    element = document.elements[box]
    others = (document.positions[e] for e in (element.getprevious(), element.getnext()) if e is not None)
    alike = (p for p in others if document.ends[p] - p <= LARGE_BOX and _made(document.elements[p]) == _made(element))
    for twin in alike:
        text = document.text(twin)
        if name_key(text) and not mentions(text, names):
            return True
        if text != document.text(box) and _repeats(document, twin, title):
            return True
    return False


def _repeats(document: Document, twin: int, title: int) -> bool:
    """Whether the title of a box stands in its twin as well, made alike."""
    own = (document.tags[title], document.classes[title], document.text(title))
    inside = range(twin + 1, document.ends[twin])
    return any((document.tags[p], document.classes[p], document.text(p)) == own for p in inside)


def _made(element: etree._Element) -> tuple[str, str | None, list[str]]:
    return element.tag, element.get("class"), [child.tag for child in element]


def _behind(document: Document, region: Region, title: int, names: frozenset[str]) -> FoundBox | None:
    """What follows a title beside it up to the next heading, where both stand among the paragraphs of the text."""
    text, last = document.text(title), title
    while document.parents[last] not in region.shared and document.text(document.parents[last]) == text:
        last = document.parents[last]
    parent = document.parents[last]
    if not parent < region.end < document.ends[parent]:
        return None  # no part of the text
    stop, position = document.ends[parent], document.ends[last]
    run: list[int] = []
    while position < stop and document.tags[position] in PROSE and len(run) < MOST_SIBLINGS:
        run.append(position)
        position = document.ends[position]
    has_form = position < stop and document.tags[position] in _FORM
    if not run or has_form or sum(len(document.text(p)) for p in run) > LONGEST_SURPLUS or position <= region.end:
        return None
    return _titled(document, title, tuple(run), names)


def telling_paragraphs(document: Document, region: Region, names: Collection[str]) -> Iterator[FoundBox]:
    """Paragraphs at the end of the body and behind it that begin with the full name of an author and speak of it.

    Before the last of the body they have to begin with an element, as emphasis does. "About the author:" may stand for
    the name. By the headline, the class has to call such a text a description.
    """
    paragraphs = document.by_tag.get("p", [])
    closing = bisect_left(paragraphs, max(region.start + 1, region.end - BODY_TAIL))
    first, last = bisect_left(paragraphs, region.end), bisect_left(paragraphs, region.reach()[1])
    before = (p for p in paragraphs[closing:first] if not (document.elements[p].text or "").strip())
    described = descriptions(document, region.anchor, region.start + 1)
    for position in (*paragraphs[first:last], *sorted(described), *before):
        text = (document.elements[position].text or "").lstrip()
        if not text and document.ends[position] - position <= MOST_INSIDE:
            text = document.text(position)
        titled = without_author_title(text) != text
        if not (titled or _begins_with_name(text, names)) or _is_under_another(document, position, names):
            continue
        if not region.is_elsewhere(position):
            where, end = "paragraph that begins with the name", document.ends[position]
            if titled:
                where = "paragraph that begins with a title"
            yield FoundBox(position, end, where, Level.INFERRED, "markup", (position,), False, (), (), titled)


def _is_under_another(document: Document, paragraph: int, names: Collection[str]) -> bool:
    """Whether a heading just before a paragraph speaks of something else, such as what its author looks for."""
    before = document.elements[paragraph].getprevious()
    if before is None or before.tag not in SUBHEADINGS:
        return False
    title = document.text(document.positions[before])
    keys = frozenset(map(name_key, names))
    return not (is_author_title(title) or is_introduction(title) or mentions(title, keys))


def _begins_with_name(text: str, names: Collection[str]) -> bool:
    name = next((name for name in names if " " in name and text.startswith(f"{name} ")), None)
    behind = text[len(name or "") + 1 :]
    return name is not None and behind[:1].islower() and not _REPORTED.match(behind)


_REPORTED = re.compile(
    r"(?:contributed|reported|reports(?! on)|said|says|tells|told|talks|talked|speaks|spoke|asks|looks|explains|"
    r"explores|examines|discusses|interviews|reviews|meets|visits|recalls|describes|reveals|owns|retains|"
    r"holds the copyright|has no\b|can be|published|may be (?:reached|contacted)|wrote this|(?:does|did|do) not|"
    r"receives? funding|asserts|is not|travel(?:s|led|ed)|and|y|et|und|en|og|och|и|і)\b"
)
"""What such a paragraph says of the article, of several people, or of rights and funding, rather than of its author."""


def _is_title(document: Document, position: int, names: frozenset[str]) -> bool:
    """Whether an element's text is a name of an author, "About" or "By" and a name of several words, or a title."""
    text = (document.elements[position].text or "").strip()
    if not text or len(text) > LONGEST_TITLE:
        return False
    name = text if text.isascii() else _REPORTER.sub("", text)
    about = _BY.sub("", _ABOUT.sub("", name))  # a press release ends with what is "About" the company
    return name_key(about if " " in about else name) in names or is_author_title(text)
