"""The language of the text: what the page declares, unless the text itself clearly says otherwise."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from crawler.extraction.body import Body
from crawler.extraction.document import Document
from crawler.extraction.evidence import Candidate, Choice, Level
from crawler.extraction.readers.jsonld import main_entities

SAMPLE = 2000
"""Characters of the body that are looked at: some 330 words of English."""
SCRIPT_SAMPLE = 800
"""Characters in which a script other than Latin shows itself."""
MIN_WORDS = 12
"""Fewer words (of scripts with blanks) than this say nothing against a declaration."""
FOREIGN_WORDS = 60
"""From so many words on, a text without the declared language's function words is not in that language."""
FOREIGN = 0.06
"""Share of function words below which a text is not in a language that it is declared to be in."""
MIN_LETTERS = 12
"""Letters of one script that tell a language where a script has but one."""
CLEAR = 0.12
"""Share of the words that must be the winner's function words; prose has 0.3 to 0.5 in its own language."""
CLEAR_IN_SCRIPT = 0.04
"""The same where the script leaves a few languages only."""
LEAD = 1.35
"""By what factor the winner must lead a language that the page declares."""


@dataclass(frozen=True, slots=True)
class Script:
    """A script, and the language that its letters alone give away."""

    letters: re.Pattern[str]
    """One or more of its letters."""
    languages: tuple[str, ...]
    """The language, or the common ones that share the script."""


def _script(ranges: str, *languages: str) -> Script:
    return Script(re.compile(f"[{ranges}]"), languages)


SCRIPTS = (
    _script("\u3040-\u30ff", "ja"),  # kana: Chinese has none; before Han, which Japanese uses too
    _script("\uac00-\ud7a3", "ko"),
    _script("\u4e00-\u9fff", "zh"),
    _script("\u0e00-\u0e7f", "th"),
    _script("\u0370-\u03ff", "el"),
    _script("\u0590-\u05ff", "he"),
    _script("\u0980-\u09ff", "bn"),
    _script("\u0a00-\u0a7f", "pa"),
    _script("\u0a80-\u0aff", "gu"),
    _script("\u0b80-\u0bff", "ta"),
    _script("\u0c00-\u0c7f", "te"),
    _script("\u0c80-\u0cff", "kn"),
    _script("\u0d00-\u0d7f", "ml"),
    _script("\u0d80-\u0dff", "si"),
    _script("\u0e80-\u0eff", "lo"),
    _script("\u1000-\u109f", "my"),
    _script("\u10a0-\u10ff", "ka"),
    _script("\u0530-\u058f", "hy"),
    _script("\u1200-\u137f", "am"),
    _script("\u1780-\u17ff", "km"),
    _script("\u0f00-\u0fff", "bo"),
    _script("\u0400-\u04ff", "ru", "uk", "bg", "sr", "mk", "be", "kk", "mn", "ky", "tg"),
    _script("\u0600-\u06ff", "ar", "fa", "ur", "ps", "ckb", "ug"),
    _script("\u0900-\u097f", "hi", "mr", "ne", "sa"),
)
"""Unicode blocks of scripts other than Latin."""

KANA_SHARE = 0.1
"""Kana among kana and Han together from which a text is Japanese; a Chinese text that quotes a name stays below."""

ALIASES = {"iw": "he", "in": "id", "ji": "yi", "mo": "ro", "sh": "sr", "fil": "tl", "jp": "ja", "cn": "zh"}
"""Withdrawn or mistaken codes that pages still use, and what they mean."""

KIN = ({"nb", "no", "nn", "da"}, {"hr", "sr", "bs", "sl"}, {"id", "ms"}, {"cs", "sk"}, {"pt", "gl"}, {"bg", "mk"},
       {"ru", "be"}, {"zh", "yue", "wuu"}, {"fa", "ps"}, {"tr", "az"})  # fmt: skip
"""Languages whose function words are nearly the same: here the declaration decides."""

_TAG = re.compile(r"([a-z]{2,3})(?:[-_]([a-z]{4}))?(?:[-_]([a-z]{2}|\d{3}))?(?:[-_.@].*)?", re.IGNORECASE)
_NOT_LATIN = re.compile("[\u0370-\u1dff\u3040-\ud7ff]")
"""Letters of the scripts below; quotes, dashes and accents of Latin text lie outside."""
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
ALIEN_LETTERS = (("ru", "іїєґўјљњћђџ"), ("bg", "ыэіїєґўј"), ("sr", "ыэъщіїйюя"), ("mk", "ыэъщіїйюя"),
                 ("uk", "ыэъўј"), ("be", "щъиїєґ"))  # fmt: skip
"""Cyrillic letters that a language does not have."""
NOT_ARABIC = "پچژگکیےٹڈں"
"""Letters of Persian, Urdu, Pashto and Kurdish that Arabic does not have; their texts cannot do without them."""
ALIEN_SHARE = 0.004
"""Share of such letters, beyond a quoted name, that rules the language out."""


