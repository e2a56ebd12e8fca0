"""Faults of documents: what no parser should choke on, and no item should carry on."""

# ruff: noqa: E501 - a row of a table is read on one line

from __future__ import annotations

import gzip
import itertools
import json
from collections.abc import Callable

from tests.faults.network import endless, plain, to
from tests.faults.server import Reply, article, front, http
from tests.faults.table import Fault, Item, is_cut, sends

ACCOUNTS = "root:x:0:0"
"""What a file of this machine has in it, and no item may have."""


def page(extra: str = "", *, head: str = "", title: str = "The ferry that nobody expected") -> Reply:
    return sends(http(article(title, extra, head)))


def body(content: bytes, kind: str = "text/html; charset=utf-8") -> Reply:
    return sends(http(content, kind=kind))


def ld(script: str) -> Reply:
    return page(head=f'<script type="application/ld+json">{script}</script>')


def is_sound(item: Item) -> bool:
    return "Passenger 5" in item["body"] and item["title"].startswith("The ferry")


def is_doubtful(item: Item) -> bool:
    return item["encoding_doubtful"] is True


def has_no_controls(item: Item) -> bool:
    text = json.dumps(item, ensure_ascii=False)
    return not any(character in text for character in "\x00\x1b\u202e\u2066\x9b\x85\u2028")


def names_author_only(item: Item) -> bool:
    return [author["name"] for author in item["authors"]] == ["Ada Brandt"]


def is_dated(item: Item) -> bool:
    return is_sound(item) and str(item["date"]).startswith("2024-05-07")


def names_web_addresses_only(item: Item) -> bool:
    addresses = [
        item["canonical_url"],
        *(author["url"] for author in item["authors"]),
        *(author["avatar"] for author in item["authors"]),
    ]
    addresses += [*(image["url"] for image in item["images"]), *(post["url"] for post in item["latest_posts"])]
    return is_sound(item) and all(address.startswith(("http://", "https://")) for address in addresses if address)


DANGEROUS = (
    '<link rel="canonical" href="file:///etc/passwd"><meta property="og:url" content="javascript:alert(1)">'
    '<meta property="og:image" content="file:///etc/passwd"><meta name="twitter:image" content="data:image/png;base64,AAAA">'
    '<script type="application/ld+json">{"@type":"NewsArticle","headline":"The ferry that nobody expected","image":"ftp://x/y",'
    '"url":"javascript:1","author":{"@type":"Person","name":"Ada Brandt","url":"data:text/html,x","image":"file:///a"}}</script>'
)
SMITH = '"@type":"NewsArticle","headline":"The ferry that nobody expected"'
PERSONS = [f'{{"@type":"Person","name":"Eve Brandt{n}"}}' for n in range(10_000)]
DEEP = '{"@type":"NewsArticle","a":' * 5000 + "1" + "}" * 5000

