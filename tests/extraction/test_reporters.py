"""Reporters as East Asian newspapers name them."""

from __future__ import annotations

import pytest

from crawler.extraction.document import Document
from crawler.extraction.fields.authors import choose_authors
from crawler.extraction.layout import Layout
from crawler.extraction.readers.reporters import closing_reporters, dateline_reporters, reporters
from crawler.page import Page

TEXT = "港口大桥今天上午恢复通车，渡轮停航，货车不再绕行，沿岸商店重新开门。" * 4


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("本报记者 李明", "李明"),
        ("港口日报记者 王建华 张文", "王建华、张文"),
        ("海港報 記者林宜真／即時報導", "林宜真"),
        ("이하늘 기자 | ", "이하늘"),
        ("[항구=바다뉴스] 김바다 기자 = 다리가", "김바다"),
        ("바다일보=박은하 선임기자", "박은하"),
        ("整理 海港日报·潮汐记者 徐晓翔", "徐晓翔"),
        ("海港报记者 彭小冲 冠江县报道", "彭小冲"),
        ("本报记者王小丽发自江北", "王小丽"),
        ("기자명 김바다 기자", "김바다"),
        ("김바다기자", "김바다"),
        ("(항구=바다통신) 김바다 기자 =", "김바다"),
        ("취재기자", None),
        ("□ 李明宇", "李明宇"),
        ("□ 港口大桥通车", None),
        ("记者 陈晓雨 实习生 周明", "陈晓雨"),
        ("记者昨天从市交通局获悉", None),
        ("오늘 기자회견이 열렸다", None),
        ("그는 기자 회견을 열었다", None),
        ("Reporter: Jane Doe", None),
        ("", None),
    ],
)
def test_a_line_names_its_reporters(text: str, names: str | None) -> None:
    assert reporters(text) == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("海港社上海12月15日电 (记者 李佳 王宁)港口大桥今天通车", "李佳、王宁"),
        ("本报讯（记者 梁沅 通讯员 石岩）港口大桥今天通车", "梁沅"),
        ("海港社电（记者 格桑扎西）港口大桥今天通车", "格桑扎西"),
        ("海港社江北4月15日电 (王小明)港口大桥今天通车", "王小明"),
        ("（海港社記者陳曉雨台南15日電）港口大橋今天通車", "陳曉雨"),
        ("(항구=바다통신) 김바다 기자 = 다리가 오늘 다시 열렸다. " * 3, "김바다"),
        ("김바다 기자가 다리에서 전한다. " * 3, None),
        ("（记者 采访）港口大桥今天通车", None),
        ("（记者从会上获悉）港口大桥今天通车", None),
        (TEXT * 3 + "(记者 李佳)", None),
    ],
)
def test_a_dateline_names_its_reporters(text: str, names: str | None) -> None:
    assert dateline_reporters(text) == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("渡轮停航。（常书香 马丹阳 ）", "常书香、马丹阳"),
        ("沿岸商店重新开门。（记者 胡晓蓉）", "胡晓蓉"),
        ("“今天就开门。”（姚峰 江北报道）", "姚峰"),
        ("（袁源）", "袁源"),
        ("渡轮停航。（作者：陈晓雨，系海港大学教授）", "陈晓雨"),
        ("（作者陈晓雨系海港大学教授）", "陈晓雨"),
        ("（作者单位：海港大学）", None),
        ("（文化）", None),
        ("大桥管理处主任（张三丰）", None),
        ("大桥夜景。（王五六 摄）", None),
        ("（责任编辑：李红梅）", None),
        ("(Jane Doe)", None),
    ],
)
def test_names_in_brackets_close_an_article(text: str, names: str | None) -> None:
    assert closing_reporters(text) == names


@pytest.mark.parametrize(
    "body",
    [
        f"<p>本报记者 李明</p><p class='lede'>{TEXT}</p>",
        f"<p class='lede'>海港社12月15日电（记者 李明）{TEXT}</p>",
        f"<p class='lede'>{TEXT}</p><p>本报记者 李明</p>",
        f"<p class='lede'>{TEXT}（记者 李明）</p>",
    ],
)
def test_the_reporter_is_the_author(body: str) -> None:
    document = Document(Page(f"<html><body><h1>港口大桥恢复通车</h1>{body}</body></html>".encode(), None or ""))
    lede = document.by_class["lede"][0]
    choice = choose_authors(document, Layout(document.by_tag["h1"][0], lede, lede))
    assert [author.name for author in choice.value or ()] == ["李明"]
