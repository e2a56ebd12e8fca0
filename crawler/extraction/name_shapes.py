"""What a single name looks like, and which texts that stand where names stand name nobody."""

from __future__ import annotations

import re

from crawler.extraction.name_words import words

LONGEST_NAME = 70
"""Characters; the longest names in bylines are those of organisations."""

SHORTEST_PROSE = 4
"""Spaces in a piece before the first name that is prose where two of its words are written small."""

LONGEST_WIDE, LONGEST_WIDE_NAME = 16, 6
"""The same for scripts without spaces: where markup says that it is a name, and elsewhere."""

WIDE = "\u2e80"
"""Where the scripts begin that write no spaces between words; most pages are in others."""
WIDE_SCRIPT = re.compile(r"^[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af·・\s]+$")
"""Texts in scripts without spaces between words, and Korean."""
SENTENCE_END = re.compile(r"(?<=[a-zß-ÿа-яё]{4})\.\s(?=[A-ZА-ЯЁ])")
"""A full stop behind a long word ("Prof." is short): no name goes on behind it."""
_FORBIDDEN = re.compile(r"[<>{}=#?%*\\~^_\[\]$€£©®™\"“”„«»…;:。，→←↓]|\.\.|!$|" + SENTENCE_END.pattern)
_NEVER = re.compile(
    r"^#|[<>{}→©：]|:$|['’]s [a-z]|admin(?:istrator)?$|^(?-i:I|I['’]m)\s[a-z]|"
    r"^(?:mail an|view|see|read|more|all|follow|visit|download|learn|about|meet|full|subscribe|share|get|click|"
    r"contact|e-?mail|"
    r"send|load|show|join|sign|log|check|find|browse|leave|add|skip|go|back|watch|print|our|your|this|these|what|"
    r"why|how|when|if|"
    r"corresponding|contributing|guest writer|zum|zur|mehr|alle|weitere|über|hier|voir|lire|plus|tous|toutes|ver|"
    r"leer|más|publi\w+|photo|picture|image|foto|bild)\s"
    r"|ログイン|会員登録|로그인|登录|注册|^(?:本报)?(?:记者|記者)"
    r"|\b(?:guidelines|process|policy|policies|this article|standards|terms of|newsletter|min read)\b",
    re.IGNORECASE,
)
_LETTER = re.compile(r"[^\W\d_]")


def is_given_name(word: str) -> bool:
    """Whether a word is a given name that bylines often begin with."""
    return word.casefold().split("-")[0].strip(".,") in words("given_names")


def is_job_word(word: str) -> bool:
    """Whether a word says what somebody does: "Reporter", "redaktör"."""
    return word.casefold() in words("job_words")


def is_desk(name: str) -> bool:
    """Whether a name is that of a desk or a position, which many people fill: "Editor", "Event Coordinator"."""
    tokens = name.casefold().split()
    if name.casefold() in words("desks"):
        return True
    return len(tokens) > 1 and is_job_word(tokens[-1]) and not is_given_name(tokens[0])


_FORMS = frozenset({"the", "mr", "mrs", "ms", "miss", "dr", "prof"})
"""What handles in small letters begin with."""


def is_phrase(name: str) -> bool:
    """Whether several words are no name because the first of them is written small: "mobile gaming", "ku Frankfurt"."""
    first, space, _ = name.partition(" ")
    if not space or not first[0].islower() or is_given_name(first):
        return False
    return first not in words("particles") and first.strip(".") not in _FORMS


def is_name(text: str, *, trusted: bool = False, first: bool = True) -> bool:
    """Whether a text can be the name of a person or an organisation; after the first it may be a job title too."""
    folded = text.casefold()
    if trusted and folded in words("desks"):
        return True
    if not 1 < len(text) <= LONGEST_NAME or folded in words("not_names"):
        return False
    if not _LETTER.search(text) or _NEVER.search(text):
        return False
    return _is_wide_name(text, trusted=trusted) if WIDE_SCRIPT.match(text) else _is_spaced_name(text, trusted, first)


def _is_wide_name(text: str, *, trusted: bool) -> bool:
    """In scripts without spaces length alone tells a name from a sentence."""
    return len(text) <= (LONGEST_WIDE if trusted else LONGEST_WIDE_NAME) or " " in text or "·" in text


def _is_spaced_name(text: str, trusted: bool, first: bool) -> bool:
    tokens = text.casefold().replace(",", " ").split()
    if len(tokens) > 8 or (_FORBIDDEN.search(text) and not (trusted and len(tokens) == 1)):
        return False
    if trusted:
        if len(tokens) > 3 and _small_words(text) > 1:
            return False
        return (first and len(tokens) > 1) or not _is_title(tokens)
    return not re.search(r"\d", text) and not _is_title(tokens) and _is_capitalised(text)


def is_prose(text: str) -> bool:
    """Whether a text of several words is no name because two of them are written small."""
    return text.count(" ") >= SHORTEST_PROSE and _small_words(text) > 1


def has_small_words(text: str) -> bool:
    """Whether a text describes rather than names: "Extension horticulture educators"."""
    return _small_words(text) > 0


def _small_words(text: str) -> int:
    """Words in small letters, particles and connectors aside: prose, not a name."""
    plain = (token for token in text.split() if token.casefold() not in words("particles"))
    return sum(len(token) > 2 and token.isalpha() and token.islower() for token in plain)


def _is_title(tokens: list[str]) -> bool:
    if any(token in words("organisation_words") for token in tokens):
        return False
    return any(map(is_job_word, tokens))


def _is_capitalised(text: str) -> bool:
    """Whether all words begin with capitals, save particles; scripts without case pass."""
    tokens = [token for token in re.split(r"[\s,]+", text) if token]
    plain = [token for token in tokens if token.casefold() not in words("particles")]
    return bool(plain) and all(not _first_letter(token).islower() for token in plain)


def _first_letter(token: str) -> str:
    found = _LETTER.search(token)
    return found[0] if found else ""
