"""The desk's pages over HTTP: a list, an article beside its page, the difference of two revisions, and one form."""

from __future__ import annotations

import logging
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from flask import Flask, Response, abort, redirect, request
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as AnyResponse

from crawler.errors import StorageError
from crawler.review import guard
from crawler.review.archived import Archived, find_pages
from crawler.review.cases import LABELS, case_of
from crawler.review.differences import differences
from crawler.review.fixtures import GROUP, name_of, save
from crawler.review.index import CUT, WATCHED, Index
from crawler.review.selection import Filters, Revision, find, publications, revisions
from crawler.review.sources import Sources
from crawler.review.values import PARSERS, UnfitError
from crawler.visible import visible

TEMPLATES = Path(__file__).parent / "templates"
CORE = ("title", "byline", "date", "body", CUT)
"""Fields whose lack, or low evidence, the list tells without being asked."""
_NAME = re.compile(r"[a-z0-9-]{1,120}")


@dataclass(frozen=True)
class Desk:
    """What the pages are made of."""

    index: Index
    fixtures: Path
    """Folder that fixtures are saved to."""
    sources: Sources
    """Where runs that end while the desk is open put their files."""
    token: str = field(default_factory=lambda: secrets.token_urlsafe(32))
    """What a form must know; another one each time the desk starts."""


def make_app(desk: Desk) -> Flask:
    """The WSGI application."""
    app = Flask(__name__, static_folder=None, template_folder=None)
    app.config.update(
        TRUSTED_HOSTS=list(guard.HOSTS), MAX_CONTENT_LENGTH=guard.MAX_FORM, MAX_FORM_MEMORY_SIZE=guard.MAX_FORM
    )
    pages = Pages(desk)
    app.add_url_rule("/", view_func=pages.articles, methods=["GET"])
    app.add_url_rule("/article", view_func=pages.article, methods=["GET"])
    app.add_url_rule("/page", view_func=pages.page, methods=["GET"])
    app.add_url_rule("/difference", view_func=pages.difference, methods=["GET"])
    app.add_url_rule("/wrong", view_func=pages.wrong, methods=["POST"])
    app.add_url_rule("/<any('desk.css','page.css'):name>", view_func=pages.style, methods=["GET"])
    app.register_error_handler(HTTPException, pages.refused)
    app.register_error_handler(StorageError, pages.failed)
    app.after_request(_guarded)
    app.logger.addHandler(logging.StreamHandler())  # an error of the program is told where the desk was started
    return app


def _guarded(response: Response) -> Response:
    for name, value in {**guard.ALWAYS, "Content-Security-Policy": guard.OWN_PAGES}.items():
        response.headers.setdefault(name, value)
    return response


