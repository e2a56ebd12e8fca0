"""What the model is told of each block: numbers about its text, its place in the tree and its neighbours."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from crawler.extraction.body.blocks import FLAGGED, Segments
from crawler.extraction.document import Document

Floats = NDArray[np.float32]

HOLDER_TAGS = (
    "p div li h1 h2 h3 h4 h5 td th blockquote pre figcaption a button dt dd section article ul label"
).split()

_WORD = re.compile(r"[a-z]+|[A-Z][a-z]+|[A-Z]+(?![a-z])")
_TEXT_WORD = re.compile(r"\w+")


@lru_cache(maxsize=50_000)
def name_words(names: str) -> tuple[str, ...]:
    """Words of class names and ids: `entry-content_relatedPosts` → entry, content, related, posts."""
    return tuple({word.lower() for word in _WORD.findall(names) if len(word) > 1})


def text_words(text: str) -> tuple[str, ...]:
    """The words that tell what a block is: all of a short one, the first and last of a long one."""
    if len(text) > 160:
        head, tail = _TEXT_WORD.findall(text[:40].lower()), _TEXT_WORD.findall(text[-40:].lower())
        words = ["<" + w for w in head[:2]] + [">" + w for w in tail[-2:]]
        return tuple(words)
    found = _TEXT_WORD.findall(text.lower())
    if not found:
        return ("#" + text[:3],)
    words = ["0" if word.isdigit() else word for word in found]
    return (*words, "<" + words[0], ">" + words[-1], *(f"{a} {b}" for a, b in zip(words, words[1:], strict=False)))


@dataclass(frozen=True, slots=True)
class Words:
    """Element and text words of every block, for the word model."""

    near: list[tuple[str, ...]]
    parent: list[tuple[str, ...]]
    far: list[list[int]]
    """For each block, positions of the ancestors above the parent."""
    elements: dict[int, tuple[str, ...]]
    text: list[tuple[str, ...]]


def element_words(document: Document, position: int) -> tuple[str, ...]:
    """Tag and words of an element's class, id, role and itemprop."""
    get = document.elements[position].get
    names = " ".join(
        filter(None, (document.classes[position], get("id"), get("role"), get("itemprop"), get("data-testid"), get("data-component")))
    )
    words: tuple[str, ...] = ("@" + document.tags[position], *(name_words(names) if names else ()))
    if get("hidden") is not None or get("aria-hidden") == "true" or "display:none" in (get("style") or "").replace(" ", ""):
        words = (*words, "@hidden")
    return words


def words_of(segments: Segments) -> Words:
    """The words of every block."""
    document = segments.document
    parents, tags = document.parents, document.tags
    known: dict[int, tuple[str, ...]] = {}

    def words(position: int) -> tuple[str, ...]:
        found = known.get(position)
        if found is None:
            found = known[position] = element_words(document, position)
        return found

    near: list[tuple[str, ...]] = []
    above: list[tuple[str, ...]] = []
    far: list[list[int]] = []
    paths: dict[int, list[int]] = {}
    for block, holder in enumerate(segments.holders):
        owner = segments.owners[segments.starts[block]]
        at = owner if owner >= 0 else parents[~owner]
        own = words(holder)
        while at > holder:
            own = own + words(at)
            at = parents[at]
        near.append(own)
        parent = parents[holder]
        above.append(words(parent) if parent >= 0 else ())
        if holder not in paths:
            path = []
            at = parents[parent] if parent >= 0 else -1
            while at > 0:
                path.append(at)
                words(at)
                at = parents[at]
            paths[holder] = path
        far.append(paths[holder])
    return Words(near, above, far, known, [text_words(text) for text in segments.texts])


# classes of characters
SPACE, LOWER, UPPER, DIGIT, STOP, COMMA, QUOTE, OTHER, WIDE, BAR = range(10)


