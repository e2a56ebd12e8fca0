"""The model's arrays give what its trainer gave, and fit the features."""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path

import numpy as np

from crawler.extraction.body.blocks import segment
from crawler.extraction.body.decision import LOWEST, USUAL, keep, threshold
from crawler.extraction.body.features import read_features
from crawler.extraction.body.model import BATCH, Forest, load_model
from crawler.extraction.body.network import Weights, ready
from crawler.extraction.body.passes import gather, kin_rows, second_matrix, second_names, second_rows
from crawler.extraction.body.words import WordModel, element_words, text_words
from crawler.extraction.document import Document
from crawler.page import Page

SAMPLE = Path(__file__).with_name("forest_sample.json")
"""A small forest grown by CatBoost on random numbers, with its own answers for some of them."""
PAGE = Page(
    b"<title>A b c d</title><h1>A b c d</h1><p>One, two.</p><ul><li><a href=x>three</a></ul>", "https://example.org/"
)


def test_a_forest_answers_as_its_trainer_does() -> None:
    sample = json.loads(SAMPLE.read_text(encoding="utf-8"))
    forest = Forest(
        np.array(sample["features"], np.int32),
        np.array([np.inf if border is None else border for border in sample["borders"]], np.float32),
        np.array(sample["leaves"], np.float32),
        sample["bias"],
    )
    answers = forest.probabilities(np.array(sample["inputs"], np.float32).T)
    np.testing.assert_allclose(answers, sample["expected"], atol=1e-5)
    assert np.ptp(answers) > 0.2


def test_a_forest_asks_its_questions_from_the_lowest_bit() -> None:
    forest = Forest(
        np.array([0, 1], np.int32), np.array([0.5, 0.5], np.float32), np.array([[0, 1, 2, 3]], np.float32), 0.0
    )
    inputs = np.array([[0, 1, 0, 1], [0, 0, 1, 1]], np.float32)
    np.testing.assert_allclose(forest.probabilities(inputs), 1 / (1 + np.exp(-np.arange(4))), atol=1e-6)


def test_a_page_of_many_blocks_is_answered_in_batches() -> None:
    leaves = np.array([[0, 1]], np.float32)
    forest = Forest(np.array([0], np.int32), np.array([0.5], np.float32), leaves, 0.0)
    inputs = np.arange(3 * BATCH, dtype=np.float32)[None] % 2
    np.testing.assert_allclose(forest.probabilities(inputs), 1 / (1 + np.exp(-inputs[0])), atol=1e-6)


def test_the_stored_model_was_trained_on_these_features() -> None:
    segments = segment(Document(PAGE))
    model = load_model()
    features = read_features(segments, model.words.score(segments), None)
    about = json.loads(files("crawler.extraction.body").joinpath("model.json").read_text(encoding="utf-8"))
    names = second_names(segments, features)
    assert about["features"] == names
    assert len(set(names)) == len(names)
    assert model.first.features.max() < len(features.rows) <= model.second.features.max() < len(names)


def test_the_second_pass_is_told_all_of_the_first_of_the_blocks_in_question() -> None:
    segments = segment(Document(PAGE))
    features = read_features(segments, load_model().words.score(segments), None)
    scores, matrix = np.linspace(0, 1, len(segments), dtype=np.float32), features.matrix()
    asked = np.array([1, 2])
    told = dict(
        zip(
            second_names(segments, features),
            second_matrix(segments, features, matrix, scores, gather(segments, asked)),
            strict=True,
        )
    )
    assert told["p"].tolist() == scores[asked].tolist()
    assert told["length"].tolist() == np.float32(features.rows["length"])[asked].tolist()
    assert told["ends_link"].tolist() == [0, 1]


def test_a_block_of_the_network_sees_its_neighbours_its_parents_children_and_its_kin() -> None:
    page = "<div><p>a<p>b<p class=x>c</div><div><p>d</div>"
    hopeful = gather(segment(Document(Page(page.encode(), "https://example.org/"))), np.arange(4))
    scale = np.array([[0], [8], [1], [0.5]], np.float32)
    answers = []
    for context in range(6):
        second = np.zeros((7, 1), np.float32)
        second[context] = 1
        network = ready(Weights(scale, np.array([[0.5], [1]], np.float32), second, np.array([1, -1], np.float32)))
        answers.append((network.log_odds(np.array([[1, 2, 4, 9]], np.float32), hopeful) + 1).tolist())
    page_mean, kin = 15 / 4, 11 / 3
    expected = [
        [1, 2, 4, 8], [0, 1, 2, 4], [2, 4, 8, 0], [page_mean] * 4, [7 / 3, 7 / 3, 7 / 3, 8], [kin, kin, 4, kin]
    ]  # fmt: skip
    np.testing.assert_allclose(answers, expected, rtol=1e-6)


