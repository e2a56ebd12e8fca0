"""Titles of boxes about whoever wrote the article, and of the lists of an author's posts."""

from __future__ import annotations

import re

TITLES = frozenset(
    (
        *("about the author", "about the authors", "about the writer", "the author", "author bio", "meet the author"),
        *("über den autor", "über die autorin", "zur person", "zum autor", "zur autorin", "der autor", "die autorin"),
        *("à propos de l'auteur", "à propos de l'autrice", "l'auteur", "l'autrice", "qui suis-je"),
        *("sobre el autor", "sobre la autora", "acerca del autor", "acerca de la autora", "el autor", "la autora"),
        *("sobre o autor", "sobre a autora", "o autor", "a autora", "l'autore", "l'autrice", "sull'autore"),
        *("over de auteur", "om forfatteren", "om författaren", "om skribenten", "kirjoittajasta"),
        *("o autorze", "o autorce", "o autorovi", "o autorce článku", "a szerzőről", "despre autor", "за автора"),
        *("об авторе", "об авторах", "про автора", "yazar hakkında", "tentang penulis", "về tác giả"),
        *("عن الكاتب", "عن الكاتبة", "نبذة عن الكاتب", "نبذة عن الكاتبة", "درباره نویسنده", "על הכותב", "על הכותבת"),
        *("लेखक के बारे में", "लेखिका के बारे में", "লেখক পরিচিতি", "เกี่ยวกับผู้เขียน", "о аутору", "o autoru"),
        *("この記事を書いた人", "この記事を書いたライター", "この記事を書いた記者", "この記事の著者", "この記事の筆者"),
        *("この記事のライター", "著者について", "著者プロフィール", "執筆者", "ライター紹介"),
        *("作者简介", "作者介绍", "关于作者", "作者簡介", "關於作者", "글쓴이", "작성자 소개", "저자 소개"),
    )
)
"""Titles of boxes about whoever wrote the article, in the languages of the corpora and a few more."""

_ANY = "|".join(sorted(map(re.escape, TITLES), key=len, reverse=True))
_BEGINNING = re.compile(rf"(?:{_ANY})\s+", re.IGNORECASE)
_LABEL = re.compile(rf"(?:{_ANY}|bio(?:graphy)?|biografie|biographie)\s*[:：–—]\s*", re.IGNORECASE)
"""Such a title before its text, on one line: "About the author: Jane Doe has …"."""

_LATEST = re.compile(
    r"(?:latest|recent|newest|more|other|last) (?:\w+ )?(?:posts?|articles?|stories|entries|columns?|work)|"
    r"(?:posts?|articles?|stories|more|latest|entries|also) (?:by|from|of)\b|"
    r"(?:letzte|neueste|weitere|aktuelle|alle) (?:beiträge|artikel|texte)|mehr von|"
    r"(?:derniers|autres|plus d') ?articles|articles de|plus de|"
    r"(?:últim[oa]s|más|otr[oa]s) (?:entradas|artículos|publicaciones|posts|textos|notas)|más de|"
    r"(?:últimos|mais|outros) (?:artigos|textos|posts)|mais de|"
    r"(?:ultimi|altri) (?:articoli|post)|articoli di|laatste (?:berichten|artikelen)|meer van|"
    r"(?:ostatnie|inne|najnowsze) (?:teksty|artykuły|wpisy)|(?:fler|flere|siste|senaste) (?:artiklar|artikler|saker)|"
    r"(?:последние|другие|новые|ещё) (?:записи|статьи|материалы|тексты)|(?:son|diğer) yazıları|(?:інші|останні) статті|"
    r"(?:المزيد|مقالات|أحدث|آخر)|(?:最近|最新|その他|他)の(?:投稿|記事)|の最新記事|"
    r"(?:最新|其他|更多)(?:記事|文章)|(?:최신|최근|다른) ?(?:기사|글)",
    re.IGNORECASE,
)
"""What titles of lists of posts say, mostly beside the author's name."""

LONGEST_UNMARKED = 60
"""Characters of a title of a list of posts that stands in no heading."""


def is_author_title(text: str) -> bool:
    """Whether a text is a title such as "About the author", and nothing else."""
    return " ".join(text.replace("’", "'").casefold().split()).strip(" :：.") in TITLES


def without_author_title(text: str) -> str:
    """A text without the title before it, where both stand on one line."""
    label = _LABEL.match(text.replace("’", "'"))
    return text[label.end() :] if label else text


def behind_author_title(text: str) -> str:
    """What follows such a title at the start of a text, with nothing between them; empty where none does."""
    beginning = _BEGINNING.match(text.replace("’", "'"))
    return text[beginning.end() :] if beginning else ""


def speaks_of_posts(title: str) -> bool:
    """Whether a title says that posts follow: "Latest posts by …", "Mehr von …"."""
    return _LATEST.search(title) is not None


def is_list_title(text: str, *, is_heading: bool) -> bool:
    """Whether a line of a box is the title of a list of posts; elsewhere than in a heading it says nothing before."""
    if is_heading:
        return speaks_of_posts(text)
    return len(text) <= LONGEST_UNMARKED and text[-1:] != "." and _LATEST.match(text) is not None
