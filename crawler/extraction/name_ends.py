"""What stands before and behind a name on its line: jobs, papers, places, agencies, brackets."""

from __future__ import annotations

import re

from crawler.extraction.kinds_of_names import kind_of
from crawler.extraction.name_shapes import is_given_name, is_job_word
from crawler.extraction.name_words import words

SHORTEST_FULL = 2
"""Words of the shortest full name."""

LONGEST_INITIALS = 2
"""Letters of what stands in capitals in any name: "JD", "VAN" is none."""

SUFFIX = re.compile(r"^(?:sr|jr|esq|ii|iii|iv)\.?$", re.IGNORECASE)
"""What belongs to the name before it."""
_TAIL = re.compile(
    r"\s+(?:for|special to|at|from|in|on|via|under|filed|unter|with the|à|pour|für|bei|aus|para|is|was|has|are|über|"
    r"im gespräch|im interview)\b.*$|\s(?:reports|writes|berichtet|schreibt)$"
    r"|\s(?:\S+\s)?(?:교수|논설위원|변호사|작가|시인|칼럼니스트|평론가|편집장|연구원|박사)$"
    r"|\s*[(\[{（][^)\]}）]*[)\]}）]?\s*$|\s(?:기자|记者|記者|特派員|出自)(?:\s.*)?$",
    re.DOTALL | re.IGNORECASE,
)


def without_tail(text: str) -> str:
    """A name without "for the Echo", "(dpa)"; "Institute for Peace" keeps its own words."""
    short = _TAIL.sub("", text)
    return short if short == text or kind_of(short) == "person" else text


_WITH = re.compile(r"\s(?:with|avec|mit|con|med|met)\s+(?P<name>\S+)$")


def without_agency(text: str) -> str:
    """A person's name without the agency that contributed: "Jane Doe avec AFP"; a paper signs with its agency."""
    match = _WITH.search(text)
    is_agency = match is not None and match["name"].casefold() in words("agencies")
    return text[: match.start()] if match and is_agency and is_given_name(text.split(maxsplit=1)[0]) else text


_TRADE = frozenset({"staff", "special", "contributing", "guest", "sports", "associated"})
"""What job titles begin with behind a name, beside the words of jobs."""


def without_trade(text: str) -> str:
    """A full name without the job or paper that follows it on its line: "JANE DOE Star Staff Writer"."""
    tokens = text.split()
    first = _first_of_name(tokens)
    if first:
        return " ".join(tokens[first:])
    behind = tokens[SHORTEST_FULL:]
    if not behind:
        return text
    titles = [token.casefold() in _TRADE or is_job_word(token) for token in behind]
    loud = tokens[0].isupper() and tokens[1].isupper() and len(tokens[1]) > LONGEST_INITIALS
    if not is_given_name(tokens[0]) and not (loud and any(titles)):
        return text
    for index, token in enumerate(behind):
        if titles[index] or (loud and token.istitle() and not SUFFIX.match(token)):
            return " ".join(tokens[: SHORTEST_FULL + index])
    return text


def _first_of_name(tokens: list[str]) -> int:
    """Where a full name begins behind a job title: "Environment Editor Jane Doe"; 0 where none stands before it."""
    for index, token in enumerate(tokens[:-SHORTEST_FULL]):
        if is_job_word(token) and is_given_name(tokens[index + 1]):
            return index + 1
    return 0
