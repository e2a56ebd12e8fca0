"""What is missing or doubtful about a publication that was tried, and what can be done: sentences, no I/O."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from crawler.commands.trial import Trial
from crawler.page import LinkKind

LONG_DELAY = 5.0
"""Seconds between requests from which a crawl takes long enough to be told so."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """One thing to know, and what to do about it."""

    text: str
    remedy: str


ERRORS = (
    ("AddressRefused", "the name leads to a private address, which is refused"),
    ("CannotResolveHostError", "the name cannot be resolved (DNS)"),
    ("DownloadConnectionRefusedError", "nothing listens there: the connection is refused"),
    ("DownloadTimeoutError", "no answer in time"),
    ("AnswerRefused", "the answer is larger than is taken (DOWNLOAD_MAXSIZE)"),
    ("DownloadFailedError", "the connection failed before an answer came"),
)
"""Exception → what it means; the first that occurred is told."""
REMEDIES = {
    "AddressRefused": "if that server is yours, allow it: FETCH_ALLOW_PRIVATE={host} scrapy try {url}",
    "CannotResolveHostError": "check the spelling of the address, and the network of this machine",
    "DownloadConnectionRefusedError": "check scheme and port; is the server up?",
    "DownloadTimeoutError": "try again later; some servers leave addresses of data centres without an answer",
    "AnswerRefused": "name the front page of the publication, not a file",
    "DownloadFailedError": (
        "with https, the certificate may be invalid: look with a browser; where it may be accepted,"
        " `verify_tls = false` in publications.toml"
    ),
}


def refusal(trial: Trial) -> Doubt:
    """Why no article came, and what to do."""
    for name, meaning in ERRORS:
        if trial.errors[name] and trial.front_page is None:
            return Doubt(f"{trial.url}: {meaning}", REMEDIES[name].format(host=_host(trial.url), url=trial.url))
    blocked = trial.outcomes.get("blocked", {})
    if any("robots.txt" in reason for reason in blocked) and trial.front_page is None:
        return Doubt(f"{trial.url}: {next(iter(blocked))}", "ask the publisher for leave; there is no switch for it")
    status = next((reason for reason in _reasons(trial) if reason.startswith("HTTP ")), None)
    if trial.front_page is None and status:
        return Doubt(f"{trial.url}: answers {status}", _for_status(status))
    if trial.robots_status is not None and trial.robots_status >= 500:
        return Doubt(
            f"{trial.url}: robots.txt answers HTTP {trial.robots_status}, which means: not now", "try again later"
        )
    return _not_a_publication(trial)


def _not_a_publication(trial: Trial) -> Doubt:
    rejected = trial.outcomes.get("rejected", {})
    seen = sum(len(urls) for urls in rejected.values())
    if seen:
        example = next(iter(next(iter(rejected.values()))))
        return Doubt(
            f"{trial.url}: {seen} pages were read, and none is an article ({next(iter(rejected))})",
            f"see why: scrapy explain {example}",
        )
    elsewhere = sum(source.articles for source in trial.sources.values())
    if elsewhere and urlsplit(trial.url).path != "/":
        return Doubt(
            f"{trial.url}: this address leads to no article, though the site names {elsewhere} articles",
            f"scrapy try {urljoin(trial.url, '/')}",
        )
    return Doubt(
        f"{trial.url}: no article was found; it may be no publication, or build its pages with scripts",
        "name its front page or a section; if you know a feed or sitemap, put it into publications.toml",
    )


def _reasons(trial: Trial) -> list[str]:
    return [reason for outcome in ("blocked", "rejected", "missing", "waiting", "failed")
            for reason in trial.outcomes.get(outcome, {})]  # fmt: skip


def _for_status(status: str) -> str:
    if status in ("HTTP 401", "HTTP 403", "HTTP 429", "HTTP 451"):
        return "the server refuses crawlers, or this address: ask the publisher, and let USER_AGENT say who you are"
    return "check the address in a browser" if status.startswith("HTTP 4") else "try again later"


def _host(url: str) -> str:
    address = urlsplit(url)
    port = address.port or (443 if address.scheme == "https" else 80)
    return f"{address.hostname}:{port}"


def doubts_of(trial: Trial) -> list[Doubt]:
    """Everything that is worth knowing before the publication is crawled whole."""
    return [doubt for check in CHECKS for doubt in check(trial)]


def _front_page(trial: Trial) -> Iterator[Doubt]:
    if trial.front_page is None:
        yield Doubt(f"{trial.url} itself cannot be read", f"name the front page, such as {urljoin(trial.url, '/')}")


def _sources(trial: Trial) -> Iterator[Doubt]:
    if not trial.readable(LinkKind.FEED):
        yield Doubt("no feed could be read", "if you know one, put it into `feeds`; dates then come from pages alone")
    if not trial.readable(LinkKind.SITEMAP):
        yield Doubt(
            "no sitemap could be read: old articles are found through listings and archives alone",
            "if you know one, put it into `sitemaps`",
        )


def _robots(trial: Trial) -> Iterator[Doubt]:
    disallowed = [
        url for reason, urls in trial.outcomes.get("blocked", {}).items() if "disallow" in reason for url in urls
    ]
    if disallowed:
        yield Doubt(
            f"robots.txt disallows {len(disallowed)} of the addresses that were met, such as {disallowed[0]}",
            "nothing to do: they are left out",
        )
    delay = trial.robots.crawl_delay(trial.agent) if trial.robots else None
    if delay is not None and delay >= LONG_DELAY:
        yield Doubt(
            f"robots.txt asks for {delay:g} s between requests: a thousand articles take {delay / 3.6:.1f} h",
            "let runs overlap with the schedule; what is left is done by the next",
        )


def _dates(trial: Trial) -> Iterator[Doubt]:
    dates = [item.date for item in trial.items]
    if not all(dates):
        yield Doubt(f"{dates.count(None)} of {len(dates)} articles have no date", "see: scrapy explain URL")
    if lacks_offset(trial):
        yield Doubt("dates have no offset from UTC", "name the zone its pages print: `timezone` in the table")


def lacks_offset(trial: Trial) -> bool:
    """Whether a time of day came without the zone that it is meant in."""
    times = [item.date.partition("T")[2] for item in trial.items if item.date and "T" in item.date]
    return any(not time.endswith("Z") and "+" not in time and "-" not in time for time in times)


def _articles(trial: Trial) -> Iterator[Doubt]:
    items = trial.items
    if not any(item.authors or item.byline for item in items):
        yield Doubt(f"no author on any of {len(items)} articles", "see what was considered: scrapy explain URL")
    cut = [item for item in items if item.body_complete is False]
    if cut:
        why = cut[0].body_complete_reason or "unknown"
        yield Doubt(f"{len(cut)} of {len(items)} bodies are not whole ({why})", "`body_complete` says so in each item")
    doubtful = sum(item.encoding_doubtful for item in items)
    if doubtful:
        yield Doubt(f"the encoding of {doubtful} pages is doubtful", "compare their letters with a browser")
    objections = sorted(
        {rule for item in items for rule in item.robots if rule in ("noai", "noimageai", "noindex", "none")}
    )
    if objections:
        yield Doubt(
            f"pages say {', '.join(objections)} to robots", "respect it in what you do with them: field `robots`"
        )


def _language(trial: Trial) -> Iterator[Doubt]:
    if trial.front_page is not None and not (trial.front_page.root.get("lang") or "").strip():
        yield Doubt("the front page declares no language", "name it: `language` in the table")


def _reach(trial: Trial) -> Iterator[Doubt]:
    if trial.report.get("reason") == "closespider_timeout":
        yield Doubt(f"time was up after {trial.seconds:.0f} s", "give more with --seconds")


CHECKS: tuple[Callable[[Trial], Iterator[Doubt]], ...] = (
    _reach,
    _front_page,
    _sources,
    _robots,
    _language,
    _dates,
    _articles,
)