@lru_cache(maxsize=1)
def _character_classes() -> NDArray[np.uint8]:
    table = np.full(0x10000, OTHER, np.uint8)
    for code in range(0x3000):
        character = chr(code)
        if character.isspace():
            table[code] = SPACE
        elif character.isupper():
            table[code] = UPPER
        elif character.isdigit():
            table[code] = DIGIT
        elif character.isalpha():
            table[code] = LOWER
    for low, high in ((0x3040, 0x30FF), (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0x0E00, 0x0E7F)):
        table[low : high + 1] = WIDE
    table[0xAC00:0xD7A4] = LOWER
    for characters, kind in ((".!?。！？…।", STOP), (",;:、，；：،", COMMA), ("\"'“”„«»‘’「」", QUOTE), ("|/»›>#@©•·–—+*", BAR)):
        for character in characters:
            table[ord(character)] = kind
    return table


def _character_counts(texts: list[str]) -> tuple[NDArray[np.int64], NDArray[np.uint8], NDArray[np.uint8], NDArray[np.uint8]]:
    """Counts by class for each text, the class of its first and of its last two characters."""
    joined = "\n".join(texts) + "\n"
    codes = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), np.uint32)
    classes = _character_classes()[np.minimum(codes, 0xFFFF)]
    lengths = np.fromiter(map(len, texts), np.int64, len(texts)) + 1
    block = np.repeat(np.arange(len(texts)), lengths)
    counts = np.bincount(block * 10 + classes, minlength=len(texts) * 10).reshape(-1, 10)
    last = np.cumsum(lengths) - 2
    first = np.concatenate(([0], last[:-1] + 2))
    return counts, classes[first], classes[last], classes[np.maximum(last - 1, first)]


@dataclass(slots=True)
class Scores:
    """What the word model says of each block."""

    near: Floats
    parent: Floats
    far: Floats
    far_min: Floats
    far_max: Floats
    text: Floats


def find_headline(segments: Segments, headline: int | None) -> int:
    """Index of the block that prints the headline; -1 where none is found."""
    document = segments.document
    if headline is not None:
        end = document.ends[headline]
        for block, holder in enumerate(segments.holders):
            if headline <= holder < end:
                return block
    title = _title(document)
    best, found = 0.0, -1
    for block, text in enumerate(segments.texts):
        tag = document.tags[segments.holders[block]]
        if len(text) > 300 or len(text) < 4:
            continue
        if text.casefold() in title:
            rank = len(text) * (4.0 if tag == "h1" else 2.0 if tag in ("h2", "h3") else 1.0)
            if rank > best:
                best, found = rank, block
    if found < 0:
        return next((b for b, h in enumerate(segments.holders) if document.tags[h] == "h1"), -1)
    return found


def _title(document: Document) -> str:
    meta = document.page.meta
    title = next(document.page.root.iter("title"), None)
    parts = [" ".join((title.text or "").split()) if title is not None else "", *meta.get("og:title", [])[:1]]
    return "\n".join(parts).casefold()


