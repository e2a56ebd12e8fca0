"""docs/settings.md, from crawler/settings.py: the project's own settings, and Scrapy's where we change them."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from scrapy.settings import default_settings

from tools.docs.attributes import Attribute, names_of
from tools.docs.places import CRAWLER

WIRING = {
    "ADDONS", "BOT_NAME", "SPIDER_MODULES", "NEWSPIDER_MODULE", "COMMANDS_MODULE", "DOWNLOADER_MIDDLEWARES",
    "SPIDER_MIDDLEWARES", "ITEM_PIPELINES", "EXTENSIONS", "FEED_EXPORTERS", "SCHEDULER", "DUPEFILTER_CLASS",
    "DOWNLOAD_HANDLERS", "DOWNLOADER", "DOWNLOADER_CLIENTCONTEXTFACTORY", "DNS_RESOLVER",
}  # fmt: skip
"""Settings that say which component does what: no choice of whoever runs a crawl."""
HEAD = """# Settings

<!-- Generated from crawler/settings.py by `make reference`; edit the string literals there. -->

A setting is given on the command line (`scrapy crawl articles -s NAME=VALUE`), as an environment variable where the
table says so, or in `crawler/settings.py`. Facts about one publication are never settings: they stand in
[publications.toml](publications.md).
"""
READ = re.compile(r"""settings(?:\.get\w*\(|\[)\s*["']([A-Z][A-Z_0-9]+)["']""")


def page() -> str:
    """The page for readers."""
    settings = names_of(CRAWLER / "settings.py")
    own = [setting for setting in settings if not _is_scrapys(setting.name)]
    changed = [setting for setting in settings if _is_scrapys(setting.name) and setting.name not in WIRING]
    return "\n".join(
        [
            HEAD,
            *_table("## Settings of this project", own),
            *_table("## Scrapy's settings with another default", changed),
            "Every other setting is [Scrapy's](https://docs.scrapy.org/en/latest/topics/settings.html).\n",
        ]
    )


def undocumented() -> list[str]:
    """Settings that the code reads or sets and that have no description or no default."""
    settings = {setting.name: setting for setting in names_of(CRAWLER / "settings.py")}
    silent = [name for name, setting in settings.items() if name not in WIRING and not setting.doc]
    read = {name for path in CRAWLER.rglob("*.py") for name in READ.findall(path.read_text(encoding="utf-8"))}
    return sorted([*silent, *(name for name in read if name not in settings and not _is_scrapys(name))])


def _is_scrapys(name: str) -> bool:
    return hasattr(default_settings, name)


def _table(heading: str, settings: list[Attribute]) -> Iterator[str]:
    yield f"{heading}\n\n| setting | default | environment | what it does |\n| --- | --- | --- | --- |"
    for setting in settings:
        default, environment = _default(setting.default or "")
        yield f"| `{setting.name}` | `{default}` | {'yes' if environment else 'no'} | {setting.doc or ''} |"
    yield ""


def _default(source: str) -> tuple[str, bool]:
    """The default as written, and whether the environment may say otherwise."""
    for node in ast.walk(ast.parse(source, mode="eval")):
        if isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] in {"get", "getenv"}:
            return ast.unparse(node.args[1]).strip("'\""), True
    return source.strip("'\""), False
