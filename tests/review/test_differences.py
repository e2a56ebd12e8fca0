from __future__ import annotations

import time

from crawler.review.differences import Piece, compare, differences


def shown(pieces: list[Piece]) -> str:
    marks = {"same": "{}", "gone": "[-{}-]", "new": "[+{}+]"}
    return "".join(marks[piece.kind].format(piece.text) for piece in pieces)


def test_words_that_changed_are_marked_and_equal_paragraphs_left_out() -> None:
    before = {"title": "The bridge", "body": "It costs 2.6 million crowns.\n\nNothing else changed.", "tags": ["town"]}
    after = {
        "title": "The bridge",
        "body": "It costs 3.1 million crowns.\n\nNothing else changed.",
        "tags": ["town", "bridge"],
    }
    body, tags = differences(before, after)
    assert [shown(one) for one in body.paragraphs] == ["It costs [-2.6-][+3.1+] million crowns."]
    assert (body.name, body.left_out) == ("body", 1)
    assert [shown(one) for one in tags.paragraphs] == ["town[+\nbridge+]"]


def test_paragraphs_come_and_go_whole() -> None:
    found = [shown(one) for one in compare(["One stays.", "This one goes."], ["A new one comes.", "One stays."])]
    assert found == ["[+A new one comes.+]", "One stays.", "[-This one goes.-]"]


def test_texts_that_have_little_in_common_stand_one_after_the_other() -> None:
    assert [shown(one) for one in compare(["Rain in the hills"], ["A vote was taken at noon today by nine"])] == [
        "[-Rain in the hills-][+A vote was taken at noon today by nine+]"
    ]


def test_both_texts_can_be_read_out_of_the_difference() -> None:
    old, new = "Nine boats lie here, two of them new.", "Ten boats lay here; two are new."
    (pieces,) = compare([old], [new])
    assert "".join(piece.text for piece in pieces if piece.kind != "new") == old
    assert "".join(piece.text for piece in pieces if piece.kind != "gone") == new


def test_the_same_item_has_no_difference() -> None:
    assert differences({"body": "a", "tags": []}, {"body": "a", "tags": None}) == []


def test_a_long_paragraph_takes_no_long_time() -> None:
    began = time.process_time()
    old = " ".join(f"word{n % 97}" for n in range(40_000))
    list(compare([old], [old.replace("word13", "other")]))
    assert time.process_time() - began < 5
