"""Write `crawler/extraction/months.tsv` from the Unicode CLDR: `python tools/data/month_names.py` (needs babel).

Every spelling of a month that CLDR lists for a language (wide and abbreviated, in dates and alone), lower case and
without dots, and the spellings below that CLDR does not list.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import babel
from babel import Locale, localedata

TABLE = Path(__file__).parents[2] / "crawler" / "extraction" / "months.tsv"

LANGUAGES = (
    "en de fr es it pt nl af sv da nb nn is fi et lv lt pl cs sk sl hr bs sr mk bg ru uk be ro hu el tr az kk "
    "uz ky tg sq ca gl eu br cy lb fy mt id ms fil sw ar ar_LB ar_DZ ar_MA fa ps ur he hi bn ta te mr gu kn ml "
    "pa ne si th lo km my ka hy mn am de_AT sr_Latn"
)
"""CLDR locales."""

MORE = (
    ("en", 9, "sept"),
    ("de", 1, "jänner jaenner"),
    ("de", 2, "feber"),
    ("de", 3, "maerz mrz"),
    ("de", 9, "sept"),
    ("nl", 3, "mrt"),
    ("es", 9, "setiembre set"),
    ("pl", 3, "mar"),
    ("da", 9, "sept"),
    ("it", 9, "sett"),
    ("fr", 2, "fev"),
    ("fr", 12, "dec"),
    ("fr", 8, "aout"),
    ("el", 1, "γεναρη γεναρης"),
    ("id", 8, "agustus ags agt"),
    ("tr", 2, "subat"),
)
"""(language, month, spellings) seen in print and missing from CLDR."""

HEADER = """# Month names, lower case, without dots.
# Source: Unicode CLDR through babel {version} (tools/data/month_names.py), with additions listed in that script.
# Licence: Unicode License v3, https://www.unicode.org/license.txt
# name\tmonth\tlanguages
"""


def spellings(locale: Locale) -> Iterator[tuple[str, int]]:
    """(name, month) of one locale."""
    for context in ("format", "stand-alone"):
        for width in ("wide", "abbreviated"):
            for month, name in locale.months[context][width].items():
                folded = name.casefold().replace(".", "").strip()
                if any(map(str.isalpha, folded)) and not any(map(str.isdigit, folded)):
                    is_arabic = (
                        "\u0600" <= folded[0] <= "\u06ff"
                    )  # كانون الأول and كانون الثاني differ in the second word
                    yield folded if is_arabic else folded.split()[-1], int(month)


def main() -> None:
    """Write the table."""
    table: dict[tuple[str, int], set[str]] = {}
    for code in LANGUAGES.split():
        localedata._cache.clear()  # babel 2.18 lets one locale's names leak into those that are loaded after it
        for name, month in spellings(Locale.parse(code)):
            table.setdefault((name, month), set()).add(code.partition("_")[0])
    for language, month, names in MORE:
        for name in names.split():
            table.setdefault((name, month), set()).add(language)
    rows = (f"{name}\t{month}\t{' '.join(sorted(languages))}" for (name, month), languages in sorted(table.items()))
    TABLE.write_text(HEADER.format(version=babel.__version__) + "\n".join(rows) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
