"""Wiring: which component does what, and the defaults of every setting. `docs/settings.md` explains each.

Every setting of this project may also be given as an environment variable of the same name.
"""

from __future__ import annotations

import os

BOT_NAME = "publication-crawler"
SPIDER_MODULES = ["crawler.spiders"]
COMMANDS_MODULE = "crawler.commands"

# Where things lie
OUTPUT_DIR = os.environ.get("OUTPUT_DIR", "output")
FRONTIER_URL = os.environ.get("FRONTIER_URL", "sqlite:///state/frontier.sqlite")

# Politeness
USER_AGENT = os.environ.get("USER_AGENT", "publication-crawler/0.1 (+https://github.com/publication-crawler)")
DOWNLOAD_DELAY = float(os.environ.get("DOWNLOAD_DELAY", "1"))
DOWNLOAD_DELAY_JITTER = 0  # a delay is a promise to the site
CRAWL_DELAY_CAP = float(os.environ.get("CRAWL_DELAY_CAP", "60"))
RETRY_DELAY = float(os.environ.get("RETRY_DELAY", "5"))
RETRY_TIMES = int(os.environ.get("RETRY_TIMES", "5"))
FRONTIER_PATIENCE = float(os.environ.get("FRONTIER_PATIENCE", "300"))
CONCURRENT_REQUESTS = 64
CONCURRENT_REQUESTS_PER_DOMAIN = 1
ROBOTSTXT_OBEY = False  # crawler.fetching.robots does it: Scrapy's own lets requests pass while it waits

# The frontier is queue, seen set, retry list and redirect book; Scrapy's own parts for these stay out
SCHEDULER = "crawler.frontier.scheduler.FrontierScheduler"
DUPEFILTER_CLASS = "scrapy.dupefilters.BaseDupeFilter"
RETRY_ENABLED = False
REDIRECT_ENABLED = False
METAREFRESH_ENABLED = False
HTTPERROR_ALLOW_ALL = True
COOKIES_ENABLED = False
TELNETCONSOLE_ENABLED = False

DOWNLOADER_MIDDLEWARES = {
    "crawler.fetching.robots.RobotsGate": 100,
    "crawler.fetching.politeness.Politeness": 900,
}
ITEM_PIPELINES = {
    "crawler.pipelines.clean.Clean": 100,
    "crawler.pipelines.validate.Validate": 200,
    "crawler.pipelines.deduplicate.Deduplicate": 300,
    "crawler.pipelines.revise.Revise": 400,
    "crawler.pipelines.write.Write": 900,
}
FEED_EXPORTERS = {
    name: "crawler.exporters.jsonlines.StrictJsonLinesItemExporter" for name in ("jsonl", "jsonlines", "jl")
}
EXTENSIONS = {
    "scrapy.extensions.logstats.LogStats": None,
    "crawler.reports.extension.RunReport": 100,
}

# Four items at a time: Scrapy's default of 100 starts a hundred workers for every response
CONCURRENT_ITEMS = 4
LOG_LEVEL = os.environ.get("LOG_LEVEL", "INFO")
