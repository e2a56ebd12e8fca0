"""The errors that this project raises on purpose, split by who must act.

    CrawlerError
    ├── OperatorError           whoever runs the crawl must act; the message names the remedy
    │   ├── ConfigurationError  a setting, an option or publications.toml cannot be meant as it stands
    │   └── StorageError        output, frontier or archive cannot be read or written
    │       ├── DiskFullError   … because there is no room left
    │       └── LockedError     … because another process holds it
    └── PublicationError        the publication's side must act, or time will: it cannot be read now

Expected outcomes of single pages are values with a reason, never one of these.
"""

from __future__ import annotations


class CrawlerError(Exception):
    """Anything that this project raises on purpose."""


class OperatorError(CrawlerError):
    """Whoever runs the crawl must act; the message names the remedy."""


class ConfigurationError(OperatorError):
    """A setting, an option or `publications.toml` cannot be meant as it stands; found before the first request."""


class StorageError(OperatorError):
    """Output, frontier or archive cannot be read or written: a missing folder, missing rights, a damaged file."""


class DiskFullError(StorageError):
    """There is no room left where output, frontier or archive are kept."""


class LockedError(StorageError):
    """Another process holds what this one needs, and did not let go in time."""


class PublicationError(CrawlerError):
    """A publication cannot be read now: it is down, refuses, or forbids it by robots.txt."""
