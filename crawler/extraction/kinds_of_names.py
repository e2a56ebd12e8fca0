"""What tells the names of organisations from those of people."""

from __future__ import annotations

import re
from functools import lru_cache

from crawler.extraction.name_words import words

_DOMAIN = re.compile(
    r"\w\.(?:com|org|net|info|de|at|ch|fr|it|es|nl|be|pl|se|no|dk|fi|ru|jp|cn|br|uk|co|eu|tv|io|news|media|online)$"
)
_ENDS = re.compile(
    r"\B(?:zeitung|verband(?:es)?|ministerium|gesellschaft|redaktion|verlag|fraktion|kammer|agentur|institut|stiftung|"
    r"behörde|nachrichten|rundfunk|magazin|pressestelle|anstalt)(?:$|\s)|"
    r"\s(?:sp\. ?z ?o\. ?o|s\.?p\.?a|s\.?r\.?o|s\.?r\.?l|s\.?l|s\.a|b\.v|e\. ?v|corp|co(?=\.)|plc|pty|kg|ohg)\.?$|"
    r"[\u3400-\u9fff]{2}(?:[网網报報社台局]|新闻|新聞|在线|編集部|编辑部|通信)$|(?:オンライン|デジタル|テレビ|ニュース)$|"
    r"[\uac00-\ud7a3](?:일보|신문|뉴스|방송|통신)$"
)
"""The ends of compounds and legal forms that only organisations' names have."""


@lru_cache(maxsize=8192)
def kind_of(name: str) -> str:
    """`organization` for agencies, desks and companies, else `person`."""
    folded = name.casefold()
    if folded in words("agencies") or folded.startswith("the ") or _DOMAIN.search(folded) or _ENDS.search(folded):
        return "organization"
    tokens = re.split(r"[\s,/-]+", folded)
    return "organization" if any(token in words("organisation_words") for token in tokens) else "person"
