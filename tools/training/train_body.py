"""Train the body model: `python -m tools.training.train_body CORPORA [--cache FILE] [--write]`.

CORPORA is a folder with one folder a corpus. Cross-validates by site in four folds and prints the scores; with
`--write` it fits on all pages and writes `model.npz` and `model.json` into the package. Needs the group `train`.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import pickle
import sys
import tempfile
from collections import defaultdict
from pathlib import Path
from typing import Any

import numpy as np
from catboost import CatBoostClassifier
from numpy.typing import NDArray
from scipy import sparse
from sklearn.linear_model import SGDClassifier

from crawler.extraction.body import decision
from crawler.extraction.body.features import add_neighbours
from crawler.extraction.body.model import HOPELESS, NETWORK_SHARE, Forest, mixed
from crawler.extraction.body.network import Weights, ready
from crawler.extraction.body.passes import Hopeful, gather, second_matrix, second_names
from crawler.extraction.body.words import WordModel, element_words, pack, spelling, text_words
from tools.training.body_examples import FOLDS, SOURCES, Example, read_examples
from tools.training.body_scores import score_examples
from tools.training.network import (
    DECAY,
    DROPPED,
    DROPPED_FEATURES,
    EPOCHS,
    NAMELESS,
    PAGES,
    RATE,
    UNITS,
    Page,
    fit_network,
)

Floats = NDArray[np.float32]

SEED = 1
LEAST_SITES = 3
"""A word has a weight where so many sites use it."""
USUAL_BLOCKS = 40
"""Hopeful blocks of a page that count in full in the second pass. Those of longer pages count less, so that a page of
hundreds does not outweigh the others: what is wanted are right pages."""
LINK_LISTS = 0.35
"""Share of the blocks that are links and not body on which the first pass is trained."""
WORDS: dict[str, Any] = {"loss": "log_loss", "alpha": 3e-6, "max_iter": 6, "tol": None, "average": True}
FIRST: dict[str, Any] = {"depth": 5, "iterations": 60, "learning_rate": 0.2, "l2_leaf_reg": 5}
SECOND: dict[str, Any] = {"depth": 8, "iterations": 150, "learning_rate": 0.11, "l2_leaf_reg": 15}
BOTH: dict[str, Any] = {"border_count": 64, "rsm": 0.3, "verbose": 0, "thread_count": 1}
WORDS_OF_NAMES = (
    "near", "parent", "far", "far_lowest", "far_highest", "near-2", "near-1", "near+1", "near+2",
)  # fmt: skip
"""Features that class names and ids say."""
MODEL = Path(__file__).parents[2] / "crawler" / "extraction" / "body" / "model.npz"


class Vocabulary:
    """Columns of the words that enough sites use, and each example's blocks as rows over them."""

    def __init__(self, examples: list[Example]) -> None:
        self.bags = [_bag(example) for example in examples]
        names: dict[str, set[str]] = defaultdict(set)
        texts: dict[str, set[str]] = defaultdict(set)
        for example, (near, parent, far, text) in zip(examples, self.bags, strict=True):
            for rows, seen in ((near, names), (parent, names), (far, names), (text, texts)):
                for word in {word for row in rows for word in row}:
                    seen[word].add(example.site)
        self.names = sorted(word for word, sites in names.items() if len(sites) >= LEAST_SITES and "\n" not in word)
        self.texts = sorted(word for word, sites in texts.items() if len(sites) >= LEAST_SITES and "\n" not in word)
        self.matrices = [self._matrix(bag) for bag in self.bags]
        self.bags = []

    def _matrix(self, bag: tuple[list[tuple[str, ...]], ...]) -> sparse.csr_matrix:
        size = len(self.names)
        if not hasattr(self, "name_at"):
            self.name_at = {word: index for index, word in enumerate(self.names)}
            self.text_at = {word: index + 3 * size for index, word in enumerate(self.texts)}
        rows: list[int] = []
        columns: list[int] = []
        for offset, (part, at) in zip(
            (0, size, 2 * size, 0), zip(bag, (self.name_at,) * 3 + (self.text_at,), strict=True), strict=True
        ):
            for row, words in enumerate(part):
                found = [at[word] + offset for word in words if word in at]
                columns += found
                rows += [row] * len(found)
        shape = (len(bag[0]), 3 * size + len(self.texts))
        return sparse.csr_matrix((np.ones(len(rows), np.float32), (rows, columns)), shape=shape)

    def fit(self, examples: list[Example], chosen: list[int]) -> WordModel:
        """Weights fitted on the chosen examples, rounded as they are stored."""
        matrix = sparse.vstack([self.matrices[index] for index in chosen]).tocsr()
        labels = np.concatenate([examples[index].body for index in chosen])
        weights = np.concatenate([examples[index].weight for index in chosen])
        known = weights > 0
        fitted = SGDClassifier(random_state=SEED, **WORDS).fit(
            matrix[known], labels[known], sample_weight=weights[known]
        )
        values = fitted.coef_[0].astype(np.float16).astype(float)
        size = len(self.names)
        rows = values[: 3 * size].reshape(3, size).T.tolist()
        texts = dict(zip(self.texts, values[3 * size :].tolist(), strict=True))
        return WordModel(dict(zip(self.names, map(tuple, rows), strict=True)), texts)


