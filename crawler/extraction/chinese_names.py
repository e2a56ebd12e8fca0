"""Chinese personal names: what they begin with, and several of them written one after another."""

from __future__ import annotations

import re

_SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭"
    "廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文施牛洪葛柏祁卞宗岳章申裴桑佟晏欧尚闫聂涂柳童鲁肖关严温季俞樊"
    "張劉陳楊趙黃吳孫馬羅鄭謝韓馮鄧許呂蘇盧賈葉閻鍾譚鄒陸邱顧龍錢湯喬賀賴龔歐聶魯關嚴詹簡游莊翁藍蕭曾連辛阮倪齐耿管覃焦左殷甘梅包"
    "卓臧路代祝霍苗单景冉房詹闵党曲车项向屈翟舒邢冷解鲍费纪盛强冀佘惠华闻连穆窦敖麦滕蒙楼虞裘桂谷甄栾褚仇储符宁艾宫池查匡国柯麻蓝隋"
)
"""Chinese family names, the 300 most frequent ones, in both scripts."""

NAME = rf"(?:[{_SURNAMES}][\u3400-\u9fff]{{1,2}}|欧阳[\u3400-\u9fff]{{1,2}})"
"""Pattern of a full name: family name, and a given name of one or two characters."""

NAMES = rf"{NAME}(?:[\s、，,]+{NAME})*"
"""Pattern of several full names."""

_ROW = re.compile(rf"{NAME}(?:\s+{NAME})+")


def names_in_row(text: str) -> list[str]:
    """The names of a text that is nothing but full names with spaces between them; the text itself otherwise.

    Spaces within names ("李 明", "高橋 一郎") stand beside parts that are no full name.
    """
    return text.split() if text > "\u3400" and _ROW.fullmatch(text) else [text]
