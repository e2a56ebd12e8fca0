"""One, two and four workers on one PostgreSQL (else SQLite): `python tools/bench/fleet.py [--hosts N] [--articles N]`.

Crawls the same publications anew for each number of workers, without a pause, so that the processors are the limit;
then with a pause, to see at the servers that it is kept whichever worker has the host. Prints articles a second from
the first page to the last as the servers saw them, how often each article was written, the shortest gap, and processor
time an article of all workers and of the servers, which share the same cores. Pages weigh what pages of the web do.
"""

from __future__ import annotations

import argparse
import os
import resource
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))
from tests.crawling import Crawls
from tests.postgres_server import PrivateServer, programs
from tests.site import Answer, Site, served

PAUSE = 0.5
CARD = (
    '<div class="col-3 teaser"><a class="teaser__link" href="/2024/"><img src="/a.jpg" alt="The harbour" width="320">'
    '<span class="teaser__kicker">Region</span><span class="teaser__title">What the harbour master saw</span></a></div>'
)
"""What surrounds articles: teasers of others."""


@dataclass(frozen=True)
class Outcome:
    """What one crawl came to."""

    code: int
    rate: float
    """Articles a second."""
    missing: int
    doubled: int
    gap: float
    """Shortest time between two requests to one host, in seconds."""
    workers: float
    """Processor time of the workers, in milliseconds an article."""
    servers: float
    """Processor time of the sites, likewise; PostgreSQL's is in neither."""


def crawl(sites: list[Site], workers: int, folder: Path, *, frontier: str, pause: float) -> Outcome:
    """A fleet over all sites, from an empty frontier."""
    for site in sites:
        site.log.clear()
    folder.mkdir(parents=True)
    settings = {"DOWNLOAD_DELAY": str(pause), "FRONTIER_URL": frontier, "LOG_LEVEL": "WARNING"}
    allow = ",".join(site.host for site in sites)
    fleet = Crawls(folder, allow, settings, ("fleet", "-n", str(workers)))
    before = processor_times()
    process = fleet.start("url=" + ",".join(site.url for site in sites))
    code = fleet.finished(process, known=set(), seconds=1800).code
    written = Counter(line["url"] for line in fleet.all_lines())
    wanted = {url for site in sites for url in site.article_urls}
    pages = sorted(hit.time for site in sites for hit in site.page_hits())
    spent = [1000 * (after - earlier) / len(wanted) for after, earlier in zip(processor_times(), before, strict=True)]
    return Outcome(
        code, len(wanted) / (pages[-1] - pages[0]), len(wanted - written.keys()),
        sum(count > 1 for count in written.values()), min(map(shortest_gap, sites)), *spent,
    )  # fmt: skip


def processor_times() -> tuple[float, float]:
    """Seconds of ended children, and of this process."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_CHILDREN, resource.RUSAGE_SELF)]
    return used[0].ru_utime + used[0].ru_stime, used[1].ru_utime + used[1].ru_stime


def weigh(site: Site, kilobytes: int) -> None:
    """Serve articles with as much around them as pages of the web have; made once, for servers are not measured."""
    filler = (CARD * (kilobytes * 1024 // len(CARD))).encode()
    made = {post.path: site.page(post.path) for post in site.posts}
    heavy = {
        path: Answer(200, answer.headers, answer.body.replace(b"<footer>", filler + b"<footer>"))
        for path, answer in made.items()
    }
    site.fault(heavy.__contains__, heavy.get)


def shortest_gap(site: Site) -> float:
    """Seconds between two requests, as the server saw them."""
    times = sorted(hit.time for hit in site.hits())
    return min((later - earlier for earlier, later in pairwise(times)), default=0.0)


@contextmanager
def frontiers(folder: Path) -> Iterator[Iterator[str]]:
    """URLs of empty frontiers."""
    where = programs()
    if where is None:
        yield (f"sqlite:///{folder}/{number}.sqlite" for number in range(100))
        return
    home = folder / "server"
    home.mkdir()
    server = PrivateServer(where, home, durable=True)
    try:
        yield (server.new_database() for _ in range(100))
    finally:
        server.stop()


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--hosts", type=int, default=8)
    parser.add_argument("--articles", type=int, default=100, help="of each host")
    parser.add_argument(
        "--workers", type=int, nargs="+", default=[1, 2, 4], help="numbers to try, the first as measure"
    )
    parser.add_argument("--kilobytes", type=int, default=80, help="that surround an article")
    options = parser.parse_args()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        folder.chmod(0o755)  # PostgreSQL runs as a user of its own
        addresses = stack.enter_context(frontiers(folder))
        busy = [stack.enter_context(served(options.articles)) for _ in range(options.hosts)]
        slow = [stack.enter_context(served(8)) for _ in range(options.hosts)]
        for site in busy:
            weigh(site, options.kilobytes)
        sys.stdout.write(f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}\n")
        sys.stdout.write(
            f"{'workers':>8}{'pause':>7}{'articles/s':>12}{'ratio':>7}{'missing':>9}{'doubled':>9}{'gap s':>7}"
            f"{'workers ms':>12}{'servers ms':>12}\n"
        )
        for sites, pause in ((busy, 0.0), (slow, PAUSE)):
            single = 0.0
            for number in options.workers:
                name = folder / f"{number}-{pause}"
                found = crawl(sites, number, name, frontier=next(addresses), pause=pause)
                single = single or found.rate
                sys.stdout.write(
                    f"{number:>8}{pause:>7}{found.rate:>12.1f}{found.rate / single:>7.2f}{found.missing:>9}"
                    f"{found.doubled:>9}{found.gap:>7.2f}{found.workers:>12.1f}{found.servers:>12.1f}\n"
                )
                sys.stdout.flush()


if __name__ == "__main__":
    main()