def _bag(example: Example) -> tuple[list[tuple[str, ...]], ...]:
    """Words of each block: of its holder, of the parent, of the ancestors beyond, of its text."""
    segments, document = example.segments, example.segments.document
    parents = document.parents
    words: dict[int, tuple[str, ...]] = {-1: ()}
    paths: dict[int, tuple[str, ...]] = {-1: (), 0: ()}

    def of(position: int) -> tuple[str, ...]:
        if position not in words:
            words[position] = element_words(spelling(document, position))
        return words[position]

    def path(position: int) -> tuple[str, ...]:
        chain = []
        while position not in paths:
            chain.append(position)
            position = parents[position]
        found = paths[position]
        for element in reversed(chain):
            found = paths[element] = found + of(element)
        return found

    near, parent, far = [], [], []
    for block, holder in enumerate(segments.holders):
        owner = segments.owners[segments.starts[block]]
        inner = owner if owner >= 0 else parents[~owner]
        own = of(holder)
        while inner > holder:
            own += of(inner)
            inner = parents[inner]
        near.append(own)
        parent.append(of(parents[holder]))
        far.append(path(parents[parents[holder]]) if parents[holder] >= 0 else ())
    return near, parent, far, [tuple(text_words(text)) for text in segments.texts]


def describe(example: Example, words: WordModel) -> Floats:
    """The features of the first pass with the word model's scores."""
    rows, scores = example.features.rows, words.score(example.segments)
    rows.update(
        near=scores.near, parent=scores.parent, far=scores.far, far_lowest=scores.far_lowest,
        far_highest=scores.far_highest, words_text=scores.text, depth=scores.depth,
    )  # fmt: skip
    add_neighbours(rows)
    return example.features.matrix()


def fit_forest(columns: list[Floats], labels: list[Floats], weights: list[Floats], options: dict[str, Any]) -> Forest:
    """A forest of symmetric trees; blocks without weight are left out."""
    kept = [weight > 0 for weight in weights]
    x = np.concatenate([column[:, keep].T for column, keep in zip(columns, kept, strict=True)])
    y, w = (np.concatenate([row[keep] for row, keep in zip(rows, kept, strict=True)]) for rows in (labels, weights))
    grown = CatBoostClassifier(random_seed=SEED, **options, **BOTH).fit(x, y, sample_weight=w)
    return read_forest(grown, options["depth"])


def read_forest(grown: CatBoostClassifier, depth: int) -> Forest:
    """The trees of a trained classifier as arrays."""
    with tempfile.NamedTemporaryFile(suffix=".json") as stream:
        grown.save_model(stream.name, format="json")
        written = json.loads(Path(stream.name).read_text(encoding="utf-8"))
    features, borders, leaves = [], [], []
    for tree in written["oblivious_trees"]:
        splits = tree["splits"] or []
        spare = depth - len(splits)
        features += [split["float_feature_index"] for split in splits] + [0] * spare
        borders += [split["border"] for split in splits] + [np.inf] * spare
        leaves.append(tree["leaf_values"] + [0.0] * ((1 << depth) - len(tree["leaf_values"])))
    scale, bias = written["scale_and_bias"]
    table = np.array(leaves, np.float32) * scale
    return Forest(np.array(features, np.int32), np.array(borders, np.float32), table, float(np.ravel(bias)[0]))