def test_blocks_written_alike_are_told_what_the_first_pass_said_of_the_others() -> None:
    page = "<div><p>a<p>b<p class=x>c</div><div><p>d</div>"
    segments = segment(Document(Page(page.encode(), "https://example.org/")))
    scores, weight = np.array([1, 0.5, 0, 0.2], np.float32), np.ones(4, np.float32)
    rows = kin_rows(gather(segments, np.arange(4)), weight, scores)
    np.testing.assert_allclose(rows["kin_others"], [1.0 / 3, 1.5 / 3, 0.3, 1.8 / 3], atol=1e-6)
    np.testing.assert_allclose(rows["sibling_others"], [0.8 / 2, 1.3 / 2, 0.3, 0.3], atol=1e-6)
    assert rows["kin_size"].tolist() == [3, 3, 1, 3]
    np.testing.assert_allclose(rows["sibling_share"], [2 / 3, 2 / 3, 1 / 3, 1], atol=1e-6)
    np.testing.assert_allclose(rows["sibling_held"], [1, 1, 0, 1], atol=1e-6)


def test_features_are_finite_numbers() -> None:
    for html in (PAGE.body, b"<p>a", b"<table><tr><td>\xe6\x97\xa5\xe6\x9c\xac<td>1</table>", b"<li>x<li>x<li>x"):
        segments = segment(Document(Page(html, "https://example.org/")))
        features = read_features(segments, WordModel({}, {}).score(segments), None)
        assert np.isfinite(features.matrix()).all()
        for score in (0.0, 0.4, 1.0):
            rows = second_rows(features, np.full(len(segments), score, np.float32))
            assert all(np.isfinite(row).all() for row in rows.values())


def test_names_are_read_as_words() -> None:
    words = element_words("div\0entry-content relatedPosts id_7 css-1x\0hidden")
    assert words == ("@div", "content", "css", "entry", "id", "posts", "related", "@hidden")


def test_long_texts_tell_by_their_ends_alone() -> None:
    assert text_words("Read More: here") == ["read", "more:", "here", "<read", ">here", "<read more:", ">more: here"]
    assert text_words("Start of it " + "x " * 200 + "the very end") == ["<start", "<of", "<it", ">the", ">very", ">end"]


def test_a_page_that_the_model_is_sure_of_needs_the_usual_probability() -> None:
    scores, weight = np.array([0.9, 0.95, 0.45, 0.02], np.float32), np.full(4, 100, np.float32)
    assert threshold(scores, weight) == USUAL
    assert keep(scores, weight).tolist() == [True, True, False, False]


def test_a_page_laid_out_unusually_needs_less() -> None:
    scores, weight = np.array([0.3, 0.4, 0.35, 0.02], np.float32), np.full(4, 100, np.float32)
    assert keep(scores, weight).tolist() == [True, True, True, False]
    assert not keep(np.full(3, LOWEST / 2, np.float32), weight[:3]).any()


def test_the_bar_falls_where_half_of_what_is_likely_would_stay_out() -> None:
    scores, weight = np.array([0.95, 0.95, 0.95, 0.46, 0.46], np.float32), np.array([1, 1, 1, 4, 4], np.float32) * 100
    assert keep(scores, weight).all()
    assert not keep(scores, np.array([9, 9, 9, 1, 1], np.float32) * 100)[3:].any()


def test_a_text_weighs_what_its_words_weigh() -> None:
    samples = ["Read More: here", "advertisement", "", "a a", "Start of it " + "x " * 200 + "the very end"]
    weights = {word: 1.0 + number for number, text in enumerate(samples) for word in text_words(text)}
    model = WordModel({}, weights)
    for text in samples:
        assert model.of_text(text) == sum(weights[word] for word in text_words(text))
