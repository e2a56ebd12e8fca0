"""Every address of the sample publication with its answer, rendered from posts.toml.

The page prints the day only, glues "By" to the name, gives avatars the alternative text "Avatar photo" and prints the
author's name, biography and latest posts around the article: what the crawler has to see through.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from html import escape
from pathlib import Path

NAME = "The Ellery Courier"
PER_PAGE = 5
IN_FEED = 10
MULTIPAGE = "<!--nextpage-->"
PLAIN = "Most of the Courier is written by three people above a chandler's shop. Letters are answered on Fridays."


@dataclass(frozen=True)
class Answer:
    """What the server sends for one address."""

    body: str
    content_type: str = "text/html; charset=UTF-8"


@dataclass(frozen=True)
class Author:
    """One of the publication's authors."""

    slug: str
    name: str
    bio: str | None


@dataclass(frozen=True)
class Post:
    """One article."""

    slug: str
    title: str
    author: Author
    date: datetime
    category: str
    tags: tuple[str, ...]
    parts: tuple[str, ...]
    image: tuple[str, ...] = ()

    @property
    def path(self) -> str:
        """Its address, or that of its first part."""
        return f"/{self.slug}/"

    @property
    def day(self) -> str:
        """The date as the theme prints it."""
        return f"{self.date:%B} {self.date.day}, {self.date.year}"


def posts() -> list[Post]:
    """The publication's articles, newest first."""
    data = tomllib.loads(Path(__file__).with_name("posts.toml").read_text(encoding="utf-8"))
    authors = {slug: Author(slug, values["name"], values.get("bio")) for slug, values in data["authors"].items()}
    return [_post(values, authors) for values in data["posts"]]


def _post(values: dict[str, object], authors: dict[str, Author]) -> Post:
    return Post(
        slug=str(values["slug"]),
        title=str(values["title"]),
        author=authors[str(values["author"])],
        date=datetime.fromisoformat(str(values["date"])),
        category=str(values["category"]),
        tags=tuple(values["tags"]),  # type: ignore[arg-type]
        parts=tuple(part.strip() for part in str(values["body"]).split(MULTIPAGE)),
        image=tuple(values.get("image", ())),  # type: ignore[arg-type]
    )


def site(base: str) -> dict[str, Answer]:
    """Path → answer of every address; `base` is the origin without a slash at its end."""
    return dict([*_machine_pages(base), *_listings(base), *_articles(base)])


def _articles(base: str) -> Iterator[tuple[str, Answer]]:
    everything = posts()
    for post in everything:
        for number in range(1, len(post.parts) + 1):
            path = post.path if number == 1 else f"{post.path}{number}/"
            yield path, Answer(_page(post.title, _article(post, number, everything), base + path, everything))
    text = f'<article class="page"><h1 class="entry-title">About us</h1><p>{PLAIN}</p></article>'
    yield "/about/", Answer(_page("About us", text, f"{base}/about/", everything))


def _listings(base: str) -> Iterator[tuple[str, Answer]]:
    everything = posts()
    pages = [everything[start : start + PER_PAGE] for start in range(0, len(everything), PER_PAGE)]
    for number, shown in enumerate(pages, 1):
        path = "/" if number == 1 else f"/page/{number}/"
        older = f'<a class="next page-numbers" href="/page/{number + 1}/">Next</a>' if number < len(pages) else ""
        yield path, _listing(NAME, shown, base + path, older)
    for category in sorted({post.category for post in everything}):
        path = f"/category/{category.lower()}/"
        shown = [post for post in everything if post.category == category]
        yield path, _listing(f"Category: {category}", shown, base + path)
    for author in {post.author for post in everything}:
        path = f"/author/{author.slug}/"
        shown = [post for post in everything if post.author == author]
        yield path, _listing(f"Author: {author.name}", shown, base + path)
    for tag in sorted({tag for post in everything for tag in post.tags}):
        shown = [post for post in everything if tag in post.tags]
        yield f"/tag/{tag}/", _listing(f"Tag: {tag}", shown, f"{base}/tag/{tag}/")
    for month in sorted({f"{post.date:%Y/%m}" for post in everything}):
        shown = [post for post in everything if f"{post.date:%Y/%m}" == month]
        yield f"/{month}/", _listing(f"Month: {month}", shown, f"{base}/{month}/")


