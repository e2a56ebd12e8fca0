"""What a block is, in a word: read off its element, the elements around it and how they are named."""

from __future__ import annotations

from crawler.extraction.body.blocks import FLAGS

NAMED = (
    ("author_box", "bio biography authorbox saboxplugin abh molongui aboutauthor authorinfo authorbio contributor"),
    ("caption", "caption figcaption credit photocredit imgcaption wpcaption"),
    ("newsletter", "newsletter subscribe subscription signup optin mailchimp mailpoet"),
    ("comment", "comment comments commentlist respond disqus discussion replies"),
    ("related", "related recommended recommendations recirc recirculation readnext alsoread trending popular yarpp"
     " zergnet outbrain taboola morefrom latest"),
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

BY_TAG = (
    ("figcaption", "caption"),
    ("nav", "navigation"),
    ("footer", "footer"),
    ("header", "header"),
    ("aside", "sidebar"),
)
"""Elements that say what is inside of them, where no name says more."""

OWN = (("h1", "heading"), ("pre", "code"), ("figcaption", "caption"), ("table", "table"), ("blockquote", "quote"),
       ("li", "list_item"))  # fmt: skip
"""Labels of the article's own blocks; the first that fits wins."""

OWN_FLAGS = tuple((FLAGS[tag], label) for tag, label in OWN)
TAG_FLAGS = tuple((FLAGS[tag], label) for tag, label in BY_TAG)
ALL_FLAGS = sum({flag for flag, _ in (*OWN_FLAGS, *TAG_FLAGS)})


def label_of_words(words: tuple[str, ...]) -> str | None:
    """The label that the words of class names and an id give, or None."""
    pairs = [first + second for first in words for second in words] if len(words) <= 4 else []
    found = [BY_WORD[word] for word in (*words, *pairs) if word in BY_WORD]
    return min(found)[1] if found else None


def label_block(flags: int, named: str | None, *, is_body: bool) -> str:
    """The label of a block from the `FLAGS` of its holder and what the names around it say."""
    if is_body:
        rows, otherwise = OWN_FLAGS, "paragraph"
    elif named:
        return named
    else:
        rows, otherwise = TAG_FLAGS, "other"
    if not flags & ALL_FLAGS:
        return otherwise
    return next((label for flag, label in rows if flags & flag), otherwise)
