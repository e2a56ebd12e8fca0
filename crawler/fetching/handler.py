"""The download handler of http and https: guarded addresses, bounded heads, refusals with their reason."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from scrapy.core.downloader.handlers.http11 import (
    HTTP11DownloadHandler,
    _LenientHTTP11ClientFactory,
    _LenientHTTP11ClientProtocol,
)
from scrapy.exceptions import CannotResolveHostError, DownloadCancelledError, DownloadFailedError
from scrapy.utils.httpobj import urlparse_cached
from scrapy.utils.misc import build_from_crawler
from twisted.python.failure import Failure
from twisted.web._newclient import BODY
from twisted.web.iweb import IPolicyForHTTPS
from zope.interface import implementer  # type: ignore[import-untyped]

from crawler.fetching.guard import ascii_host, guard_of
from crawler.fetching.refusals import AddressRefused, AnswerRefused
from crawler.fetching.resolver import GuardedResolver

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response
    from twisted.internet.interfaces import IAddress

MAX_HEAD = 262_144
"""Bytes of status line and headers, interim answers included. Browsers take 256 KiB (Chromium) at most."""


class HeadTooLargeError(Exception):
    """The head of an answer does not end within `MAX_HEAD`."""


class GuardedDownloadHandler(HTTP11DownloadHandler):
    """Scrapy's handler, which connects to no address that the guard does not permit."""

    lazy = False

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._guard = guard_of(crawler.settings.get("FETCH_ALLOW_PRIVATE"))
        self._pool._factory = _BoundedFactory
        self._contextFactory: Any = _Certificates(crawler, self._contextFactory)

    async def download_request(self, request: Request) -> Response:
        """The answer. Raises `AddressRefused`, `AnswerRefused`, and what Scrapy's handler raises."""
        resolver = self._resolver()
        address = urlparse_cached(request)
        host, port = address.hostname or "", address.port or (443 if address.scheme == "https" else 80)
        try:
            return await super().download_request(request)
        except CannotResolveHostError as error:
            refused = resolver.refused(host, port)
            if refused is None:
                raise
            raise AddressRefused(f"not a public address: {refused}") from error
        except DownloadCancelledError as error:
            raise AnswerRefused(f"more than {request.meta.get('download_maxsize')} bytes") from error
        except DownloadFailedError as error:
            if _is_head_too_large(error):
                raise AnswerRefused(f"headers of more than {MAX_HEAD} bytes") from error
            raise

    def _resolver(self) -> GuardedResolver:
        """The reactor's resolver, with the guard in it: whoever resolves through the reactor is guarded.

        Asked for at every request, because Scrapy installs its own resolver after handlers may have been made.
        """
        from twisted.internet import reactor as installed  # noqa: PLC0415 - importing it installs a reactor

        reactor = cast("Any", installed)
        current = reactor.nameResolver
        if not isinstance(current, GuardedResolver) or current.guard != self._guard:
            inner = current.inner if isinstance(current, GuardedResolver) else current
            current = GuardedResolver(inner, self._guard)
            reactor.installNameResolver(current)
        return current


def _is_head_too_large(error: DownloadFailedError) -> bool:
    reasons = getattr(error.__cause__, "reasons", ())
    return any(reason.check(HeadTooLargeError) for reason in reasons)


class _BoundedProtocol(_LenientHTTP11ClientProtocol):
    """Counts what arrives before a body. Twisted bounds a line (16 KiB), but not how many there are."""

    _head = 0

    def dataReceived(self, data: bytes) -> None:  # noqa: N802 - Twisted's interface
        parser = self._parser
        if parser is None or parser.state == BODY:
            self._head = 0
        else:
            self._head += len(data)
            # The first bytes of a body may come along with the head: what was read at once is not counted.
            if self._head - len(data) > MAX_HEAD:
                self._giveUp(Failure(HeadTooLargeError()))  # type: ignore[no-untyped-call]
                return
        super().dataReceived(data)  # type: ignore[no-untyped-call]


class _BoundedFactory(_LenientHTTP11ClientFactory):
    def buildProtocol(self, addr: IAddress | None) -> _BoundedProtocol:  # noqa: ARG002, N802 - Twisted's interface
        return _BoundedProtocol(self._quiescentCallback)  # type: ignore[no-untyped-call]


@implementer(IPolicyForHTTPS)
class _Certificates:
    """Verifies certificates, but for the hosts of publications with `verify_tls = false`."""

    def __init__(self, crawler: Crawler, verified: Any) -> None:
        self._crawler = crawler
        self._verified = verified
        self._unverified = build_from_crawler(type(verified), crawler)
        self._unverified._verify_certificates = False

    def creatorForNetloc(self, hostname: bytes, port: int) -> Any:  # noqa: N802 - Twisted's interface
        """See `IPolicyForHTTPS`."""
        excepted: frozenset[str] = getattr(self._crawler.spider, "unverified_hosts", frozenset())
        policy = self._unverified if ascii_host(hostname.decode("ascii")) in excepted else self._verified
        return policy.creatorForNetloc(hostname, port)