class Trainer:
    """The fits of the model, for any choice of examples."""

    def __init__(self, examples: list[Example]) -> None:
        self.examples = examples
        self.vocabulary = Vocabulary(examples)
        generator = np.random.default_rng(SEED)
        self.first_weights = [self._thinned(example, generator) for example in examples]

    @staticmethod
    def _thinned(example: Example, generator: np.random.Generator) -> Floats:
        easy = (example.body == 0) & (example.features.rows["links"] > 0.8)
        dropped = easy & (generator.random(len(easy)) > LINK_LISTS)
        return np.where(dropped, 0, example.weight * np.where(easy, 1 / LINK_LISTS, 1)).astype(np.float32)

    def first(self, chosen: list[int], matrices: dict[int, Floats]) -> Forest:
        """The first pass."""
        return fit_forest(
            [matrices[i] for i in chosen], [self.examples[i].body for i in chosen],
            [self.first_weights[i] for i in chosen], FIRST,
        )  # fmt: skip

    def second(self, chosen: list[int], matrices: dict[int, Floats], scores: dict[int, Floats]) -> Forest:
        """The second pass, on blocks that the first does not rule out."""
        hopeful = [scores[i] >= HOPELESS for i in chosen]
        labels = [self.examples[i].body[at] for i, at in zip(chosen, hopeful, strict=True)]
        weights = [balanced(self.examples[i].weight[at]) for i, at in zip(chosen, hopeful, strict=True)]
        return fit_forest([matrices[i] for i in chosen], labels, weights, SECOND)

    def network(self, chosen: list[int], matrices: dict[int, Floats], scores: dict[int, Floats]) -> Weights:
        """The network beside the second forest."""
        pages = []
        for i in chosen:
            example, hopeful = self.examples[i], hopeful_of(self.examples[i], scores[i])
            pages.append(Page(matrices[i], hopeful, example.body[hopeful.at], balanced(example.weight[hopeful.at])))
        names = second_names(self.examples[0].segments, self.examples[0].features)
        return fit_network(pages, [names.index(name) for name in WORDS_OF_NAMES], SEED)


def balanced(weight: Floats) -> Floats:
    """The weight of a page's hopeful blocks, by how many they are."""
    return weight * np.float32(min((USUAL_BLOCKS / max(len(weight), 1)) ** 0.5, 2))


def hopeful_of(example: Example, scores: Floats) -> Hopeful:
    """The blocks that the first pass does not rule out."""
    return gather(example.segments, np.flatnonzero(scores >= HOPELESS))


def with_second(example: Example, matrix: Floats, scores: Floats) -> Floats:
    """The features of the second pass, for the blocks that the first does not rule out."""
    return second_matrix(example.segments, example.features, matrix, scores, hopeful_of(example, scores))


def cross_validate(trainer: Trainer) -> tuple[dict[int, Floats], dict[int, Floats], dict[int, Floats]]:
    """For every example the first matrix, the first scores and the final scores of models that never saw its site."""
    examples = trainer.examples
    numbers = range(len(examples))
    first: dict[int, Floats] = {}
    scores: dict[int, Floats] = {}
    final: dict[int, Floats] = {}
    for fold in range(FOLDS):
        words = trainer.vocabulary.fit(examples, [i for i in numbers if examples[i].fold != fold])
        first.update({i: describe(examples[i], words) for i in numbers if examples[i].fold == fold})
    second: dict[int, Floats] = {}
    for fold in range(FOLDS):
        forest = trainer.first([i for i in numbers if examples[i].fold != fold], first)
        for i in (i for i in numbers if examples[i].fold == fold):
            scores[i] = forest.probabilities(first[i])
            second[i] = with_second(examples[i], first[i], scores[i])
        sys.stderr.write(f"first pass, fold {fold}\n")
    for fold in range(FOLDS):
        others = [i for i in numbers if examples[i].fold != fold]
        forest, network = trainer.second(others, second, scores), ready(trainer.network(others, second, scores))
        for i in (i for i in numbers if examples[i].fold == fold):
            hopeful = hopeful_of(examples[i], scores[i])
            final[i] = np.zeros_like(scores[i])
            if len(hopeful.at):
                final[i][hopeful.at] = mixed(forest.log_odds(second[i]), network.log_odds(second[i], hopeful))
        sys.stderr.write(f"second pass, fold {fold}\n")
    return second, scores, final