DOCUMENTS = (
    Fault("is a PDF", body(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n" + b"<p>words</p>" * 500), "rejected"),
    Fault("is a picture", body(b"\x89PNG\r\n\x1a\n" + bytes(5000)), "rejected"),
    Fault("is a ZIP file", body(b"PK\x03\x04" + bytes(range(256)) * 20), "rejected"),
    Fault("is noise", body(bytes((n * n * 7919) % 251 for n in range(20_000))), "rejected"),
    Fault("is empty", body(b""), "rejected"),
    Fault("is white space", body(b" \n" * 9000), "rejected"),
    Fault("is an error of PHP", body(b"<br />\n<b>Fatal error</b>:  Uncaught Error in /srv/www/index.php:3"), "rejected"),
    Fault("is a challenge", body(b"<!DOCTYPE html><html><head><title>Just a moment...</title></head><body>Checking</body></html>"), "rejected"),
    Fault("is JSON", body(b'{"title": "The ferry"}'), "rejected"),
    Fault("is nested 200,000 deep", body(article().replace("<main>", "<div>" * 200_000 + "<main>").encode()), "rejected"),
    Fault("is nested 200,000 deep in the body", page("<b>" * 200_000), "new", item=is_cut),
    Fault("is nested 1,000 deep", page("<div>" * 1000 + "<p>The end of the story of the ferry.</p>"), "new", item=is_sound),
    Fault("has a line of 10 MB", page("<p>" + "word " * 2_000_000 + "</p>"), "new", item=is_cut),
    Fault("has an attribute of 10 MB", page(f'<p title="{"x" * 10_000_000}">The end of the story.</p>'), "new", item=is_sound),
    Fault("has a million elements", page("<i></i>" * 1_000_000), "new", item=is_cut),
    Fault("has 100,000 links", page("".join(f'<a href="/2024/05/story-{n}/">s</a>' for n in range(100_000))), "new"),
    Fault("has 50,000 attributes", page("<p " + " ".join(f'a{n}="1"' for n in range(50_000)) + ">x</p>"), "new", item=is_sound),
    Fault("never ends a comment", page("<!-- never ends"), "new", item=is_sound),
    Fault("never ends a script", page("<script>var a = '<p>"), "new", item=is_sound),
    Fault("has a title of 1 MB", page(title="The ferry " + "x" * 1_000_000), "new", item=is_cut),
    Fault("names dangerous addresses", page('<img src="javascript:1"><img src="file:///etc/passwd"><a href="vbscript:x">x</a>', head=DANGEROUS), "new",
          item=names_web_addresses_only),
    Fault("has a base of its own", page('<img src="a.png" width="800" height="600">', head='<base href="javascript:alert(1)//">'), "new", item=names_web_addresses_only),
    Fault("has a base that is none", page(head='<base href="http://[">'), "new", item=is_sound),
    Fault("refreshes to a private address", page(head='<meta http-equiv="refresh" content="0; url=http://10.0.0.1/">'), "new", item=is_sound),
    Fault("declares XML entities", body(b'<?xml version="1.0"?><!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
          + article(extra="<p>&x; and more words about the ferry.</p>").encode()), "new", item=lambda item: ACCOUNTS not in json.dumps(item)),
    Fault("has 5 MB of attributes", page("".join(f'<p data-a{n}="{"x" * 90}">x</p>' for n in range(50_000))), "new", item=is_sound),
    Fault("has pictures in its addresses", page(f'<img width="800" height="600" src="data:image/png;base64,{"A" * 2_000_000}">' * 3), "new", item=names_web_addresses_only),
    Fault("has a canonical address of a file", page(head='<link rel="canonical" href="file:///etc/passwd">'), "new", item=names_web_addresses_only),
    Fault("has a canonical address of 1 MB", page(head=f'<link rel="canonical" href="https://example.org/{"a" * 1_000_000}">'), "new", item=lambda item: len(json.dumps(item)) < 50_000),
    Fault("has a canonical address with a password", page(head='<link rel="canonical" href="https://ada:secret@example.org/x/">'), "new", item=lambda item: "secret" not in json.dumps(item)),
    Fault("is a thousand documents", body(article().encode() * 1000), "new", item=lambda item: item["title"].startswith("The ferry")),
    Fault("never ends plain text", page("<plaintext>" + "</p>" * 1000), "new", item=is_sound),
    Fault("hides in a template", page('<template><p>secret</p></template><iframe srcdoc="<script>1</script><p>framed</p>"></iframe><noscript><img src=x></noscript>'), "new",
          item=lambda item: is_sound(item) and "framed" not in item["body"]),
    Fault("has numbers without end", page("<p>&#" + "9" * 1_000_000 + "; of the ferry</p>"), "new", item=is_sound),
    Fault("has 10,000 authors", page(head="".join(f'<meta name="author" content="Eve {n}">' for n in range(10_000))), "new", item=lambda item: len(item["authors"]) <= 50),
    Fault("has 10,000 tags", page(head="".join(f'<meta property="article:tag" content="tag {n}">' for n in range(10_000))), "new", item=lambda item: len(item["tags"]) <= 500),
)  # fmt: skip

TEXT = (
    Fault("has NUL bytes", page("<p>before\0after the ferry</p>"), "new", item=lambda item: is_doubtful(item) and has_no_controls(item)),
    Fault("has overlong bytes", body(article().encode().replace(b"Passenger 5", b"\xc0\xaf Passenger 5")), "new", item=is_doubtful),
    Fault("has encoded surrogates", body(article().encode().replace(b"Passenger 5", b"\xed\xa0\x80 Passenger 5")), "new", item=is_doubtful),
    Fault("is UTF-16 without saying so", body(article().replace('<meta charset="utf-8">', "").encode("utf-16-le"), "text/html"), "new", item=is_sound),
    Fault("is windows-1250 and says latin-1", body(article(extra="<p>Příliš žluťoučký kůň úpěl ďábelské ódy, řekl ředitel.</p>" * 5)
          .replace('<meta charset="utf-8">', "").encode("cp1250"), "text/html; charset=iso-8859-1"), "new", item=is_doubtful),
    Fault("is UTF-8 and says latin-1", body(article(extra="<p>Grüße aus Österreich, schön war’s.</p>").encode(), "text/html; charset=iso-8859-1"), "new",
          item=lambda item: "Österreich" in item["body"] and is_doubtful(item)),
    Fault("says an encoding that is none", body(article().encode(), "text/html; charset=klingon"), "new", item=is_sound),
    Fault("has control characters", page("<p>It said \x1b[31m\u202eevil\u2066 \x07\x9b \x85and \u2028more about it.</p>"), "new", item=has_no_controls),
    Fault("is UTF-16 and breaks off within a character", body(b"\xff\xfe" + article().encode("utf-16-le") + b"\x3d\xd8\x00"), "new", item=is_doubtful),
    Fault("has directions in its names", body(article().replace("Ada Brandt", "Ada \u202eBrandt\u2066").encode()), "new", item=lambda item: names_author_only(item) and has_no_controls(item)),
    Fault("has accents without end", page("<p>e" + "\u0301" * 200_000 + " of the ferry</p>"), "new", item=is_sound),
    Fault("has a formula for a title", page(title="=HYPERLINK(&quot;http://x&quot;)"), "new"),
)  # fmt: skip

JSON_LD = (
    Fault("has JSON-LD of 50 MB", ld('{"@type":"NewsArticle","articleBody":"' + "x" * 50_000_000 + '"}'), "rejected", reason="bytes"),
    Fault("has JSON-LD of 10 MB", ld('{"@type":"NewsArticle","articleBody":"' + "x" * 10_000_000 + '"}'), "new", item=is_sound),
    Fault("has JSON-LD 5,000 deep", ld(DEEP), "new", item=is_sound),
    Fault("has brackets without end", ld("[" * 400_000), "new", item=is_sound),
    Fault("has NaN in JSON-LD", ld(f'{{{SMITH},"wordCount":NaN,"author":{{"@type":"Person","name":"Eve Wrong"}}}}'), "new", item=names_author_only),
    Fault("has surrogates in JSON-LD", ld(f'{{{SMITH},"description":"\\ud800 alone"}}'), "new", item=is_sound),
    Fault("has the wrong types in JSON-LD", ld('{"@type":["NewsArticle",5],"headline":["a",{}],"author":[5,null,[[]]],"datePublished":{"a":1},'
          '"image":7,"publisher":"x"}'), "new", item=is_sound),
    Fault("has a date that is none in JSON-LD", ld(f'{{{SMITH},"datePublished":"99999-99-99T99:99:99Z"}}'), "new", item=is_sound),
    Fault("has 100,000 nested arrays", ld("[" * 100_000 + "]" * 100_000), "new", item=is_sound),
    Fault("has 10,000 authors in JSON-LD", ld(f'{{{SMITH},"author":[{",".join(PERSONS)}]}}'), "new", item=lambda item: len(item["authors"]) <= 50),
    Fault("has a number that is none in JSON-LD", ld(f'{{{SMITH},"wordCount":1e999999,"position":{"9" * 100_000}}}'), "new", item=is_sound),
    Fault("has a date of the year 0", ld(f'{{{SMITH},"datePublished":"0000-00-00","dateModified":"99999-12-31T00:00:00+99:99"}}'), "new",
          item=lambda item: item["date"].startswith("2024") and not item["date_modified"]),
    Fault("has surrogates in names", ld(f'{{{SMITH},"author":{{"@type":"Person","name":"Ada \\ud83d Brandt\\udc00"}}}}'), "new", item=has_no_controls),
    Fault("refers to itself in JSON-LD", ld(f'{{{SMITH},"@id":"#a","author":{{"@id":"#b"}},"isPartOf":{{"@id":"#a"}}}},{{"@id":"#b","author":{{"@id":"#a"}}}}'), "new", item=is_sound),
    Fault("has 100,000 nodes", ld('{"@graph":[' + ",".join(['{"@type":"Person","name":"N"}'] * 100_000) + "]}"), "new", item=is_sound),
)  # fmt: skip

BILLION = (
    b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "lollollol">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9))
    + b"]><urlset><url><loc>&j;</loc></url></urlset>"
)
QUADRATIC = (
    b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "'
    + b"x" * 100_000
    + b'">]><urlset><url><loc>'
    + b"&a;" * 50_000
    + b"</loc></url></urlset>"
)
EXTERNAL = (
    b'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss version="2.0"><channel><title>&x;</title>'
    b"<item><title>&x;</title><link>{url}/2024/05/the-ferry-that-nobody-expected/</link></item></channel></rss>"
)
URLSET = b'<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">%s</urlset>'


