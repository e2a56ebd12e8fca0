"""The text of a block as Markdown: links, emphasis and code spans, with specials escaped."""

from __future__ import annotations

import re
from itertools import groupby
from urllib.parse import urljoin, urlsplit

from crawler.extraction.body.blocks import CODE_FLAG, EMPHASIS_FLAG, LINK_FLAG, STRONG_FLAG, Segments

KINDS = {"a": "link", "b": "strong", "strong": "strong", "em": "emphasis", "i": "emphasis", "code": "code",
         "kbd": "code", "samp": "code"}  # fmt: skip
"""Inline elements that Markdown can express; the others leave their text plain."""
MARKED = LINK_FLAG | STRONG_FLAG | EMPHASIS_FLAG | CODE_FLAG
FENCES = {"strong": "**", "emphasis": "*"}
SCHEMES = frozenset({"http", "https", "mailto", "tel"})

_SPECIAL = re.compile(r"[\\`*\[\]<>_]")
STARTING = frozenset("#-+0123456789 ")
"""First characters with which a line might begin a list or a heading."""
_START = re.compile(r"^(?:#{1,6}|[-+])(?=\s|$)|^\s*\d{1,9}(?=[.)]\s)", re.MULTILINE)
"""What would begin a heading or a list; of a number it is the mark behind it that does."""

UNSAFE = {"(": "%28", ")": "%29", "<": "%3C", ">": "%3E"}
_UNSAFE = re.compile(r"[()<>\s]")
_READY = re.compile(r"https?://[^\s()<>\[\]\x7f-\U0010ffff]+")
"""What is absolute and safe as it stands: most links, and splitting an address takes ten times as long."""

Mark = tuple[str, int]
Run = tuple[tuple[Mark, ...], str]


def escape(text: str) -> str:
    """Text with a backslash before everything that Markdown would read as markup."""
    escaped = _SPECIAL.sub(_special, text)
    return _START.sub(_start, escaped) if text[:1] in STARTING or "\n" in text else escaped


def _special(found: re.Match[str]) -> str:
    if found[0] == "_" and _is_inner(found.string[max(found.start() - 1, 0) : found.end() + 1]):
        return "_"
    return f"\\{found[0]}"


def _is_inner(around: str) -> bool:
    """Whether an underscore, given with its neighbours, stands within a word, where it marks nothing."""
    return len(around) == 3 and around.replace("_", "a").isalnum()


def _start(found: re.Match[str]) -> str:
    return f"{found[0]}\\" if found[0][-1].isdigit() else f"\\{found[0]}"


def _fold(piece: str) -> str:
    """A text with each run of white space as one space, also at its ends."""
    words = " ".join(piece.split())
    if not words:
        return " " if piece else ""
    return f"{' ' if piece[0].isspace() else ''}{words}{' ' if piece[-1].isspace() else ''}"


class InlineRenderer:
    """Renders the blocks of one page; the marks of each element are found once."""

    def __init__(self, segments: Segments) -> None:
        self.segments = segments
        document = segments.document
        addresses = (document.elements[position].get("href") for position in document.by_tag.get("base", ()))
        base = next(filter(None, addresses), None)
        self.base = absolute(document.page.url, base or "") or document.page.url
        self.marks: dict[int, tuple[Mark, ...]] = {}

    def render(self, block: int) -> str:
        """The Markdown of a block, one line for every line of its text."""
        segments = self.segments
        start, stop = segments.starts[block], segments.starts[block + 1]
        if stop - start == 1 and not segments.flags[segments.holders[block]] & MARKED:
            owner = segments.owners[start]
            if owner < 0 or not segments.flags[owner] & MARKED:
                return escape(segments.texts[block])
        runs = self._runs(block)
        text = self._nested(runs, 0)
        lines = (" ".join(line.split()) for line in text.split("\n"))
        return "  \n".join(line for line in lines if line)

    def _runs(self, block: int) -> list[Run]:
        """Text and marks of a block's pieces, line breaks as `\\n`, other white space folded."""
        segments = self.segments
        start, stop = segments.starts[block], segments.starts[block + 1]
        parents = segments.document.parents
        runs: list[Run] = []
        for index in range(start, stop):
            owner = segments.owners[index]
            inner = owner if owner >= 0 else parents[~owner]
            marks = self._marks_of(inner, segments.holders[block]) if segments.flags[inner] & MARKED else ()
            if segments.breaks[index] and index > start:
                runs.append(((), "\n"))
            runs.append((marks, _fold(segments.pieces[index])))
        return runs

    def _marks_of(self, inner: int, holder: int) -> tuple[Mark, ...]:
        """Marks from the holder inwards, each kind once; links around the holder count too."""
        tags, parents = self.segments.document.tags, self.segments.document.parents
        chain = []
        while inner >= 0 and inner not in self.marks:
            if inner < holder and not self.segments.flags[inner] & LINK_FLAG:
                self.marks[inner] = ()
                break
            chain.append(inner)
            inner = parents[inner]
        marks = self.marks.get(inner, ())
        for element in reversed(chain):
            kind = KINDS.get(tags[element])
            if kind and all(kind != known for known, _ in marks):
                marks = (*marks, (kind, element))
            self.marks[element] = marks
        return marks

    def _nested(self, runs: list[Run], depth: int) -> str:
        """Runs with the marks beyond `depth` written out; marks are at most one of a kind, so the depth is small."""
        parts = []
        for mark, group in groupby(runs, key=lambda run: run[0][depth] if len(run[0]) > depth else None):
            inside = list(group)
            if mark is None:
                parts.append(escape("".join(text for _, text in inside)))
            elif mark[0] == "code":
                parts.append(_fenced("".join(text for _, text in inside)))
            else:
                parts.append(self._marked(mark, self._nested(inside, depth + 1)))
        return "".join(parts)

    def _marked(self, mark: Mark, text: str) -> str:
        kind, element = mark
        bare = text.strip()
        if not bare:
            return text
        before, after = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
        if kind == "link":
            target = absolute(self.base, self.segments.document.elements[element].get("href") or "")
            return f"{before}[{bare}]({target}){after}" if target else text
        fence = FENCES[kind]
        return f"{before}{fence}{bare}{fence}{after}"


def _fenced(text: str) -> str:
    bare = text.strip()
    if not bare:
        return text
    longest = max((len(run) for run in re.findall("`+", bare)), default=0)
    fence = "`" * (longest + 1)
    pad = " " if bare.startswith("`") or bare.endswith("`") else ""
    before, after = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    return f"{before}{fence}{pad}{bare}{pad}{fence}{after}"


def absolute(base: str, reference: str) -> str | None:
    """The absolute URL of a link, safe inside Markdown's parentheses; None for what no reader can follow."""
    reference = reference.strip()
    if not reference or _READY.fullmatch(reference):
        return reference or None
    try:
        url = reference if reference.startswith(("https://", "http://")) else urljoin(base, reference)
        if urlsplit(url).scheme.lower() not in SCHEMES:
            return None
    except ValueError:
        return None
    return _UNSAFE.sub(lambda found: UNSAFE.get(found[0], "%20"), url)