def kept_by(example: Example, scores: Floats) -> NDArray[np.bool_]:
    """The final choice of blocks."""
    kept = np.zeros(len(scores), bool)
    kept[decision.choose(example.segments, example.features, scores)] = True
    return kept


def write_model(trainer: Trainer, second: dict[int, Floats], scores: dict[int, Floats], report: dict[str, Any]) -> None:
    """Fit on all examples (the second pass on cross-validated scores of the first) and write the two model files."""
    everything = list(range(len(trainer.examples)))
    words = trainer.vocabulary.fit(trainer.examples, everything)
    matrices = {i: describe(trainer.examples[i], words) for i in everything}
    forests = {"first": trainer.first(everything, matrices), "second": trainer.second(everything, second, scores)}
    arrays: dict[str, Any] = {
        "names": pack(words.names), "name_weights": np.array(list(words.names.values()), np.float16),
        "texts": pack(words.texts), "text_weights": np.array(list(words.texts.values()), np.float16),
    }  # fmt: skip
    network = trainer.network(everything, second, scores)
    arrays |= {f"network_{name}": value for name, value in network._asdict().items()}
    for name, forest in forests.items():
        arrays |= {f"{name}_features": forest.features, f"{name}_borders": forest.borders}
        arrays |= {f"{name}_leaves": forest.leaves, f"{name}_bias": np.float64(forest.bias)}
    np.savez_compressed(MODEL, allow_pickle=False, **arrays)
    MODEL.with_suffix(".json").write_text(json.dumps(report, indent=2) + "\n", encoding="utf-8")


def describe_run(examples: list[Example], kept: dict[int, NDArray[np.bool_]]) -> dict[str, Any]:
    """What stands beside the model: how it was made, from what, and how good it was on sites it had not seen.

    Of the report part, every page is scored by the fold that holds its site out, as all pages are.
    """
    reported = {number: keep for number, keep in kept.items() if examples[number].part == "report"}
    digest = hashlib.sha256("\n".join(sorted(example.name for example in examples)).encode()).hexdigest()
    return {
        "script": "tools/training/train_body.py",
        "seed": SEED,
        "pages": len(examples),
        "corpus_sha256": digest,
        "source_weights": SOURCES,
        "parameters": {
            "words": WORDS | {"least_sites": LEAST_SITES},
            "first": FIRST | BOTH,
            "second": SECOND | BOTH,
            "network": {
                "share": NETWORK_SHARE,
                "units": UNITS,
                "epochs": EPOCHS,
                "pages": PAGES,
                "rate": RATE,
                "decay": DECAY,
                "dropped": DROPPED,
                "dropped_features": DROPPED_FEATURES,
                "nameless": NAMELESS,
            },
        },
        "features": second_names(examples[0].segments, examples[0].features),
        "cross_validated": score_examples(examples, kept),
        "report_part": score_examples(examples, reported),
    }


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpora", type=Path)
    parser.add_argument("--cache", type=Path, help="keep the examples here between runs")
    parser.add_argument("--scores", type=Path, help="keep the cross-validated scores here, for a look at the failures")
    parser.add_argument("--write", action="store_true", help="write the model into the package")
    options = parser.parse_args()
    if options.cache and options.cache.exists():
        examples = pickle.loads(options.cache.read_bytes())  # noqa: S301 - our own file
    else:
        examples = read_examples(options.corpora)
        if options.cache:
            options.cache.write_bytes(pickle.dumps(examples))
    trainer = Trainer(examples)
    second, first_scores, final = cross_validate(trainer)
    kept = {i: kept_by(examples[i], scores) for i, scores in final.items()}
    about = describe_run(examples, kept)
    sys.stdout.write("\n".join(f"{name:28}{value}" for name, value in about["cross_validated"].items()) + "\n")
    if options.scores:
        options.scores.write_bytes(pickle.dumps(final))
    if options.write:
        write_model(trainer, second, first_scores, about)


if __name__ == "__main__":
    main()
