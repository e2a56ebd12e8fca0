"""Reporters as East Asian newspapers name them, without link or class: "本报记者 李明", "（记者 李明）"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from crawler.extraction.document import Document
from crawler.extraction.name_shapes import WIDE
from crawler.extraction.readers.regions import Region

DATELINE, LONGEST_LINE = 160, 60
"""Characters at the start of a text among which its dateline stands, and of a line that names its reporter."""

_SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭"
    "廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文施牛洪葛柏祁卞宗岳章申裴桑佟晏欧尚闫聂涂柳童鲁肖关严温季俞樊"
    "張劉陳楊趙黃吳孫馬羅鄭謝韓馮鄧許呂蘇盧賈葉閻鍾譚鄒陸邱顧龍錢湯喬賀賴龔歐聶魯關嚴詹簡游莊翁藍蕭曾連辛阮倪齐耿管覃焦左殷甘梅包"
    "卓臧路代祝霍苗单景冉房詹闵党曲车项向屈翟舒邢冷解鲍费纪盛强冀佘惠华闻连穆"
)
"""Chinese family names, the 250 most frequent ones, in both scripts."""

_NAME = rf"[{_SURNAMES}][\u3400-\u9fff]{{1,2}}|欧阳[\u3400-\u9fff]{{1,2}}"
_NAMES = rf"(?P<names>(?:{_NAME})(?:[\s、，,]+(?:{_NAME}))*)"
_ROLE = r"(?:记者|記者|特派员|特派員|特约记者|实习记者|实习生)"
_END = r"(?=\s*(?:$|[)）／/|｜;；]|通讯员|文|摄|攝|报道|報導|\d))"
_LINE = re.compile(rf"^\W*(?:[\u3400-\u9fff·]{{0,10}}\s?)?{_ROLE}[\s:：]*{_NAMES}{_END}")
"""A line: paper, "reporter", names."""
_BRACKETED = re.compile(rf"[(（][\u3400-\u9fff]{{0,8}}\s?{_ROLE}[\s:：]*{_NAMES}{_END}")
"""The same in the brackets of a dateline."""
_KOREAN = re.compile(
    r"^\W*(?:\[[^\]]{1,20}\]\s*)?(?:[가-힣A-Za-z0-9]{2,10}\s?=\s?)?"
    r"(?P<names>[가-힣]{2,4}(?:[\s·,]+[가-힣]{2,4})*)\s(?:(?:인턴|객원|선임|전문)\s?)?(?:기자|특파원)"
    r"(?=\s*(?:$|[|/·=()\[@▶■:]|외\s|[\w.]+@))"
)
"""Place and agency in brackets, paper and equals sign, names, "reporter"."""


def reporters(text: str) -> str | None:
    """The names in a line that names its reporters, with commas between them; None for any other text."""
    if not text or text.isascii() or len(text) > LONGEST_LINE:
        return None
    match = _LINE.search(text) or _KOREAN.search(text)
    return _listed(match) if match else None


def dateline_reporters(text: str) -> str | None:
    """The names of the reporters in the dateline of an article: "中新社上海12月15日电 (记者 李佳佳)"."""
    start = text[:DATELINE]
    match = None if start.isascii() else _BRACKETED.search(start)
    return _listed(match) if match else None


def _listed(match: re.Match[str]) -> str:
    return "、".join(re.split(r"[\s、，,·]+", match["names"]))


def reporter_lines(document: Document, region: Region) -> Iterator[tuple[int, str]]:
    """Positions around the headline and at both ends of the body where such a line stands, and the names in it."""
    titles = (*document.by_tag.get("title", ())[:1], *(() if region.headline is None else (region.headline,)))
    if not any(char > WIDE for position in titles for char in document.text(position)):
        return
    for position in region.near():
        element = document.elements[position]
        for text in (element.text, *(child.tail for child in element)):
            names = reporters(" ".join(text.split())) if text and not text.isascii() else None
            if names:
                yield position, names
                break
    if region.start < len(document.elements):
        names = dateline_reporters(document.text(region.start))
        if names:
            yield region.start, names
