"""An article as the page gave it → the same article without boilerplate in its values. Pure and idempotent."""

from __future__ import annotations

from dataclasses import replace

from crawler.items import Article, Author, Image, PostLink
from crawler.pipelines.body import Surroundings, clean_body
from crawler.pipelines.names import clean_byline, clean_name, is_avatar_text
from crawler.pipelines.text import clean_line, clean_text
from crawler.words import count_words

SENTENCE = 6
"""Words from which an alternative text is a sentence."""


def clean_article(article: Article) -> Article:
    """The article with every text cleaned, each author, tag and picture once, and the word count to match.

    Applied again it changes nothing. Values are only shortened or left out, never invented.
    """
    authors = _authors(article.authors)
    byline = clean_byline(article.byline)
    names = frozenset(author.name for author in authors) | ({byline} if byline else frozenset())
    around = Surroundings(clean_line(article.title), names, _bio(article.author_bio, names))
    body = clean_body(article.body, around)
    cleaned = replace(
        article,
        title=around.title,
        subtitle=clean_line(article.subtitle),
        byline=byline,
        authors=authors,
        body=body,
        body_markdown=clean_body(article.body_markdown, around),
        author_bio=around.bio,
        latest_posts=_latest_posts(article.latest_posts),
        section=clean_line(article.section),
        tags=_tags(article.tags),
        images=_images(article.images, authors),
        word_count=count_words(body),
    )
    cleaned.evidence = {
        name: found for name, found in article.evidence.items() if getattr(cleaned, name, True) not in (None, [])
    }
    return cleaned


def _authors(authors: list[Author]) -> list[Author]:
    """Each author once, in order; what only a later mention says is kept."""
    first: dict[tuple[str, str | None], Author] = {}
    for author in authors:
        name = clean_name(author.name)
        if name is None:
            continue
        cleaned = replace(author, name=name, bio=_bio(author.bio, frozenset({name})), role=clean_line(author.role))
        known = first.setdefault((name.casefold(), cleaned.role), cleaned)
        known.url = known.url or cleaned.url
        known.bio = known.bio or cleaned.bio
        known.avatar = known.avatar or cleaned.avatar
    return list(first.values())


def _bio(bio: str | None, names: frozenset[str]) -> str | None:
    """The biography without the avatar's text before it; a biography that only repeats the name is none."""
    blocks = (clean_text(bio) or "").split("\n\n")
    kept = "\n\n".join(block for block in blocks if not is_avatar_text(block.strip(), names))
    return clean_text(kept)


def _latest_posts(posts: list[PostLink]) -> list[PostLink]:
    cleaned = [replace(post, title=title) for post in posts if (title := clean_line(post.title)) and post.url]
    return list({(post.title, post.url): post for post in cleaned}.values())


def _tags(tags: list[str]) -> list[str]:
    first: dict[str, str] = {}
    for tag in tags:
        if cleaned := clean_line(tag):
            first.setdefault(cleaned.casefold(), cleaned)
    return list(first.values())


def _images(images: list[Image], authors: list[Author]) -> list[Image]:
    """The article's pictures, each once; avatars are none of them."""
    names = frozenset(author.name for author in authors)
    avatars = {author.avatar for author in authors if author.avatar}
    first: dict[str, Image] = {}
    for image in images:
        cleaned = replace(
            image, alt=clean_line(image.alt), caption=clean_line(image.caption), credit=clean_line(image.credit)
        )
        is_avatar = is_avatar_text(cleaned.alt, names) or (image.url in avatars and _is_name_like(cleaned.alt))
        is_avatar = is_avatar and not cleaned.caption
        if image.url and not is_avatar:
            first.setdefault(image.url, cleaned)
    return list(first.values())


def _is_name_like(alt: str | None) -> bool:
    """Whether an alternative text may be that of a portrait; a sentence describes a picture of the article."""
    return len((alt or "").split()) < SENTENCE
