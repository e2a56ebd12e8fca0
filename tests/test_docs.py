from __future__ import annotations

import json
import re
import tomllib
from dataclasses import asdict
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from scrapy.settings import default_settings

from crawler.commands.pages import item_of
from crawler.items import Article
from crawler.page import Page
from crawler.publications import load_publications
from sample.pages import posts, site
from tools.docs import fields, settings
from tools.docs.attributes import classes_of
from tools.docs.commands import commands
from tools.docs.pages import PAGES
from tools.docs.places import CRAWLER, DOCS, ROOT


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_generated_pages_say_what_the_code_says(path: Path) -> None:
    assert path.read_text(encoding="utf-8") == PAGES[path](), "run `make reference`"


def test_every_field_of_the_schema_is_described() -> None:
    for described in classes_of(CRAWLER / "items.py").values():
        assert described.doc
        assert [attribute.name for attribute in described.attributes if not attribute.doc] == []


def test_every_key_of_publications_is_described() -> None:
    assert all(attribute.doc for attribute in classes_of(CRAWLER / "publications.py")["Publication"].attributes)


def test_every_setting_is_described() -> None:
    assert settings.undocumented() == []


def test_every_command_and_option_is_described() -> None:
    text = (DOCS / "commands.md").read_text(encoding="utf-8")
    for name, command in commands():
        assert f"## scrapy {name}\n" in text
        assert command.short_desc()
    assert "|  |" not in text


def test_settings_named_in_the_docs_exist() -> None:
    own = (CRAWLER / "settings.py").read_text(encoding="utf-8")
    named = {name for page in [*DOCS.rglob("*.md"), ROOT / "README.md"] for name in _settings_in(page)}
    assert {name for name in named if f"\n{name} " not in own and not hasattr(default_settings, name)} == set()


def _settings_in(page: Path) -> list[str]:
    named = re.findall(r"-s ([A-Z][A-Z_]+)=", page.read_text(encoding="utf-8"))
    return [name for name in named if name != "NAME"]


def test_items_match_the_json_schema() -> None:
    schema = json.loads(fields.schema())
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema)
    pages = site("https://a.example")
    for post in posts():
        item = asdict(item_of(Page(pages[post.path].body.encode(), f"https://a.example{post.path}")))
        assert [error.message for error in validator.iter_errors(item)] == []
    assert not validator.is_valid(asdict(Article("https://a.example/", title="")))
    assert not validator.is_valid({**asdict(Article("https://a.example/")), "unknown": 1})


def test_the_example_in_the_docs_is_a_valid_publications_file(tmp_path: Path) -> None:
    block = re.search(r"```toml\n(.*?)```", (DOCS / "publications.md").read_text(encoding="utf-8"), re.DOTALL)
    assert block
    assert tomllib.loads(block[1])
    path = tmp_path / "publications.toml"
    path.write_text(block[1], encoding="utf-8")
    assert load_publications(path)
    assert load_publications(ROOT / "publications.toml")


def test_links_between_pages_lead_somewhere() -> None:
    for page in [*ROOT.glob("*.md"), *DOCS.rglob("*.md")]:
        prose = re.sub("```.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", prose):
            assert (page.parent / target).exists(), f"{page.name}: {target}"
