"""What a block is, in a word: read off its element, the elements around it and how they are named."""

from __future__ import annotations

from functools import lru_cache

from crawler.extraction.body.blocks import FLAGS, Segments
from crawler.extraction.body.words import name_words
from crawler.extraction.document import Document

NAMED = (
    ("author_box", "bio biography authorbox saboxplugin abh molongui aboutauthor authorinfo authorbio contributor"),
    ("caption", "caption figcaption credit photocredit imgcaption wpcaption"),
    ("newsletter", "newsletter subscribe subscription signup optin mailchimp mailpoet"),
    ("comment", "comment comments commentlist respond disqus discussion replies"),
    ("related", "related recommended recommendations recirc recirculation readnext alsoread trending popular yarpp zergnet"
     " outbrain taboola morefrom latest"),
    ("share", "share sharing social sharedaddy addtoany addthis sharebar followus"),
    ("advertisement", "ad ads advert advertisement adsbygoogle sponsor sponsored promo promoted promotion"),
    ("tags", "tags taglist tagcloud categories keywords"),
    ("byline", "byline dateline timestamp postmeta entrymeta meta published pubdate updated readtime"),
    ("consent", "cookie cookies consent gdpr"),
    ("navigation", "nav navbar navigation menu breadcrumb breadcrumbs pagination pager sitenav skip toolbar"),
    ("footer", "footer copyright colophon"),
    ("header", "masthead siteheader topbar"),
    ("sidebar", "sidebar widget widgets rail aside"),
)  # fmt: skip
"""Label and the words of class names and ids that give it; the first row that fits wins. The names are those of HTML,
WordPress core and the plugins that print such boxes."""

BY_WORD = {word: (rank, label) for rank, (label, words) in enumerate(NAMED) for word in words.split()}

BY_TAG = (("figcaption", "caption"), ("nav", "navigation"), ("footer", "footer"), ("header", "header"), ("aside", "sidebar"))
"""Elements that say what is inside of them, where no name says more."""

OWN = (("h1", "heading"), ("pre", "code"), ("figcaption", "caption"), ("table", "table"), ("blockquote", "quote"),
       ("li", "list_item"))  # fmt: skip
"""Labels of the article's own blocks; the first that fits wins."""


@lru_cache(maxsize=20_000)
def label_of_names(names: str) -> str | None:
    """The label that class names and an id give, or None."""
    words = name_words(names)
    pairs = [first + second for first in words for second in words] if len(words) <= 4 else []
    found = [BY_WORD[word] for word in (*words, *pairs) if word in BY_WORD]
    return min(found)[1] if found else None


def label_own(segments: Segments, holder: int) -> str:
    """The label of a block that belongs to the article."""
    flags = segments.flags[holder]
    for tag, label in OWN:
        if flags & FLAGS[tag]:
            return label
    return "paragraph"


class Labels:
    """Labels of the blocks that do not belong to the article, each element of the page looked at once."""

    def __init__(self, segments: Segments) -> None:
        self.segments = segments
        self.known: dict[int, str | None] = {-1: None, 0: None}

    def of(self, holder: int) -> str:
        """The label that the nearest telling ancestor gives; `other` where none tells."""
        document = self.segments.document
        position = holder
        chain = []
        while position not in self.known:
            chain.append(position)
            position = document.parents[position]
        label = self.known[position]
        for element in reversed(chain):
            label = self.known[element] = self._named(document, element) or label
        if label:
            return label
        flags = self.segments.flags[holder]
        return next((label for tag, label in BY_TAG if flags & FLAGS[tag]), "other")

    @staticmethod
    def _named(document: Document, position: int) -> str | None:
        names = document.classes[position]
        name = document.elements[position].get("id")
        if name:
            names = f"{names} {name}" if names else name
        return label_of_names(names[:400]) if names and document.tags[position] not in ("body", "main") else None