def base_features(segments: Segments, headline: int | None) -> tuple[Floats, list[str], dict[str, NDArray[np.int64]]]:
    """Features of blocks before the word model's scores, their names, and the grouping arrays."""
    document = segments.document
    tags, parents = document.tags, document.parents
    texts, holders, starts = segments.texts, segments.holders, segments.starts
    m = len(texts)
    counts, first, last, before_last = _character_counts(texts)
    length = np.fromiter(map(len, texts), np.float32, m)
    # pieces
    np_starts = np.array(starts)
    owner_flags = np.fromiter((segments.flags[o if o >= 0 else parents[~o]] for o in segments.owners), np.int64, len(segments.owners))
    piece_len = np.fromiter(map(len, segments.pieces), np.float32, len(segments.pieces))
    block_of = np.repeat(np.arange(m), np.diff(np_starts))
    raw = np.bincount(block_of, piece_len, m)
    share = lambda bit: (np.bincount(block_of, piece_len * ((owner_flags >> bit) & 1), m) / np.maximum(raw, 1)).astype(np.float32)
    links = share(0)
    link_count = np.bincount(block_of, (owner_flags & 1), m)
    strong, em = share(1), share(2)
    small, time = share(25), share(24)
    held_flags = np.fromiter((segments.flags[h] for h in holders), np.int64, m)
    hold = np.array(holders)
    par = np.fromiter((parents[h] for h in holders), np.int64, m)
    gp = np.fromiter((parents[p] if p >= 0 else -1 for p in par.tolist()), np.int64, m)
    words = counts[:, SPACE].astype(np.float32) + counts[:, WIDE] / 2
    letters = np.maximum(counts[:, LOWER] + counts[:, UPPER] + counts[:, WIDE], 1)
    log = np.log1p(length)
    cols: list[NDArray[np.float32]] = []
    names: list[str] = []

    def add(name: str, value) -> None:
        cols.append(np.broadcast_to(np.asarray(value, np.float32), (m,))); names.append(name)

    wide = (counts[:, WIDE] > letters * 0.3)
    eff = length + 2 * counts[:, WIDE]
    ends_stop = (last == STOP) | ((last == QUOTE) & (before_last == STOP)) | ((before_last == STOP) & (last == OTHER))
    add("loglen", np.log1p(eff)); add("words", np.minimum(words, 200)); add("stops", np.minimum(counts[:, STOP], 10))
    add("commas", np.minimum(counts[:, COMMA], 10)); add("digits", counts[:, DIGIT] / length)
    add("upper", counts[:, UPPER] / letters); add("bars", counts[:, BAR] / length)
    add("other", counts[:, OTHER] / length); add("quotes", np.minimum(counts[:, QUOTE], 6))
    add("wide", wide); add("avgword", length / (words + 1)); add("links", links); add("linkcount", np.minimum(link_count, 20))
    add("strong", strong); add("em", em); add("small", small); add("time", time)
    add("first_upper", first == UPPER); add("first_lower", first == LOWER); add("first_digit", first == DIGIT); add("first_quote", first == QUOTE)
    add("ends_stop", ends_stop); add("ends_comma", last == COMMA); add("ends_digit", last == DIGIT)
    add("pieces", np.minimum(np.diff(np_starts), 20))
    for tag in HOLDER_TAGS:
        add("t_" + tag, np.fromiter((tags[h] == tag for h in holders), np.float32, m))
    for bit, tag in enumerate(FLAGGED):
        if bit not in (1, 2, 24, 25):
            add("in_" + tag.split()[0], (held_flags >> bit) & 1)
    # depth
    depth = [0] * len(tags)
    for p in range(1, len(tags)):
        depth[p] = depth[parents[p]] + 1
    d = np.fromiter((depth[h] for h in holders), np.float32, m)
    add("depth", d)
    cum = np.cumsum(eff); total = cum[-1]
    add("pos_index", np.arange(m) / m); add("pos_chars", cum / total); add("m", np.full(m, np.log1p(m))); add("total", np.log1p(total))
    h = find_headline(segments, headline)
    idx = np.arange(m)
    if h >= 0:
        add("head_d", np.clip(idx - h, -30, 60)); add("head_c", np.sign(idx - h) * np.log1p(np.abs(cum - cum[h]))); add("is_head", idx == h)
        title = texts[h].casefold()
        add("eq_head", np.fromiter((t.casefold() == title for t in texts), np.float32, m))
    else:
        add("head_d", np.full(m, -99)); add("head_c", np.full(m, -99)); add("is_head", np.zeros(m)); add("eq_head", np.zeros(m))
    add("no_head", np.full(m, h < 0))
    # duplicates
    seen: dict[str, int] = {}
    for t in texts:
        seen[t] = seen.get(t, 0) + 1
    add("dups", np.fromiter((min(seen[t], 5) for t in texts), np.float32, m))
    described = {" ".join(v.split()).casefold() for k in ("description", "og:description", "twitter:description") for v in document.page.meta.get(k, [])[:2]}
    add("described", np.fromiter((t.casefold() in described if 30 < len(t) < 400 else 0 for t in texts), np.float32, m))
    # dense
    dense = ((eff > 70) & (links < 0.34) & (counts[:, STOP] + counts[:, COMMA] > 0))
    mass = np.where(dense, eff, 0.0)
    add("dense", dense)
    sig_index: dict[tuple[str, str | None, str | None], int] = {}
    cl = document.classes
    sig = np.fromiter((sig_index.setdefault((tags[h], cl[h], cl[p] if p >= 0 else None), len(sig_index)) for h, p in zip(holders, par.tolist(), strict=True)), np.int64, m)
    _, pari = np.unique(par, return_inverse=True)
    _, gpi = np.unique(gp, return_inverse=True)
    for name, group in (("par", pari), ("gp", gpi), ("sig", sig)):
        n = np.bincount(group)
        e = np.bincount(group, eff); mm = np.bincount(group, mass); l = np.bincount(group, links * eff)
        add(name + "_n", np.minimum(n, 50)[group]); add(name + "_share", (e / total)[group]); add(name + "_mass", (mm / max(mass.sum(), 1))[group])
        add(name + "_links", (l / e)[group]); add(name + "_avg", np.log1p(e / n)[group]); add(name + "_dense", (np.bincount(group, dense) / n)[group])
    _container(add, document, hold, eff, mass, m)
    groups = {"par": pari, "gp": gpi, "sig": sig, "hold": hold, "cum": cum, "mass": mass, "eff": eff}
    return np.stack(cols), names, groups


