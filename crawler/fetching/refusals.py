"""Why there is no document: what the fetching side raises, and what it means for the record.

IgnoreRequest (Scrapy)
├── AddressRefused     no connection is made: the address is not public
└── AnswerRefused      the answer is not taken: too large, too deeply compressed, a head without end
DownloadFailedError (Scrapy)
└── BodyIncompleteError     the answer broke off or is damaged; another try may bring it whole
"""

from __future__ import annotations

from scrapy.exceptions import DownloadFailedError, IgnoreRequest


class AddressRefused(IgnoreRequest):
    """The name resolves to addresses that are not public, and the operator made no exception."""


class AnswerRefused(IgnoreRequest):
    """The server answers with more than is taken."""


class BodyIncompleteError(DownloadFailedError):
    """The body broke off, or what arrived is not what was compressed."""
