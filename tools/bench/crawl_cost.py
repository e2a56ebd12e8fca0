"""What a page costs in a crawl, room by room: `python tools/bench/crawl_cost.py [--articles N]`.

Profiles one `scrapy crawl articles` over a served publication and prints milliseconds a page for each of our own parts,
with all that they call, and for the rest, which is Scrapy, Twisted and start-up; waiting for the network is left out.
The profiler makes Python slower than it is: read the shares, not the sums.
"""

from __future__ import annotations

import argparse
import pstats
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))
from tests.crawling import ROOT, read_lines
from tests.site import served


@dataclass(frozen=True)
class Part:
    """Functions by which a room is entered; none of them calls another one of these."""

    name: str
    file: str
    functions: tuple[str, ...]


PARTS = (
    Part("extraction", "crawler/extraction/reading.py", ("read_page",)),
    Part("discovery", "crawler/discovery/__init__.py", ("read",)),
    Part("discovery: parts of articles", "crawler/spiders/articles.py", ("part_addresses",)),
    Part("frontier: requests out", "crawler/frontier/scheduler.py", ("next_request", "has_pending_requests", "_tick")),
    Part("frontier: links in", "crawler/frontier/frontier.py", ("add", "add_now", "links_of")),
    Part("frontier: outcomes in", "crawler/frontier/frontier.py", ("settle", "written", "await_writing", "adopt")),
    Part("admission", "crawler/spiders/admission.py", ("admit", "visited")),
    Part("robots, bodies, pauses", "crawler/fetching/robots.py", ("process_request",)),
    Part("robots, bodies, pauses", "crawler/fetching/bodies.py", ("process_request", "process_response")),
    Part("robots, bodies, pauses", "crawler/fetching/politeness.py", ("process_request",)),
    Part("pipelines", "crawler/pipelines/", ("process_item",)),
)
WAITING = (
    "<method 'poll' of 'select.epoll' objects>",
    "<method 'poll' of 'select.poll' objects>",
    "<built-in method select.select>",
)
"""How the profiler names what a reactor waits in."""


def profiled(url: str, host: str, folder: Path) -> pstats.Stats:
    """The profile of a crawl from an empty frontier."""
    command = [sys.executable, "-m", "cProfile", "-o", str(folder / "profile"), "-m", "scrapy", "crawl", "articles"]
    command += ["-a", f"url={url}", "-s", "DOWNLOAD_DELAY=0", "-s", "LOG_LEVEL=WARNING"]
    settings = {
        "OUTPUT_DIR": f"{folder}/output", "FRONTIER_URL": f"sqlite:///{folder}/frontier.sqlite",
        "FETCH_ALLOW_PRIVATE": host,
    }  # fmt: skip
    command += [part for name, value in settings.items() for part in ("-s", f"{name}={value}")]
    subprocess.run(command, cwd=ROOT, check=True)
    return pstats.Stats(str(folder / "profile"))


def spent(stats: pstats.Stats, part: Part) -> float:
    """Seconds in the functions of a part and all that they call."""
    entries = stats.stats.items()  # type: ignore[attr-defined]
    return sum(
        cumulative
        for (file, _, function), (_, _, _, cumulative, _) in entries
        if part.file in file and function in part.functions
    )


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--articles", type=int, default=300)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name, served(options.articles) as site:
        folder = Path(name)
        stats = profiled(site.url, site.host, folder)
        pages = sum(len(read_lines(path)) for path in (folder / "output").glob("*.jsonl"))
    shares: dict[str, float] = {}
    for part in PARTS:
        shares[part.name] = shares.get(part.name, 0.0) + spent(stats, part)
    waited = spent(stats, Part("waiting", "~", WAITING))
    total: float = stats.total_tt - waited  # type: ignore[attr-defined]
    shares["Scrapy, Twisted, start-up"] = total - sum(shares.values())
    for label, seconds in sorted(shares.items(), key=lambda row: -row[1]):
        sys.stdout.write(f"{label:38}{1000 * seconds / pages:>8.2f} ms{seconds / total:>7.0%}\n")
    sys.stdout.write(f"{'all':38}{1000 * total / pages:>8.2f} ms   of {pages} articles\n")


if __name__ == "__main__":
    main()