def choose_language(document: Document, body: Body) -> Choice[str]:
    """BCP 47 language of the text, with the region where the page declares one that the text does not contradict.

    `<html lang>` is often the theme's language (`en-US` on Japanese posts), so a text of some length decides against
    it where it clearly can: by its script first, else by the share of function words.
    """
    sample = (body.text or _title(document))[:SAMPLE]
    script = script_of(sample)
    stated = list(_declared(document))
    declared = [c for c in stated if script is None or _may_be(_primary(c.value), script)]
    told = language_of(sample, tuple(c.value for c in declared))
    if told is None:
        if not declared:
            return Choice(None, None, tuple(stated), "not declared, and the text is too short or too mixed to tell")
        if is_foreign(sample, _primary(declared[0].value)):
            return Choice(None, None, tuple(stated), "the text is not in the declared language")
        return Choice(declared[0].value, declared[0], tuple(declared[1:]), "declared; the text does not tell")
    agreeing = [c for c in declared if _primary(c.value) == told]
    others = tuple(c for c in stated if c not in agreeing)
    if agreeing:
        winner = max(agreeing, key=lambda c: len(c.value) > len(told))
        rest = tuple(c for c in agreeing if c is not winner)
        return Choice(winner.value, winner, (*rest, *others), "declared, and the text agrees")
    winner = Candidate(told, "text", "script and function words", Level.INFERRED)
    return Choice(told, winner, others, "the text contradicts the declaration" if others else "told by the text")


def _title(document: Document) -> str:
    """The page's title, which speaks for a page whose text was not found."""
    return " ".join(map(document.text, document.by_tag.get("title", ())[:1]))


def normalized_tag(text: str) -> str | None:
    """A BCP 47 tag of language, script and region in their usual case; None where the text is none."""
    match = _TAG.fullmatch(text.strip())
    if not match:
        return None
    language, script, region = match[1].lower(), match[2], match[3]
    language = ALIASES.get(language, language)
    return "-".join(filter(None, (language, script and script.title(), region and region.upper())))


def language_of(sample: str, declared: tuple[str, ...] = ()) -> str | None:
    """Primary language of a text, or None where it cannot be told; `declared` decides between close relatives."""
    stated = tuple(_primary(tag) for tag in declared)
    script = script_of(sample)
    if script is None:
        return _by_words(sample, stated, CLEAR)
    if len(script.languages) == 1:
        return next((tag for tag in stated if _may_be(tag, script)), script.languages[0])
    if script.languages[0] == "ar" and not any(letter in sample for letter in NOT_ARABIC):
        return "ar"
    told = _by_words(sample, stated, CLEAR_IN_SCRIPT)
    return told if told in script.languages else None


def is_foreign(sample: str, language: str) -> bool:
    """Whether a text of some length lacks the function words of a language (of those whose words are known)."""
    words = _WORD.findall(sample.lower())
    known = [language in _function_words().get(word, ()) for word in words]
    is_listed = any(language in languages for languages in _function_words().values())
    return is_listed and len(words) >= FOREIGN_WORDS and sum(known) < FOREIGN * len(words)


def _primary(tag: str) -> str:
    return tag.partition("-")[0]


def _is_kin(one: str, other: str) -> bool:
    return one == other or any({one, other} <= kin for kin in KIN)


def script_of(sample: str) -> Script | None:
    """The script of most letters, where it is not Latin."""
    sample = sample[:SCRIPT_SAMPLE]
    if len(_NOT_LATIN.findall(sample)) <= MIN_LETTERS:
        return None
    counts = [len(script.letters.findall(sample)) for script in SCRIPTS]
    kana, hangul, han = counts[:3]
    letters = len(re.findall(r"[^\W\d_]", sample))
    if kana + han > max(MIN_LETTERS, 0.3 * letters) and han + kana > hangul:
        return SCRIPTS[0] if kana > KANA_SHARE * (kana + han) else SCRIPTS[2]
    most = max(counts)
    return SCRIPTS[counts.index(most)] if most > max(MIN_LETTERS, 0.4 * letters) else None


def _may_be(language: str, script: Script) -> bool:
    return any(_is_kin(language, other) for other in script.languages)


def _by_words(sample: str, stated: tuple[str, ...], clear: float) -> str | None:
    words = _WORD.findall(sample.lower())
    votes = _votes(sample, words)
    if len(words) < MIN_WORDS or not votes:
        return None
    best, count = votes.most_common(1)[0]
    if count < clear * 2 * len(words):
        return None
    for language in stated:
        if votes[language] * LEAD >= count or (_is_kin(language, best) and votes[language] * 2 >= count):
            return language
    second = next((n for language, n in votes.most_common(4)[1:] if not _is_kin(language, best)), 0)
    return best if count >= LEAD * second else None


def _votes(sample: str, words: list[str]) -> Counter[str]:
    """Two for each function word; one for a letter alone: it may be a list's mark, a possessive or an initial."""
    votes: Counter[str] = Counter()
    table = _function_words()
    for word, times in Counter(words).items():
        for language in table.get(word, ()):
            votes[language] += times * (1 + (len(word) > 1))
    for language, letters in ALIEN_LETTERS:
        if votes[language] and sum(map(sample.count, letters)) > 1 + ALIEN_SHARE * len(sample):
            del votes[language]
    return votes


@cache
def _function_words() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for line in Path(__file__).with_name("stopwords.tsv").read_text(encoding="utf-8").splitlines():
        language, _, words = line.partition("\t")
        if words:
            for word in set(words.split()):
                found[word] = (*found.get(word, ()), language)
    return found


_META: tuple[str, ...] = ("og:locale", "content-language", "language", "dc.language")


def _declared(document: Document) -> Iterator[Candidate[str]]:
    page = document.page
    stated = [("markup", "html[lang]", _root_language(document))]
    stated += [
        ("json-ld", f"{entity.kind}.inLanguage", entity.text("inLanguage")) for entity in main_entities(document)
    ]
    stated += [("meta", name, page.meta.get(name, [""])[0]) for name in _META]
    stated.append(("header", "Content-Language", page.header("content-language")))
    stated.append(("profile", "language", page.profile.language))
    for source, where, text in stated:
        tag = normalized_tag(text or "")
        if tag:
            yield Candidate(tag, source, where, Level.DECLARED)


def _root_language(document: Document) -> str | None:
    root = document.page.root
    return root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang")
