"""Publications of shapes that the usual one does not have: each a `Site` whose lists look otherwise."""

from __future__ import annotations

import json
import re
from urllib.parse import parse_qs, urlsplit

from tests.site import Answer, Post, Site, article_page, card, html_page, plain_layout

SIZE = 5
"""Articles on a page of a list."""


class Shape(Site):
    """No feed, no sitemap, nothing at conventional addresses: the front page, and what it leads to."""

    def page(self, path: str) -> Answer:
        """See `Site`."""
        post = next((post for post in self.posts if self.path_of(post) == urlsplit(path).path), None)
        if post:
            return html_page(article_page(post, self, path=self.path_of(post), frame=plain_layout))
        if path == "/":
            return self.front()
        return self.list_page(path) or self.nothing(path)

    def path_of(self, post: Post) -> str:
        """Where an article lies."""
        return post.path

    @property
    def article_urls(self) -> list[str]:
        """See `Site`."""
        return [f"http://{self.host}{self.path_of(post)}" for post in self.posts]

    def front(self) -> Answer:
        """The front page."""
        return self.listing(1)

    def list_page(self, path: str) -> Answer | None:
        """A further list, or None."""
        return None

    def nothing(self, path: str) -> Answer:
        """What is said of an address that does not exist."""
        return Answer(404, {"Content-Type": "text/html"}, b"<!doctype html><title>Not found</title><h1>Not found</h1>")

    def newest(self, number: int, *, size: int = SIZE) -> list[Post]:
        """The posts of the `number`th page."""
        return sorted(self.posts, key=lambda post: -post.number)[(number - 1) * size : number * size]

    def cards(self, posts: list[Post]) -> str:
        """Links to articles, with their headlines."""
        return "".join(card(post, self.path_of(post)) for post in posts)

    def listing(self, number: int) -> Answer:
        """A page of the list of all articles."""
        return html_page(plain_layout("The Daily Example", f"<main>{self.cards(self.newest(number))}</main>"))


