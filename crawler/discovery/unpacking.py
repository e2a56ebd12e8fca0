"""Bytes of sitemaps and feeds to elements, bounded: gzip, byte order marks, no entities, no network, no huge trees."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from io import BytesIO

from lxml import etree

from crawler.discovery.found import Problem
from crawler.discovery.mending import mended

MAX_BYTES = 50 * 1024 * 1024
"""The sitemap protocol's limit for one file, uncompressed; feeds stay far below."""

_ENTITY = re.compile(rb"<!ENTITY", re.IGNORECASE)
_BOMS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
LONGEST_TEXT = 1_000_000
"""Characters of one element that are taken; folding the white space of a title of 10 MB takes 150 MB."""
PROLOGUE = 64 * 1024
"""How far a document type declaration is looked for."""


def ungzip(body: bytes, limit: int = MAX_BYTES) -> tuple[bytes, str | None]:
    """The content of a gzip file, or the bytes as they are; beside it `bad_gzip`, `truncated` or `too_large`, or None.

    What was read before the fault is returned: half a sitemap is worth reading, and the fault is reported.
    """
    if not body.startswith(b"\x1f\x8b"):
        return body[:limit], "too_large" if len(body) > limit else None
    parts, left, fault, rest = list[bytes](), limit, None, body
    while fault is None and rest.startswith(b"\x1f\x8b"):
        inflater = zlib.decompressobj(zlib.MAX_WBITS | 16)
        try:
            parts.append(inflater.decompress(rest, left))
        except zlib.error:
            fault = "bad_gzip"
            break
        left -= len(parts[-1])
        fault = "too_large" if left <= 0 else None if inflater.eof else "truncated"
        rest = inflater.unused_data
    return b"".join(parts), fault  # one part is handed on as it is: a second copy of 50 MB would be one too many


def declares_entities(body: bytes) -> bool:
    """Whether a document declares entities of its own, which no sitemap or feed needs: bombs and file readers do."""
    return _ENTITY.search(body[:PROLOGUE]) is not None


def looks_like_xml(body: bytes) -> bool:
    """Whether the first character is that of markup."""
    start = body[:PROLOGUE]
    if start.startswith(_BOMS[1:]):
        return start[2:].replace(b"\0", b"").lstrip().startswith(b"<")
    return start.removeprefix(_BOMS[0]).lstrip().startswith(b"<")


def elements(body: bytes) -> Iterator[etree._Element]:
    """Every element at its end, in document order, entities unresolved, faults skipped over.

    The caller clears what it has read. Ends early, without an error, where libxml2 gives up (depth, amplification).
    """
    source = body if body.startswith(_BOMS) else body.lstrip()
    parser = etree.iterparse(
        BytesIO(source), events=("end",), recover=True, resolve_entities=False, no_network=True, huge_tree=False,
        load_dtd=False, remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        for _, element in parser:
            if isinstance(element.tag, str):
                yield element
    except etree.XMLSyntaxError:
        return


def root_name(body: bytes) -> str:
    """The local name of the document's first element; empty where there is none."""
    source = body if body.startswith(_BOMS) else body.lstrip()
    parser = etree.iterparse(
        BytesIO(source[:PROLOGUE]), events=("start",), recover=True, resolve_entities=False, no_network=True,
        huge_tree=False, load_dtd=False, remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        return next((local_name(element) for _, element in parser), "")
    except etree.XMLSyntaxError:
        return ""


class _Silent:
    """A parser target that keeps nothing; lxml calls only the methods that are there."""

    def close(self) -> None:
        """The end of the document."""


_LATIN1 = re.compile(rb"""<\?xml[^>]*encoding\s*=\s*["'](?:iso-?8859-1|latin-?1|us-ascii|ascii)["']""", re.IGNORECASE)


def is_well_formed(body: bytes) -> bool:
    """Whether a document is XML without a fault; memory does not grow with its size.

    Latin-1 with the octets 80 to 9F is a fault: Windows-1252 is meant, and XML parsers make control characters of it.
    """
    options = {"resolve_entities": False, "no_network": True, "huge_tree": False, "load_dtd": False}
    parser = etree.XMLParser(target=_Silent(), **options)  # type: ignore[arg-type]
    if _LATIN1.match(body[:200].lstrip()) and re.search(rb"[\x80-\x9f]", body):
        return False
    try:
        etree.fromstring(body if body.startswith(_BOMS) else body.lstrip(), parser)
    except (etree.XMLSyntaxError, ValueError):
        return False
    return True


def sound(body: bytes) -> tuple[bytes, tuple[Problem, ...]]:
    """A document that can be parsed, and what was wrong with it: `entities` (never resolved), `not_xml` (mended)."""
    if declares_entities(body):
        return body, (Problem("entities", "declares entities; they are not resolved"),)
    if is_well_formed(body):
        return body, ()
    return mended(body), (Problem("not_xml", "not well-formed; mended and read as far as it goes"),)


def local_name(element: etree._Element) -> str:
    """The tag without its namespace, lower case: publishers misspell namespaces, crawlers have to read on."""
    return str(element.tag).rpartition("}")[2].rpartition(":")[2].lower()


def text_of(element: etree._Element) -> str:
    """The element's text, white space folded, cut at `LONGEST_TEXT`; an unresolved entity leaves nothing."""
    parts = [element.text or ""]
    for node in element.iterdescendants():
        parts.append((node.text or "") if isinstance(node.tag, str) else "")
        parts.append(node.tail or "")
    return " ".join("".join(parts)[:LONGEST_TEXT].split())


def has_entity(element: etree._Element) -> bool:
    """Whether an unresolved entity stands inside."""
    return any(node.tag is etree.Entity for node in element.iterdescendants())


def parse_tolerant(body: bytes) -> etree._Element | None:
    """The root of a small document, faults skipped over; None where there is no element."""
    parser = etree.XMLParser(
        recover=True, resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False, remove_comments=True,
        remove_pis=True,
    )  # fmt: skip
    try:
        return etree.fromstring(body if body.startswith(_BOMS) else body.lstrip(), parser)
    except (etree.XMLSyntaxError, ValueError):
        return None