def _listing(heading: str, shown: list[Post], url: str, older: str = "") -> Answer:
    cards = "".join(
        f'<article class="post"><h4 class="entry-title"><a href="{post.path}">{escape(post.title)}</a></h4>'
        f'<span class="mg-blog-date">{post.day}</span> <a class="auth" href="/author/{post.author.slug}/">'
        f"{escape(post.author.name)}</a><p>{escape(' '.join(_plain(post).split()[:30]))}…</p></article>"
        for post in shown
    )
    nav = f'<nav class="navigation pagination">{older}</nav>'
    return Answer(_page(heading, f'<h1 class="page-title">{escape(heading)}</h1>{cards}{nav}', url, posts()))


def _plain(post: Post) -> str:
    return re.sub(r"^(## |- )", "", post.parts[0], flags=re.MULTILINE)


def _article(post: Post, number: int, everything: list[Post]) -> str:
    author = post.author
    link = f'<a href="/author/{author.slug}/">{escape(author.name)}</a>'
    numbers = range(1, len(post.parts) + 1)
    parts = "".join(
        f'<span class="post-page-numbers current">{n}</span>'
        if n == number
        else f'<a class="post-page-numbers" href="{post.path}{f"{n}/" if n > 1 else ""}">{n}</a>'
        for n in numbers
    )
    return f"""
<div class="mg-header">
<div class="mg-blog-category"><a href="/category/{post.category.lower()}/">{post.category}</a></div>
<h1 class="title single">{escape(post.title)}</h1>
<div class="media mg-info-author-block"><a class="mg-author-pic" href="/author/{author.slug}/">{_avatar(author)}</a>
<div class="media-body"><h4 class="media-heading"><span>By</span>{link}</h4>
<span class="mg-blog-date"><i class="fas fa-clock"></i> {post.day}</span></div></div></div>
{_image(post)}
<article class="small single"><div class="entry-content">
{_blocks(post.parts[number - 1])}
{f'<div class="page-links">Pages: {parts}</div>' if len(post.parts) > 1 else ""}
<div class="sharedaddy"><h3>Share this:</h3><ul><li>Mail</li><li>Print</li></ul></div>
{_author_box(author, everything)}
</div>
<div class="tags-links">{"".join(f'<a rel="tag" href="/tag/{tag}/">{tag}</a>' for tag in post.tags)}</div></article>
<div class="media mg-info-author-block"><a class="mg-author-pic" href="/author/{author.slug}/">{_avatar(author)}</a>
<div class="media-body"><h4 class="media-heading">By {link}</h4><p>{escape(author.bio or "")}</p></div></div>
<div class="mg-featured-slider"><h4>Related Post</h4>{_links([p for p in everything if p != post][:3])}</div>"""


def _avatar(author: Author) -> str:
    return f'<img alt="Avatar photo" src="/wp-content/avatars/{author.slug}.png" class="avatar avatar-96 photo">'


def _image(post: Post) -> str:
    if not post.image:
        return ""
    name, caption, credit = post.image
    return (
        f'<figure class="wp-block-image"><img src="/wp-content/uploads/{name}" alt="{escape(caption)}" width="1200"'
        f' height="800"><figcaption>{escape(caption)}. {escape(credit)}</figcaption></figure>'
    )


def _blocks(text: str) -> str:
    return "\n".join(_block(block) for block in re.split(r"\n\s*\n", text))


def _block(block: str) -> str:
    if block.startswith("## "):
        return f'<h2 class="wp-block-heading">{escape(block[3:])}</h2>'
    if block.startswith("- "):
        items = "".join(f"<li>{escape(line[2:])}</li>" for line in block.splitlines())
        return f'<ul class="wp-block-list">{items}</ul>'
    return f"<p>{escape(block)}</p>"