class Numbered(Shape):
    """Pages behind numbers alone, without rel=next: 1 2 3 … last."""

    def listing(self, number: int) -> Answer:
        last = -(-len(self.posts) // SIZE)
        near = [n for n in (number + 1, number + 2) if n <= last]
        pager = "".join(f'<a href="/?page={n}">{n}</a> ' for n in near)
        return html_page(
            plain_layout("The Daily Example", f"<main>{self.cards(self.newest(number))}<div>{pager}</div></main>")
        )

    def list_page(self, path: str) -> Answer | None:
        found = re.fullmatch(r"/\?page=(\d+)", path)
        return self.listing(int(found[1])) if found else None


class LoadMore(Shape):
    """A button that loads the next page as JSON."""

    def listing(self, number: int) -> Answer:
        button = '<button class="load-more" data-url="/api/articles?page=2">Load more</button>'
        return html_page(plain_layout("The Daily Example", f"<main>{self.cards(self.newest(1))}{button}</main>"))

    def list_page(self, path: str) -> Answer | None:
        address = urlsplit(path)
        if address.path != "/api/articles":
            return None
        number = int(parse_qs(address.query)["page"][0])
        rows = [{"title": post.title, "url": self.path_of(post)} for post in self.newest(number)]
        following = f"/api/articles?page={number + 1}" if self.newest(number + 1) else None
        return Answer(
            200, {"Content-Type": "application/json"}, json.dumps({"items": rows, "next": following}).encode()
        )


class DatedArchives(Shape):
    """Articles that only the archives of their days name, found through years and months."""

    def front(self) -> Answer:
        return html_page(
            plain_layout("The Daily Example", f'<main>{self.cards(self.newest(1))}<a href="/2024/">2024</a></main>')
        )

    def list_page(self, path: str) -> Answer | None:
        found = re.fullmatch(r"/2024/(?:(\d\d)/)?(?:(\d\d)/)?", path)
        if not found:
            return None
        days = sorted({post.day for post in self.posts})
        month, day = found[1], found[2]
        if day:
            posts = [post for post in self.posts if post.day == f"2024-{month}-{day}"]
            return html_page(plain_layout(f"2024-{month}-{day}", f"<main>{self.cards(posts)}</main>"))
        below = dict.fromkeys(f"/2024/{each[5:7]}/" + (f"{each[8:]}/" if month else "") for each in days)
        links = "".join(f'<li><a href="{url}">{url.strip("/").rpartition("/")[2]}</a></li>' for url in below)
        return html_page(plain_layout("Archive", f"<main><ul>{links}</ul></main>"))


class DeepSections(Shape):
    """Sections at deep paths, which the menu of each section names below itself; links are relative, with <base>."""

    PATHS = ("news/", "news/europe/", "news/europe/north/", "news/europe/north/coast/")

    def path_of(self, post: Post) -> str:
        return f"/{self.PATHS[post.number % 4]}{post.path.split('/')[2]}"

    def front(self) -> Answer:
        return self._section("")

    def list_page(self, path: str) -> Answer | None:
        return self._section(path.strip("/") + "/") if path.strip("/") + "/" in self.PATHS else None

    def _section(self, path: str) -> Answer:
        posts = [post for post in self.posts if self.path_of(post).rpartition("/")[0][1:] + "/" == path]
        cards = "".join(card(post, self.path_of(post)[1:]) for post in posts)
        below = [each for each in self.PATHS if each.startswith(path) and each.count("/") == path.count("/") + 1]
        menu = "".join(f'<a href="{each}">{each.split("/")[-2].title()}</a>' for each in below)
        body = f"<nav>{menu}</nav><main><h1>Section</h1>{cards}</main>"
        return html_page(plain_layout("Section", body, f'<base href="http://{self.host}/">'))


class SoftErrors(Numbered):
    """Whatever does not exist is answered with status 200 and a friendly page that links the newest articles."""

    def nothing(self, path: str) -> Answer:
        excuse = f"<h1>Oops! We could not find {path}</h1><p>Perhaps you like these.</p>"
        return html_page(plain_layout("Page not found", f"<main>{excuse}{self.cards(self.newest(1))}</main>"))


class PagedFeed(Shape):
    """A feed of excerpts with further pages behind `?paged=2`, and a front page that names three articles."""

    def front(self) -> Answer:
        head = '<link rel="alternate" type="application/rss+xml" href="/feed/">'
        return html_page(plain_layout("The Daily Example", f"<main>{self.cards(self.newest(1)[:3])}</main>", head))

    def list_page(self, path: str) -> Answer | None:
        found = re.fullmatch(r"/feed/(?:\?paged=(\d+))?", path)
        posts = self.newest(int(found[1] or 1)) if found else []
        if not posts:
            return None
        items = "".join(
            f"<item><title>{post.title}</title><link>{self.url[:-1]}{self.path_of(post)}</link>"
            f"<description>{post.paragraphs[0][:60]} […]</description></item>"
            for post in posts
        )
        generator = "<generator>https://wordpress.org/?v=6.5</generator>"
        rss = f'<?xml version="1.0"?><rss version="2.0"><channel><title>D</title>{generator}{items}</channel></rss>'
        return Answer(200, {"Content-Type": "application/rss+xml"}, rss.encode())


class WrongSitemap(Numbered):
    """A sitemap with two thousand tag pages before the articles, and lastmod of the future, or none that is a date."""

    TAGS = 2000

    def list_page(self, path: str) -> Answer | None:
        if path == "/robots.txt":
            return Answer(200, {"Content-Type": "text/plain"}, f"Sitemap: {self.url}sitemap.xml\n".encode())
        if path.startswith("/tag/"):
            return html_page(plain_layout("Tag", f"<main><h1>Tag</h1>{self.cards(self.newest(1))}</main>"))
        if path != "/sitemap.xml":
            return super().list_page(path)
        tags = "".join(f"<url><loc>{self.url}tag/t{n}/</loc></url>" for n in range(self.TAGS))
        wrong = ("2124-01-01T00:00:00Z", "yesterday", "0000-00-00")
        rows = "".join(
            f"<url><loc>{url}</loc><lastmod>{wrong[n % 3]}</lastmod></url>" for n, url in enumerate(self.article_urls)
        )
        body = f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{tags}{rows}</urlset>'
        return Answer(200, {"Content-Type": "application/xml"}, body.encode())


class Elsewhere(Numbered):
    """Every article names a canonical address on another host, as syndicated pages do."""

    def page(self, path: str) -> Answer:
        answer = super().page(path)
        answer.body = answer.body.replace(
            f'rel="canonical" href="http://{self.host}/'.encode(), b'rel="canonical" href="https://elsewhere.example/'
        )
        return answer


class Facets(Numbered):
    """A list that can be sorted and filtered in endless combinations."""

    def list_page(self, path: str) -> Answer | None:
        found = super().list_page(path)
        if found or not path.startswith("/?"):
            return found
        answer = self.listing(1)
        answer.body = answer.body.replace(b"</main>", _facets(path).encode() + b"</main>")
        return answer

    def front(self) -> Answer:
        answer = super().front()
        answer.body = answer.body.replace(b"</main>", _facets("/").encode() + b"</main>")
        return answer


def _facets(path: str) -> str:
    joint = "&" if "?" in path else "?"
    names = ("hue", "mood", "length", "desk", "place")
    return "".join(f'<a href="{path}{joint}{name}={value}">{value}</a>' for name in names for value in ("a", "b"))


class TwoPages(Numbered):
    """Every article has a second page, named by <link rel=next> alone."""

    end = "at the harbour and on time"

    def page(self, path: str) -> Answer:
        first, _, number = path.rstrip("/").rpartition("/")
        if number == "2" and (post := next((p for p in self.posts if p.path == first + "/"), None)):
            text = f"<p>The second page of {post.title} tells how it all ended, {self.end}.</p>"
            return html_page(plain_layout(post.title, f"<main><article><h1>{post.title}</h1>{text}</article></main>"))
        answer = super().page(path)
        if path.startswith("/2024/"):
            answer.body = answer.body.replace(b"</head>", f'<link rel="next" href="{path}2/"></head>'.encode())
        return answer


class SentOn(Numbered):
    """The front page is a page that sends its readers on, without a status that says so."""

    def front(self) -> Answer:
        return html_page('<title>The Daily Example</title><meta http-equiv="refresh" content="0; url=/home">')

    def list_page(self, path: str) -> Answer | None:
        return self.listing(1) if path == "/home" else super().list_page(path)


class Journal(Shape):
    """A front page of one link, in words like a headline's, to a list whose pages are named by milliseconds."""

    def front(self) -> Answer:
        head = (
            '<main><h1>Welcome</h1><p>We write about harbours. <a href="/journal">Read our whole journal</a></p></main>'
        )
        return html_page(plain_layout("The Daily Example", head))

    def list_page(self, path: str) -> Answer | None:
        found = re.fullmatch(r"/journal(?:\?offset=(\d+))?", path)
        if not found:
            return None
        before = int(found[1] or 10**15)
        older = [post for post in self.newest(1, size=10**6) if post.published * 1000 < before]
        link = f'<a href="/journal?offset={int(older[SIZE - 1].published * 1000)}">Older</a>' if older[SIZE:] else ""
        return html_page(plain_layout("Journal", f"<main><h1>Journal</h1>{self.cards(older[:SIZE])}{link}</main>"))


class Pinned(Numbered):
    """Every page of the list begins with the same article."""

    def cards(self, posts: list[Post]) -> str:
        return super().cards([self.posts[0], *posts])


class Almanac(Numbered):
    """A script that draws leaf after leaf without end, each of which names nothing but the next ones."""

    def list_page(self, path: str) -> Answer | None:
        found = re.fullmatch(r"/almanac\.asp\?leaf=(\d+)", path)
        if not found:
            return super().list_page(path)
        leaves = range(int(found[1]) + 1, int(found[1]) + 11)
        links = "".join(f'<li><a href="/almanac.asp?leaf={leaf}">Leaf {leaf}</a></li>' for leaf in leaves)
        return html_page(plain_layout("Almanac", f"<main><h1>Almanac</h1><ul>{links}</ul></main>"))

    def front(self) -> Answer:
        answer = super().front()
        answer.body = answer.body.replace(b"</main>", b'<a href="/almanac.asp?leaf=1">Today in our almanac</a></main>')
        return answer


class Oracle(Almanac):
    """An almanac whose leaves look like articles, each with the same text and a link to the next one."""

    def list_page(self, path: str) -> Answer | None:
        found = re.fullmatch(r"/almanac\.asp\?leaf=(\d+)", path)
        if not found:
            return super().list_page(path)
        text = "<p>The leaf of the day says what the leaf of the day before it said, and the next one will.</p>" * 9
        head = f'<h1>The leaf of day {found[1]}</h1><time datetime="2024-05-03">May 3, 2024</time>'
        following = f'<a href="/almanac.asp?leaf={int(found[1]) + 1}">What the next leaf of our almanac says</a>'
        return html_page(plain_layout(f"The leaf of day {found[1]}", f"<article>{head}{text}</article>{following}"))


class Application(Shape):
    """Pages that an application draws: three cards of a list, the others in the JSON beside them alone."""

    def listing(self, number: int) -> Answer:
        posts = self.newest(number)
        rows = [{"title": post.title, "path": self.path_of(post), "publishedAt": post.day} for post in posts]
        following = f"/?page={number + 1}" if self.newest(number + 1) else None
        menu = [
            {"title": "About us", "url": "/about-us"},
            {"title": "Elsewhere", "url": "https://elsewhere.example/x-y-z"},
        ]
        data = json.dumps({"props": {"articles": rows, "nextPage": following, "menu": menu}})
        script = f'<script id="__NEXT_DATA__" type="application/json">{data}</script>'
        return html_page(plain_layout("The Daily Example", f"<main>{self.cards(posts[:3])}</main>{script}"))

    def list_page(self, path: str) -> Answer | None:
        found = re.fullmatch(r"/\?page=(\d+)", path)
        return self.listing(int(found[1])) if found else None


class Shared(Numbered):
    """Every article has links to share it, each at an address of its own that carries the article's."""

    def page(self, path: str) -> Answer:
        answer = super().page(path)
        url = f"{self.url[:-1]}{path}"
        links = f'<a href="/share?url={url}">Share it</a><a href="/login?next={path}">Log in</a>'
        answer.body = answer.body.replace(b"</article>", f"{links}</article>".encode())
        return answer
