"""Sightings that were just told are not told again."""

from __future__ import annotations

from dataclasses import replace

from crawler.frontier.recent import RecentSightings
from crawler.frontier.visits import new_url
from crawler.page import Link

URL = new_url(Link("https://example.org/a", "listing"), publication="paper", now=0.0)


def test_a_sighting_is_told_once_and_again_where_it_says_more() -> None:
    recent = RecentSightings()
    dated = replace(URL, link=replace(URL.link, date="2024-01-01"))
    fed = replace(URL, link=replace(URL.link, source="feed"))
    wanted = replace(URL, visit_before=5.0)
    assert recent.fresh([URL, URL, dated, fed, wanted, URL]) == [URL, dated, fed, wanted]


def test_memory_is_bounded_and_the_oldest_are_forgotten_first() -> None:
    recent = RecentSightings(kept=2)
    others = [replace(URL, key=str(number)) for number in range(2)]
    assert recent.fresh([URL, *others, URL]) == [URL, *others, URL]
