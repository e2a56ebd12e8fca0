"""docs/commands.md, from the commands' own help."""

from __future__ import annotations

import argparse
import importlib
import pkgutil
from collections.abc import Iterator

from scrapy.commands import ScrapyCommand
from scrapy.settings import Settings

import crawler.commands

HEAD = """# Commands

<!-- Generated from the commands' help by `make reference`. -->

All are sub-commands of `scrapy` and run in the project's folder; `-s NAME=VALUE`, `-L LEVEL`, `--logfile FILE` and
`--nolog` work with each of them as with Scrapy's own. What they exit with: [exit codes](exit-codes.md).
"""
ARGUMENTS = """`scrapy crawl articles` takes the spider's arguments with `-a`:

| argument | meaning |
| --- | --- |
| `-a url=https://example.org/` | a publication, or several with commas between them |
| `-a sites=publications.toml` | the publications of a file; the default without `url` ([format](publications.md)) |
| `-a since=2024-01-01` | only articles of that day or later, as far as it can be told before fetching |
| `-a until=2024-12-31` | only articles of that day or earlier |
| `-a limit=100` | at most so many articles in this run |
"""


def page() -> str:
    """The page for readers."""
    return "\n".join([HEAD, *(line for name, command in commands() for line in _section(name, command))])


def commands() -> Iterator[tuple[str, ScrapyCommand]]:
    """Every command of the project with its name."""
    for module in pkgutil.iter_modules(crawler.commands.__path__):
        command = getattr(importlib.import_module(f"crawler.commands.{module.name}"), "Command", None)
        if command is not None:
            instance = command()
            instance.settings = Settings()
            yield module.name.replace("_", "-"), instance


def _section(name: str, command: ScrapyCommand) -> Iterator[str]:
    syntax = command.syntax() if name != "crawl" else "articles [-a NAME=VALUE …]"
    yield f"## scrapy {name}\n\n```\nscrapy {name} {syntax}\n```\n"
    yield f"{command.long_desc()}{'' if command.long_desc().endswith('.') else '.'}\n"
    if name == "crawl":
        yield ARGUMENTS
    options = list(_options(command))
    if options:
        yield "| option | meaning |\n| --- | --- |"
        yield from (f"| `{flags}` | {text} |" for flags, text in options)
        yield ""


def _options(command: ScrapyCommand) -> Iterator[tuple[str, str]]:
    """The command's own options: those that the class itself adds after Scrapy's."""
    inherited = argparse.ArgumentParser(add_help=False)
    super(type(command), command).add_options(inherited)
    known = {flag for action in inherited._actions for flag in action.option_strings}
    parser = argparse.ArgumentParser(add_help=False)
    command.add_options(parser)
    for action in parser._actions:
        if action.option_strings and not known.intersection(action.option_strings):
            metavar = "" if action.nargs == 0 else f" {action.metavar or action.dest.upper()}"
            yield ", ".join(action.option_strings) + metavar, action.help or ""