class Pages:
    """One method for each address."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._templates = Environment(
            loader=FileSystemLoader(TEMPLATES), autoescape=True, trim_blocks=True, lstrip_blocks=True,
            undefined=StrictUndefined, finalize=_shown,
        )  # fmt: skip
        self._templates.filters.update(number=lambda value: f"{value:,}".replace(",", "\u202f"), href=_href, raw=_raw)
        self._templates.globals.update(labels=LABELS, watched=WATCHED, cut=CUT, core=CORE)

    def articles(self) -> str:
        """The list."""
        self._desk.sources.renew()
        filters = Filters.parse(request.args)
        found = find(self._desk.index, filters, page=_number(request.args.get("page"), 1))
        return self._render("list", filters=filters, found=found, publications=publications(self._desk.index))

    def article(self) -> str:
        """One article beside its page."""
        return self._article({})

    def _article(self, refused: Mapping[str, str]) -> str:
        item, history, revision = self._asked(request.values)
        archived = find_pages(self._desk.index, item) if item.get("page_type") != "gone" else "The article is gone."
        part = self._part(archived)
        case = case_of(item, archived.pages[part - 1] if isinstance(archived, Archived) else None)
        return self._render(
            "article", item=item, revision=revision, history=history, case=case, archived=archived, part=part,
            parts=len(archived.pages) if isinstance(archived, Archived) else 0, token=self._desk.token,
            folder=self._desk.fixtures / GROUP, saved=self._saved(), refused=refused,
            request_value=request.form.get("value", ""),
        )  # fmt: skip

    def page(self) -> Response:
        """The archived page, for the frame."""
        item, _, _ = self._asked(request.args)
        archived = find_pages(self._desk.index, item)
        if not isinstance(archived, Archived):
            abort(404, archived)
        origin = request.host_url.rstrip("/")
        shown = case_of(item, archived.pages[self._part(archived) - 1], style=f"{origin}/page.css").shown
        response = Response(shown.html if shown else "", content_type="text/html; charset=utf-8")
        response.headers["Content-Security-Policy"] = guard.FOREIGN_PAGES.format(origin=origin)
        return response

    def difference(self) -> str:
        """What changed between two revisions of an article."""
        after, history, revision = self._asked(request.args)
        number = _number(request.args.get("from"), revision.number - 1)
        before = history[min(max(1, number), len(history)) - 1]
        found = differences(self._desk.index.item(before.line), after)
        return self._render("difference", item=after, before=before, revision=revision, history=history, found=found)

    def wrong(self) -> AnyResponse | tuple[str, int]:
        """Save the page and what it should have been read as; then the article again."""
        if not guard.is_own_form(request, self._desk.token):
            abort(403, "The form was not sent from this desk. Load the article again and repeat.")
        item, _, revision = self._asked(request.form)
        archived = find_pages(self._desk.index, item)
        name = request.form.get("field", "")
        if name not in PARSERS or not isinstance(archived, Archived):
            abort(400, "Only a field of an archived page can be corrected.")
        part = self._part(archived)
        try:
            value = PARSERS[name](request.form.get("value", "").replace("\r\n", "\n"))
        except UnfitError as error:
            return self._article({name: str(error)}), 422
        note = " ".join(request.form.get("note", "").split())[:1000]
        case = save(self._desk.fixtures, name_of(item, part), archived.pages[part - 1], {name: value}, note=note)
        query = urlencode({"id": item.get("id") or item["url"], "n": revision.number, "part": part, "saved": case.name})
        return redirect(f"/article?{query}", 303)

    def style(self, name: str) -> Response:
        """A style sheet."""
        response = Response((TEMPLATES / name).read_text(encoding="utf-8"), content_type="text/css; charset=utf-8")
        if name == "page.css":  # the sandboxed page has no origin, so to it every address is another's
            response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
        return response

    def refused(self, error: HTTPException) -> AnyResponse | tuple[str, int]:
        """A page for 400, 403, 404, …"""
        if error.code is None or error.code < 400:
            return AnyResponse(status=error.code)
        return self._render("refused", code=error.code, text=error.description or error.name), error.code

    def failed(self, error: StorageError) -> tuple[str, int]:
        """A page for what cannot be read or written."""
        return self._render("refused", code=500, text=str(error)), 500

    def _asked(self, asked: Mapping[str, str]) -> tuple[dict[str, Any], list[Revision], Revision]:
        """The item that is asked for, all revisions of its article, and which of them it is: the latest by default."""
        history = revisions(self._desk.index, asked.get("id", ""))
        if not history:
            abort(404, "No such article here.")
        number = _number(asked.get("n"), len(history))
        revision = history[min(max(1, number), len(history)) - 1]
        return self._desk.index.item(revision.line), history, revision

    @staticmethod
    def _part(archived: Archived | str) -> int:
        wanted = _number(request.values.get("part"), 1)
        return min(max(1, wanted), len(archived.pages)) if isinstance(archived, Archived) else 1

    def _saved(self) -> str:
        """The fixture that was just saved: named only if it is there, since anybody may write an address."""
        name = request.args.get("saved", "")
        return name if _NAME.fullmatch(name) and (self._desk.fixtures / GROUP / name).is_dir() else ""

    def _render(self, name: str, **values: Any) -> str:
        return self._templates.get_template(f"{name}.html.jinja").render(**values)


def _number(text: str | None, default: int) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 10 else default


def _shown(value: Any) -> Any:
    """Text as it is printed: nothing hides. What the templates themselves made (`Markup`) stays."""
    return visible(value) if type(value) is str else value


def _raw(value: str) -> Markup:
    """Text to be sent back as it is: escaped, and nothing spelled out."""
    return escape(value)


def _href(url: object) -> str:
    """An address that may be followed; nothing but http(s)."""
    text = str(url)
    return text if text.startswith(("http://", "https://")) else "#"
