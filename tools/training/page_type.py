"""Train the page type model: `python tools/training/page_type.py CORPUS… --output crawler/extraction/page_model.json`.

CORPUS is a folder with `pages.jsonl`; a record without `page_type` is an article. Pages of the `train` part of the
sites are learned from; the scores of the `tune` and `report` parts, with the rules before the model, stand beside the
weights. Needs scikit-learn.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression

from crawler.extraction import read_page
from crawler.extraction.document import Document
from crawler.extraction.layout import Layout
from crawler.extraction.page_rules import RULES
from crawler.extraction.page_signals import Seen, read_signals
from crawler.page import Page

sys.path.insert(0, str(Path(__file__).parents[1] / "evaluation"))
from split import part_of

KINDS = ("article", "listing", "product", "forum", "documentation", "page")
NAMED = {"collection": "listing", "service": "page"}
"""Kinds of the corpus → ours."""
ONE_KIND_WEIGHT = 0.15
"""Weight of a page from a corpus that holds articles alone, so that these do not outweigh the mixed one."""
STRENGTH = 0.3
"""Inverse regularisation, chosen on the `tune` part among 0.1, 0.3, 1 and 3."""


@dataclass(frozen=True, slots=True)
class Sample:
    """One page: its kind, its signals, and what the rules say."""

    corpus: str
    part: str
    kind: str
    signals: dict[str, float]
    rule: str | None


def read_sample(job: tuple[Path, dict[str, Any]]) -> Sample:
    """Signals and rule of one record."""
    folder, record = job
    headers = {"content-type": f"text/html; charset={record['encoding']}"} if record.get("encoding") else {}
    page = Page((folder / record["html_path"]).read_bytes(), record.get("url") or "", headers)
    reading = read_page(page)
    own = [block.position for block in reading.body.blocks if block.is_body]
    title = reading.choices["title"].winner
    layout = Layout(title.position if title else None, own[0] if own else None, own[-1] if own else None)
    seen = Seen.of(Document(page), reading.body, layout, reading.choices)
    rule = next((rule.name for rule in RULES if rule.read(seen)), None)
    kind = record.get("page_type", "article")
    part = part_of(record) if record.get("url") or record.get("domain") else "train"
    return Sample(folder.name, part, NAMED.get(kind, kind), read_signals(seen), rule)


def read_samples(corpora: list[Path]) -> list[Sample]:
    """Every page of the corpora, in order."""
    jobs = [
        (corpus, json.loads(line))
        for corpus in corpora
        for line in (corpus / "pages.jsonl").read_text(encoding="utf-8").split("\n")
        if line.strip()
    ]
    with ProcessPoolExecutor(2) as pool:
        return list(pool.map(read_sample, jobs, chunksize=16))


def train(samples: list[Sample]) -> tuple[list[str], LogisticRegression]:
    """Names of the signals and the fitted model."""
    names = sorted({name for sample in samples for name in sample.signals})
    mixed = {sample.corpus for sample in samples if sample.kind != "article"}
    model = LogisticRegression(C=STRENGTH, max_iter=5000)
    learned = [sample for sample in samples if sample.part == "train"]
    weight = [1.0 if sample.corpus in mixed else ONE_KIND_WEIGHT for sample in learned]
    model.fit(matrix(learned, names), [KINDS.index(sample.kind) for sample in learned], sample_weight=weight)
    return names, model


def matrix(samples: list[Sample], names: list[str]) -> np.ndarray[Any, Any]:
    """One row of signals a page."""
    return np.array([[sample.signals.get(name, 0.0) for name in names] for sample in samples])


def scores(samples: list[Sample], names: list[str], model: LogisticRegression, least: float) -> dict[str, float]:
    """Precision and recall of `article`, and the share of pages of the right kind, rules and model together."""
    chances = model.predict_proba(matrix(samples, names))
    chances[:, 0] = np.where(chances[:, 0] >= least, 2.0, -1.0)
    kinds = [sample.rule or KINDS[i] for sample, i in zip(samples, chances.argmax(axis=1), strict=True)]
    kept = [sample for sample, kind in zip(samples, kinds, strict=True) if kind == "article"]
    true = [sample for sample in samples if sample.kind == "article"]
    right = sum(sample.kind == "article" for sample in kept)
    same = sum(sample.kind == kind for sample, kind in zip(samples, kinds, strict=True))
    return {
        "pages": len(samples),
        "precision": round(right / max(len(kept), 1), 3),
        "recall": round(right / max(len(true), 1), 3),
        "same_kind": round(same / max(len(samples), 1), 3),
    }


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpora", nargs="+", type=Path)
    parser.add_argument("--output", type=Path, required=True)
    parser.add_argument("--least", type=float, default=0.35, help="MIN_ARTICLE, for the scores")
    options = parser.parse_args()
    result = summary(options.corpora, read_samples(options.corpora), options.least)
    text = json.dumps(result, ensure_ascii=False, indent=1)
    text = text.replace(",\n   ", ", ").replace("[\n   ", "[").replace("\n  ]", "]")
    options.output.write_text(text + "\n", encoding="utf-8")
    sys.stderr.write(json.dumps(result["scores"], indent=1) + "\n")


def summary(corpora: list[Path], samples: list[Sample], least: float) -> dict[str, Any]:
    """The weights, what they were trained on, and how well they do."""
    names, model = train(samples)
    parts = [(corpus.name, part) for corpus in corpora for part in ("tune", "report")]
    chosen = {pair: [s for s in samples if (s.corpus, s.part) == pair] for pair in parts}
    return {
        "trained_on": [corpus.name for corpus in corpora],
        "corpus_digest": hashlib.sha256(b"".join((c / "pages.jsonl").read_bytes() for c in corpora)).hexdigest(),
        "scores": {" ".join(pair): scores(some, names, model, least) for pair, some in chosen.items() if some},
        "kinds": KINDS,
        "bias": [round(float(value), 3) for value in model.intercept_],
        "signals": {name: [round(float(value), 3) for value in model.coef_[:, i]] for i, name in enumerate(names)},
    }


if __name__ == "__main__":
    main()