def xml(content: bytes) -> Reply:
    def pieces(url: str) -> list[bytes]:
        return [http(content.replace(b"{url}", url.encode()), kind="application/xml")]

    return Reply(pieces)


def locations(*urls: str) -> Reply:
    return xml(URLSET % b"".join(f"<url><loc>{url}</loc></url>".encode() for url in urls))


def endless_index() -> Reply:
    """An index of sitemaps that names two new ones, whoever asks."""
    numbers = itertools.count()

    def pieces(url: str) -> list[bytes]:
        names = "".join(f"<sitemap><loc>{url}/fault/{next(numbers)}.xml</loc></sitemap>" for _ in range(2))
        return [http(f"<sitemapindex>{names}</sitemapindex>", kind="application/xml")]

    return Reply(pieces)


def endless_pages(kind: str, page: Callable[[str], str]) -> Reply:
    """A list that always names a next page."""
    numbers = itertools.count()
    return Reply(lambda url: [http(page(f"{url}/fault/{next(numbers)}/").replace("{url}", url), kind=kind)])


def older(address: str) -> str:
    return front().replace("</main>", f'<a rel="next" href="{address}">Older posts</a></main>')


def atom(address: str) -> str:
    return f'<feed xmlns="http://www.w3.org/2005/Atom"><link rel="next" href="{address}"/><entry><title>A</title><link href="/a"/></entry></feed>'


