"""Corpora of others: google/robotstxt-spec-test, crawler-commons' sitemaps, defusedxml's bombs. Skipped where absent.

`CONFORMANCE_DIR` names the folder; without it, `../shared/conformance` beside the checkout is looked for.
"""

from __future__ import annotations

import base64
import json
import os
import time
from pathlib import Path
from typing import Any

import pytest

from crawler.discovery import read
from crawler.discovery.robots import parse_robots
from crawler.discovery.sitemaps import read_sitemap
from crawler.page import LinkKind, Page

ROOT = Path(__file__).resolve().parents[2]
FOLDER = Path(os.environ.get("CONFORMANCE_DIR") or ROOT.parent / "shared" / "conformance")


def corpus(name: str) -> Path:
    folder = FOLDER / name
    if not folder.is_dir():
        pytest.skip(f"no corpus at {folder}; set CONFORMANCE_DIR")
    return folder


def cases(name: str) -> list[dict[str, Any]]:
    loaded: list[dict[str, Any]] = json.loads((corpus(name) / "cases.json").read_text(encoding="utf-8"))
    return loaded


def test_robots_verdicts_are_those_of_rfc_9309() -> None:
    wrong = [
        (case["file"], case["user_agent"], case["url"])
        for case in cases("google-robotstxt-spec-test")
        if case["tier"] == "rfc" and _verdict(case) != case["allowed"]
    ]
    assert wrong == []


def _verdict(case: dict[str, Any]) -> bool:
    return parse_robots(base64.b64decode(case["robots_b64"])).is_allowed(case["url"], case["user_agent"])


def test_sitemaps_are_read_as_the_standard_and_lenient_tiers_ask() -> None:
    wrong = [
        case["test"]
        for case in cases("crawler-commons-sitemaps")
        if case["tier"] in {"standard", "lenient"} and not _is_read(case)
    ]
    assert wrong == []


def _is_read(case: dict[str, Any]) -> bool:
    found = read_sitemap(base64.b64decode(case["content_b64"]), case["sitemap_url"])
    if case.get("expect") == "rejected":
        return found.failed
    is_index = any(link.kind == LinkKind.SITEMAP for link in found.links)
    has_all = set(case.get("must_contain", ())) <= {link.url for link in found.links}
    return len(found.links) == case["count"] and is_index == case["index"] and has_all


def test_xml_bombs_do_nothing() -> None:
    for path in sorted(corpus("defusedxml-bombs").glob("*.xml")):
        started = time.perf_counter()
        for kind in (LinkKind.SITEMAP, LinkKind.FEED, LinkKind.FRONT_PAGE, LinkKind.REST):
            found = read(Page(path.read_bytes(), "https://www.example.com/x"), kind=kind)
            assert not found.articles(), path.name
        assert time.perf_counter() - started < 1, path.name
