"""How words are counted."""

import pytest

from crawler.words import IDEOGRAM, count_words, extent


@pytest.mark.parametrize(
    ("text", "count"),
    [
        (None, None),
        ("", None),
        ("Two words", 2),
        ("It’s three\n\nwords", 3),
        ("天気がいい", 5),
        ("東京 Tower です", 5),
        ("한국어 텍스트", 2),
    ],
)
def test_words_are_counted_as_each_script_writes_them(text: str | None, count: int | None) -> None:
    assert count_words(text) == count


def test_a_text_in_ideograms_extends_as_far_as_one_in_letters() -> None:
    assert extent("The bridge") == 10
    assert extent("大桥重开 today") == 4 * IDEOGRAM + 6