def rss(item: str, before: str = "") -> Reply:
    return xml(
        f'<?xml version="1.0"?>{before}<rss version="2.0"><channel><title>F</title><item>{item}</item></channel></rss>'.encode()
    )


LAUGHS = BILLION[21:].split(b"<urlset>", maxsplit=1)[0].decode()
FERRY = "<link>{url}/2024/05/the-ferry-that-nobody-expected/</link>"

SOURCES = (
    Fault("sitemap: a million entries of nowhere", Reply(lambda _: [http(URLSET % b"".join(b"<url><loc>http://a.example/%d</loc></url>" % n for n in range(1_000_000)), kind="application/xml")]), "new", place="sitemap"),
    Fault("sitemap: an index without end", endless_index(), "new", place="sitemap"),
    Fault("sitemap: dates that are none", xml(URLSET % b"<url><loc>{url}/2024/05/the-ferry-that-nobody-expected/</loc><lastmod>99999-99-99</lastmod></url>"), "new", place="sitemap"),
    Fault("feed: a billion laughs", rss(FERRY + "<title>&j;</title>", LAUGHS), "new", place="feed"),
    Fault("feed: dates that are none", rss(FERRY + "<pubDate>Mon, 00 Foo 0000 99:99:99 +9999</pubDate>"), "new", place="feed", item=is_dated),
    Fault("feed: a date of the year 99999", rss(FERRY + "<pubDate>99999-12-31T00:00:00Z</pubDate>"), "new", place="feed", item=is_dated),
    Fault("feed: files and scripts", rss("<link>file:///etc/passwd</link><guid>javascript:1</guid><enclosure url='data:text/html,x'/>"), "new", place="feed"),
    Fault("feed: a title of 10 MB", rss(FERRY + "<title>" + "The ferry " * 1_000_000 + "</title>"), "new", place="feed", item=is_sound),
    Fault("feed: pages without end", endless_pages("application/atom+xml", atom), "new", place="feed"),
    Fault("feed: JSON nested 100,000 deep", body(b'{"version":"https://jsonfeed.org/version/1.1","items":' + b"[" * 100_000, "application/feed+json"), "new", place="feed"),
    Fault("robots: is HTML", body(article().encode(), "text/html"), "new", place="robots"),
    Fault("robots: a delay without end", body(b"User-agent: *\nCrawl-delay: 1e308\n", "text/plain"), "", place="robots", verdict="blocked"),
    Fault("robots: a delay that is no number", body(b"User-agent: *\nCrawl-delay: nan\nCrawl-delay: -5\n", "text/plain"), "new", place="robots"),
    Fault("robots: sitemaps of files", body(b"User-agent: *\nSitemap: file:///etc/passwd\nSitemap: http://169.254.169.254/\nSitemap: ftp://127.0.0.1/\n", "text/plain"), "new", place="robots"),
    Fault("front page: pages without end", endless_pages("text/html", older), "new", place="front"),
    Fault("front page: redirects to a private address", to("http://10.0.0.1/"), "", place="front", verdict="nothing_extracted"),
    Fault("front page: redirects to itself", to("{url}/"), "", place="front", verdict="site_down"),
    Fault("sitemap: a billion laughs", xml(BILLION), "new", place="sitemap"),
    Fault("sitemap: quadratic entities", xml(QUADRATIC), "new", place="sitemap"),
    Fault("sitemap: an external entity", xml(EXTERNAL), "new", place="sitemap"),
    Fault("sitemap: files and private addresses", locations("file:///etc/passwd", "http://169.254.169.254/a", "ftp://127.0.0.1/", "javascript:1", "/\0"), "new", place="sitemap"),
    Fault("sitemap: of itself", xml(b"<sitemapindex><sitemap><loc>{url}/sitemap.xml</loc></sitemap></sitemapindex>"), "new", place="sitemap"),
    Fault("sitemap: a bomb", body(gzip.compress(bytes(300 << 20), 9), "application/gzip"), "new", place="sitemap"),
    Fault("sitemap: breaks off", xml(URLSET[:60] + b"<url><loc>{url}/2024"), "new", place="sitemap"),
    Fault("sitemap: HTML", body(article().encode()), "new", place="sitemap"),
    Fault("sitemap: 150,000 entries of nowhere", locations(*(f"http://example.org/{n}" for n in range(150_000))), "new", place="sitemap"),
    Fault("feed: an external entity", xml(EXTERNAL), "new", place="feed", item=lambda item: ACCOUNTS not in json.dumps(item)),
    Fault("feed: noise", body(bytes(range(256)) * 100, "application/rss+xml"), "new", place="feed"),
    Fault("feed: nested 100,000 deep", xml(b"<rss>" + b"<a>" * 100_000), "new", place="feed"),
    Fault("robots: redirects to a private address", to("http://10.0.0.1/robots.txt"), "", place="robots", verdict="site_down"),
    Fault("robots: is a picture", body(b"\x89PNG\r\n\x1a\n" + bytes(5000), "text/plain"), "new", place="robots"),
    Fault("robots: has a million lines", body(b"Disallow: /x*y*z$\n" * 700_000, "text/plain"), "new", place="robots"),
    Fault("robots: never ends", endless(plain(), b"x" * 65536), "new", place="robots"),
    Fault("robots: fails", sends(http("down", status="503 Service Unavailable")), "", verdict="site_down", place="robots"),
    Fault("front page: a PDF", body(b"%PDF-1.7\n" + b"x" * 500), "", place="front"),
    Fault("front page: never answers", sends(hold=60), "", place="front", verdict="site_down"),
)  # fmt: skip