def heavy_path(document: Document, hold: NDArray[np.int64], mass) -> tuple[list[int], NDArray[np.float32]]:
    """Path (outermost first) to the element whose children hold the most mass, and LCA depth of each block with it."""
    best: dict[int, float] = {}
    for h, w in zip(hold.tolist(), mass.tolist(), strict=True):
        if w > 0:
            p = document.parents[h]
            best[p] = best.get(p, 0.0) + w
    if not best:
        return [], np.zeros(len(hold), np.float32)
    heavy = max(best, key=best.__getitem__)
    path = [heavy, *document.ancestors(heavy)][::-1]
    starts = np.array(path); ends = np.array([document.ends[p] for p in path])
    a = np.searchsorted(starts, hold, "right")
    b = len(path) - np.searchsorted(ends[::-1], hold, "right")
    return path, np.minimum(a, b).astype(np.float32)


def _container(add, document: Document, hold, eff, mass, m: int, prefix: str = "hv") -> None:
    path, lca = heavy_path(document, hold, mass)
    k = len(path)
    add(prefix + "_up", np.minimum(k - lca, 12))
    cm = np.concatenate(([0.0], np.cumsum(mass)))
    total = max(cm[-1], 1)
    if not k:
        for s in ("_share", "_before", "_after", "_first", "_last"):
            add(prefix + s, np.zeros(m))
        return
    # share of the mass inside the LCA container
    bounds = np.searchsorted(hold, [[p, document.ends[p]] for p in path])
    inside = cm[bounds[:, 1]] - cm[bounds[:, 0]]
    add(prefix + "_share", (inside / total)[np.maximum(lca.astype(int) - 1, 0)])
    add(prefix + "_before", cm[:-1] / total); add(prefix + "_after", (cm[-1] - cm[1:]) / total)
    big = np.flatnonzero((mass > 0) & (lca >= k - 1))
    big = big if len(big) else np.flatnonzero(mass > 0)
    idx = np.arange(m)
    add(prefix + "_first", np.clip(idx - big[0], -15, 30)); add(prefix + "_last", np.clip(idx - big[-1], -30, 15))