def _author_box(author: Author, everything: list[Post]) -> str:
    latest = [post for post in everything if post.author == author][:3]
    entries = "".join(
        f'<li><a href="{post.path}">{escape(post.title)}</a><span> - {post.day}</span></li>' for post in latest
    )
    bio = f'<div class="abh_description">{escape(author.bio)}</div>' if author.bio else ""
    name = f'<a href="/author/{author.slug}/">{escape(author.name)}</a>'
    return f"""<div class="abh_box abh_box_down"><ul class="abh_tabs"><li><a href="#about">About</a></li>
<li><a href="#posts">Latest Posts</a></li></ul><div class="abh_tab_content">
<section class="abh_tab abh_about_tab"><div class="abh_image">{_avatar(author)}</div>
<div class="abh_text"><div class="abh_name">{name}</div>{bio}</div></section>
<section class="abh_tab abh_posts_tab"><div class="abh_image">{_avatar(author)}</div>
<div class="abh_text"><div class="abh_name">Latest posts by {escape(author.name)}
<span>(<a href="/author/{author.slug}/">see all</a>)</span></div><ul class="abh_posts">{entries}</ul></div></section>
</div></div>"""


def _links(shown: list[Post]) -> str:
    return "<ul>" + "".join(f'<li><a href="{p.path}">{escape(p.title)}</a></li>' for p in shown) + "</ul>"


def _page(title: str, content: str, url: str, everything: list[Post]) -> str:
    categories = sorted({post.category for post in everything})
    menu = "".join(f'<li><a href="/category/{name.lower()}/">{name}</a></li>' for name in categories)
    months = sorted({f"{post.date:%Y/%m}" for post in everything}, reverse=True)
    archive = "".join(f'<li><a href="/{month}/">{month}</a></li>' for month in months)
    full = title if title == NAME else f"{title} – {NAME}"
    return f"""<!doctype html>
<html lang="en-GB"><head><meta charset="UTF-8"><title>{escape(full)}</title>
<link rel="canonical" href="{url}">
<link rel="alternate" type="application/rss+xml" title="{NAME} » Feed" href="/feed/">
<meta name="generator" content="WordPress 6.8"></head><body>
<header><a class="site-title" href="/">{NAME}</a>
<nav><ul>{menu}<li><a href="/about/">About us</a></li></ul></nav></header>
<main>{content}</main>
<aside><section class="widget widget_recent_entries"><h6>Latest News</h6>{_links(everything[:4])}</section>
<section class="widget widget_archive"><h6>Archives</h6><ul>{archive}</ul></section>
<section class="widget"><h6>Newsletter</h6>
<p>Sign up and have the Courier in your mailbox every Friday.</p></section></aside>
<footer><p>© {NAME}. All rights reserved.</p></footer></body></html>
"""


def _machine_pages(base: str) -> Iterator[tuple[str, Answer]]:
    xml = "application/xml; charset=UTF-8"
    everything = posts()
    yield (
        "/robots.txt",
        Answer(f"User-agent: *\nDisallow: /wp-admin/\n\nSitemap: {base}/wp-sitemap.xml\n", "text/plain"),
    )
    parts = "".join(f"<sitemap><loc>{base}/wp-sitemap-posts-{kind}-1.xml</loc></sitemap>" for kind in ("post", "page"))
    yield "/wp-sitemap.xml", Answer(_sitemap("sitemapindex", parts), xml)
    urls = "".join(
        f"<url><loc>{base}{post.path}</loc><lastmod>{post.date.isoformat()}</lastmod></url>" for post in everything
    )
    yield "/wp-sitemap-posts-post-1.xml", Answer(_sitemap("urlset", urls), xml)
    about = _sitemap("urlset", f"<url><loc>{base}/about/</loc></url>")
    yield "/wp-sitemap-posts-page-1.xml", Answer(about, xml)
    yield "/feed/", Answer(_feed(base, everything[:IN_FEED]), "application/rss+xml; charset=UTF-8")


def _sitemap(root: str, content: str) -> str:
    namespace = "http://www.sitemaps.org/schemas/sitemap/0.9"
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<{root} xmlns="{namespace}">{content}</{root}>\n'


def _feed(base: str, shown: list[Post]) -> str:
    items = "".join(
        f"<item><title>{escape(post.title)}</title><link>{base}{post.path}</link>"
        f"<dc:creator><![CDATA[{post.author.name}]]></dc:creator><pubDate>{format_datetime(post.date)}</pubDate>"
        f"<category><![CDATA[{post.category}]]></category></item>"
        for post in shown
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<channel><title>{NAME}</title><link>{base}/</link>{items}</channel></rss>\n"
    )
