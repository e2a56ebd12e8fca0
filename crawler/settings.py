"""Wiring: which component does what, and the defaults of every setting. docs/settings.md is made of the texts here."""

from __future__ import annotations

import os

BOT_NAME = "publication-crawler"
SPIDER_MODULES = ["crawler.spiders"]
COMMANDS_MODULE = "crawler.commands"

# Where things lie
OUTPUT_DIR = os.environ.get("OUTPUT_DIR", "output")
"""Folder of the items (`<publication>-<run>.jsonl`) and, in `reports/`, of the runs' reports."""
METRICS_FILE = os.environ.get("METRICS_FILE", "")
"""File with the last run as Prometheus metrics, ending in `.prom`; empty: `reports/metrics.prom` in OUTPUT_DIR."""
FRONTIER_URL = os.environ.get("FRONTIER_URL", "sqlite:///state/frontier.sqlite")
"""Where the frontier, the memory of all runs, is kept: `sqlite:///` and a path; `postgresql://…` for many machines."""
ARCHIVE_DIR = os.environ.get("ARCHIVE_DIR", "")
"""Folder of WARC files with every exchange as it was sent; `scrapy reprocess` reads them again. Empty: no archive."""
ARCHIVE_MAX_BYTES = int(os.environ.get("ARCHIVE_MAX_BYTES", str(1024**3)))
"""Bytes after which a WARC file is completed and the next one begun."""

# Politeness
USER_AGENT = os.environ.get("USER_AGENT", "publication-crawler/0.1 (+https://github.com/publication-crawler)")
"""What the crawler calls itself, also in robots.txt. Name an address where a publisher can reach you."""
DOWNLOAD_DELAY = float(os.environ.get("DOWNLOAD_DELAY", "1"))
"""Seconds between two requests to a host; `delay` in publications.toml and a longer Crawl-delay win."""
DOWNLOAD_DELAY_JITTER = 0
"""No chance in the pause: a delay is a promise to the site."""
CRAWL_DELAY_CAP = float(os.environ.get("CRAWL_DELAY_CAP", "60"))
"""Longest Crawl-delay in seconds that is obeyed; a host that asks for more is left out and reported."""
RETRY_DELAY = float(os.environ.get("RETRY_DELAY", "5"))
"""Seconds before the first retry; each further one waits twice as long. Retry-After wins."""
RETRY_TIMES = int(os.environ.get("RETRY_TIMES", "5"))
"""Retries of an address in one run; after that it is left for a later run."""
FRONTIER_PATIENCE = float(os.environ.get("FRONTIER_PATIENCE", "300"))
"""Seconds that a run waits for retries and hosts when nothing else is left to do."""
CONCURRENT_REQUESTS = 64
"""Requests under way at once, over all hosts."""
CONCURRENT_REQUESTS_PER_DOMAIN = 1
"""One connection per host."""
ROBOTSTXT_OBEY = False
"""Our own gate does it, always: Scrapy's lets requests pass while it waits for robots.txt."""

DOWNLOADER = "crawler.fetching.downloader.AbortableDownloader"

# The frontier is queue, seen set, retry list and redirect book; Scrapy's own parts for these stay out
SCHEDULER = "crawler.frontier.scheduler.FrontierScheduler"
DUPEFILTER_CLASS = "scrapy.dupefilters.BaseDupeFilter"
RETRY_ENABLED = False
"""The frontier retries, durably and with pauses."""
REDIRECT_ENABLED = False
"""The frontier follows redirects: the target is an address of its own."""
METAREFRESH_ENABLED = False
"""As redirects."""
HTTPERROR_ALLOW_ALL = True
"""Every status reaches the spider, which accounts for it."""
COOKIES_ENABLED = False
"""No cookie is kept or sent."""
TELNETCONSOLE_ENABLED = False
"""No console listens."""