NEIGHBOURS = ("loglen", "links", "ends_stop", "dense", "t_p", "upper", "strong", "hv_up", "w_near", "w_text", "linkcount", "stops")


def add_scores(base: Floats, names: list[str], scores: Scores) -> tuple[Floats, list[str]]:
    """Base features with the word model's scores."""
    extra = [scores.near, scores.parent, scores.far, scores.far_min, scores.far_max, scores.text]
    return np.concatenate([base, np.stack(extra)]), [*names, "w_near", "w_parent", "w_far", "w_farmin", "w_farmax", "w_text"]


def shifted(row: Floats, by: int, fill: float) -> Floats:
    """The row of the neighbour `by` blocks further on."""
    out = np.full_like(row, fill)
    if by > 0:
        out[:-by] = row[by:]
    else:
        out[-by:] = row[:by]
    return out


def with_neighbours(x: Floats, names: list[str], par) -> tuple[Floats, list[str]]:
    """Features with those of the blocks around."""
    rows, out = [x], list(names)
    m = x.shape[1]
    at = {name: i for i, name in enumerate(names)}
    new = []
    for by in (-2, -1, 1, 2):
        for name in NEIGHBOURS:
            new.append(shifted(x[at[name]], by, -1.0) if abs(by) < m else np.full(m, -1, np.float32)); out.append(f"{name}{by:+d}")
    same = np.concatenate((par[1:] == par[:-1], [False])).astype(np.float32)
    new.append(same); out.append("same_next")
    new.append(np.concatenate(([0], same[:-1])).astype(np.float32)); out.append("same_prev")
    rows.append(np.stack(new))
    return np.concatenate(rows), out


def second_features(x: Floats, names: list[str], p: Floats, groups, document: Document) -> tuple[Floats, list[str]]:
    """Features of the second pass: those of the first, and what the first pass said of the page."""
    m = len(p)
    cols, out = [], list(names)

    def add(name: str, value) -> None:
        cols.append(np.broadcast_to(np.asarray(value, np.float32), (m,))); out.append(name)

    add("p", p)
    for by in (-3, -2, -1, 1, 2, 3):
        add(f"p{by:+d}", shifted(p, by, -0.1) if abs(by) < m else np.full(m, -0.1))
    eff = groups["eff"]
    mass = p * eff
    total = max(mass.sum(), 1.0)
    for name in ("par", "gp", "sig"):
        g = groups[name]
        e = np.bincount(g, eff); n = np.bincount(g); s = np.bincount(g, p)
        add(name + "_p", (np.bincount(g, mass) / e)[g]); add(name + "_pn", ((s[g] - p + 0.3) / (n[g] - 1 + 1))); add(name + "_pshare", (np.bincount(g, mass) / total)[g])
    cm = np.cumsum(mass)
    add("p_before", (cm - mass) / total); add("p_after", (total - cm) / total); add("p_total", np.log1p(total))
    sure = (p > 0.6) & (eff > 60)
    idx = np.arange(m)
    where = np.flatnonzero(sure)
    if len(where):
        add("sure_first", np.clip(idx - where[0], -15, 40)); add("sure_last", np.clip(idx - where[-1], -40, 15))
        nxt = np.searchsorted(where, idx, "right"); prv = np.searchsorted(where, idx, "left") - 1
        add("sure_next", np.where(nxt < len(where), where[np.minimum(nxt, len(where) - 1)] - idx, 40).clip(0, 40))
        add("sure_prev", np.where(prv >= 0, idx - where[np.maximum(prv, 0)], 40).clip(0, 40))
    else:
        for n_ in ("sure_first", "sure_last", "sure_next", "sure_prev"):
            add(n_, np.full(m, 40))
    k3 = np.ones(7) / 7
    add("p_smooth", np.convolve(np.pad(p, 3), k3, "valid"))
    _container(add, document, groups["hold"], eff, np.where(p > 0.5, mass, 0), m, "pv")
    return np.concatenate([x, np.stack(cols)]), out
