"""`python -m sample`: serve the sample publication, crawl it, and show what came of it."""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from sample.pages import NAME
from sample.server import PORT, served
from tools.show import show

OUTPUT = Path("output/sample")
STATE = Path("state/sample.sqlite")


def main() -> int:
    """Exit code: that of the crawl."""
    parser = argparse.ArgumentParser(prog="python -m sample", description=__doc__)
    parser.add_argument("--serve", action="store_true", help="only serve it, until Ctrl-C")
    parser.add_argument("--port", type=int, default=PORT, help="loopback port; a free one where it is taken")
    options = parser.parse_args()
    with served(options.port) as origin:
        if options.serve:
            sys.stderr.write(f"{NAME} is at {origin}/ (end with Ctrl-C)\n")
            return wait()
        code = crawl(origin)
    show(OUTPUT)
    return code


def wait() -> int:
    """Until the person at the keyboard has had enough."""
    try:
        while True:
            time.sleep(3600)
    except KeyboardInterrupt:
        return 0


def crawl(origin: str) -> int:
    """Run `scrapy crawl articles` on the publication, without delay: the server is ours."""
    STATE.parent.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        sites = Path(folder) / "publications.toml"
        sites.write_text(f'[ellery-courier]\nname = "{NAME}"\nurl = "{origin}/"\ndelay = 0\n', encoding="utf-8")
        settings = {
            "OUTPUT_DIR": str(OUTPUT),
            "FRONTIER_URL": f"sqlite:///{STATE}",
            "FETCH_ALLOW_PRIVATE": origin.removeprefix("http://"),
            "DOWNLOAD_DELAY": "0",
            "LOG_LEVEL": "WARNING",
        }
        command = [sys.executable, "-m", "scrapy", "crawl", "articles", "-a", f"sites={sites}"]
        options = [part for name, value in settings.items() for part in ("-s", f"{name}={value}")]
        return subprocess.run([*command, *options], check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