# Nothing from the web is trusted: docs/security.md
FETCH_ALLOW_PRIVATE = os.environ.get("FETCH_ALLOW_PRIVATE", "")
"""Addresses that are not public and may be fetched all the same: `host:port`, with commas between. None by default."""
DOWNLOAD_HANDLERS = {
    **dict.fromkeys(("http", "https"), "crawler.fetching.handler.GuardedDownloadHandler"),
    **dict.fromkeys(("data", "file", "ftp", "s3")),
}
TWISTED_DNS_RESOLVER = "scrapy.resolver.CachingHostnameResolver"
"""Finds IPv6 addresses as well as IPv4; Scrapy's default knows IPv4 alone. DOWNLOAD_TIMEOUT bounds a look-up."""
DOWNLOAD_MAXSIZE = int(os.environ.get("DOWNLOAD_MAXSIZE", str(16 * 1024**2)))
"""Bytes of one answer that are taken, on the wire and decompressed; a larger answer is refused whole."""
SITEMAP_MAXSIZE = int(os.environ.get("SITEMAP_MAXSIZE", str(50 * 1024**2)))
"""The same for sitemaps; the protocol allows them 50 MiB."""
DOWNLOAD_WARNSIZE = 0
"""No warnings: what is too large is refused, and reported."""
DOWNLOAD_TIMEOUT = float(os.environ.get("DOWNLOAD_TIMEOUT", "60"))
"""Seconds of one fetch from start to end, however slowly the bytes come."""
DOWNLOAD_VERIFY_CERTIFICATES = True
"""TLS certificates are verified; `verify_tls = false` in publications.toml excepts a publication's hosts."""
COMPRESSION_ENABLED = False
"""Our own part decompresses: Scrapy's hands on what came out of a stream that broke off."""
HTTPPROXY_ENABLED = False
"""No proxy from the environment: a proxy resolves names itself, where the address guard cannot see it."""
REFERER_ENABLED = False
"""No site learns which page led to it."""
REMOTE_CONTROL_ENABLED = False
"""No server listens."""
LOG_VERSIONS = ["Scrapy", "Twisted", "lxml", "Python"]
"""Versions named in the log; finding out Scrapy's default "Platform" would start a process."""
ADDONS = {"crawler.reports.safe_logs.SafeLogs": 0}

DOWNLOADER_MIDDLEWARES = {
    "crawler.fetching.robots.RobotsGate": 100,
    "crawler.fetching.bodies.WholeBodies": 590,
    "crawler.fetching.politeness.Politeness": 900,
    "crawler.archive.middleware.ArchiveExchanges": 950,
}
ITEM_PIPELINES = {
    "crawler.pipelines.clean.Clean": 100,
    "crawler.pipelines.validate.Validate": 200,
    "crawler.pipelines.deduplicate.Deduplicate": 300,
    "crawler.pipelines.revise.Revise": 400,
    "crawler.archive.pipeline.ArchiveItems": 800,
    "crawler.pipelines.write.Write": 900,
}
FEED_EXPORTERS = {
    **dict.fromkeys(("jsonl", "jsonlines", "jl"), "crawler.exporters.jsonlines.StrictJsonLinesItemExporter"),
    "csv": "crawler.exporters.csv.SafeCsvItemExporter",
    "parquet": "crawler.exporters.parquet.ParquetItemExporter",
    **dict.fromkeys(("marshal", "pickle")),
}
EXTENSIONS = {
    "scrapy.extensions.logstats.LogStats": None,
    "crawler.reports.extension.RunReport": 100,
    "crawler.reports.progress.Progress": 200,
}
PROGRESS = os.environ.get("PROGRESS", "auto")
"""`auto`: a live table on a terminal, else a line in the log every minute; `plain`: that line; `off`: neither."""

CONCURRENT_ITEMS = 4
"""Items processed at once; Scrapy's default of 100 starts a hundred workers for every response."""
LOG_LEVEL = os.environ.get("LOG_LEVEL", "INFO")
"""`DEBUG`, `INFO`, `WARNING` or `ERROR`."""
