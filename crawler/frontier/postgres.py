"""The frontier for many machines: PostgreSQL. Leases skip rows that others lock; a lost connection is made again."""

from __future__ import annotations

import logging
import random
import re
import signal
import threading
import time
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from typing import Any, TypeVar

import psycopg
from psycopg import errors

from crawler.errors import DiskFullError, StorageError
from crawler.frontier import statements as sql
from crawler.frontier.sql import SqlStore

T = TypeVar("T")

LASTING = 30.0
"""Seconds for which a database that is gone is tried again: a restart or a failover. The crawl stands still meanwhile;
after that, or as soon as the process is told to stop, the run ends, and the next one resumes it."""
LOOK = 0.2
"""Seconds between two looks whether the process was told to stop."""
CONNECT_SECONDS, SILENT_MS = 2, 5000
"""Seconds until a server that does not answer counts as gone, and milliseconds until one that fell silent does."""
SCOPE = "CREATE TEMP TABLE scope (publication TEXT NOT NULL PRIMARY KEY, round_start DOUBLE PRECISION NOT NULL)"
SEQUENCE = "CREATE SEQUENCE IF NOT EXISTS worker_numbers AS INTEGER"
"""Numbers are never given twice: a worker that comes back late is not taken for a newer one."""
MIGRATION_LOCK = 7_204_916
"""Key of the advisory lock under which tables are created."""
PASSING = (psycopg.OperationalError, errors.DeadlockDetected, errors.SerializationFailure)
"""Errors after which the same transaction may succeed."""

STOPPING = (signal.SIGTERM, signal.SIGINT)

logger = logging.getLogger(__name__)


def open_postgres(url: str, *, lease_seconds: float = 120.0) -> PostgresStore:
    """The store behind a `postgresql://` URL, its tables created where there are none.

    Raises `StorageError` where it cannot be reached, or was written by a newer version.
    """
    return PostgresStore(PostgresDatabase(url), lease_seconds=lease_seconds)


class PostgresDatabase:
    """One connection. Workers live as long as they give signs of life: other machines cannot see more."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._publications: dict[str, float] = {}
        self._connection = self._connect()
        self._migrate()

    def _connect(self) -> psycopg.Connection[tuple[Any, ...]]:
        try:
            connection = psycopg.connect(
                self._url, autocommit=True, connect_timeout=CONNECT_SECONDS, tcp_user_timeout=SILENT_MS
            )
        except psycopg.Error as error:
            raise StorageError(f"{_without_password(self._url)}: {error}; check FRONTIER_URL and the server") from error
        connection.execute(SCOPE)
        return connection

    def reconnect(self) -> None:
        """A new connection that knows what the old one knew. Raises `StorageError` where there is none to be had."""
        self._connection.close()
        self._connection = self._connect()
        with self._connection.cursor() as cursor:
            cursor.executemany("INSERT INTO scope VALUES (%s, %s)", list(self._publications.items()))

    def _migrate(self) -> None:
        with self.transaction():
            self._connection.execute("SELECT pg_advisory_xact_lock(%s)", (MIGRATION_LOCK,))
            self._connection.execute("CREATE TABLE IF NOT EXISTS schema_version (version INTEGER NOT NULL)")
            version = self.rows("SELECT coalesce(max(version), 0) FROM schema_version")[0][0]
            if version > sql.SCHEMA_VERSION:
                raise StorageError("the frontier was written by a newer version of this program; upgrade it here too")
            if version < sql.SCHEMA_VERSION:
                for statement in (*sql.TABLES, SEQUENCE):
                    self._connection.execute(statement.encode())
                self.run("INSERT INTO schema_version VALUES (:version)", [{"version": sql.SCHEMA_VERSION}])

    @contextmanager
    def transaction(self, *, durable: bool = False) -> Iterator[None]:  # noqa: ARG002 - PostgreSQL's all are
        """See `Database`."""
        with self._connection.transaction():
            yield

    def rows(self, statement: str, **parameters: Any) -> list[tuple[Any, ...]]:
        """See `Database`."""
        return self._connection.execute(translated(statement), parameters).fetchall()

    def run(self, statement: str, parameters: Sequence[Mapping[str, Any]]) -> int:
        """See `Database`."""
        if not parameters:
            return 0
        with self._connection.cursor() as cursor:
            cursor.executemany(translated(statement), parameters)
            return cursor.rowcount

    def known(self, keys: Sequence[str]) -> list[tuple[Any, ...]]:
        """See `Database`."""
        statement = f"SELECT {sql.COLUMNS} FROM urls WHERE key = ANY(:keys)"  # noqa: S608 - column names are ours
        return self.rows(statement, keys=list(keys))

    def scope(self, publications: Sequence[str]) -> None:
        """See `Database`."""
        self._publications = dict.fromkeys(publications, 0.0)
        with self.transaction():
            self._connection.execute("DELETE FROM scope")
            self.run("INSERT INTO scope VALUES (:name, 0)", [{"name": name} for name in publications])

    def note_round(self, publication: str, start: float) -> None:
        """Remember what `scope` holds, for a new connection."""
        self._publications[publication] = start

    def register(self, run_id: str, deadline: float) -> int:
        """See `Database`."""
        with self.transaction():
            number = int(self.rows("SELECT nextval('worker_numbers')")[0][0])
            row = {"id": number, "run_id": run_id, "deadline": deadline}
            self.run("INSERT INTO workers (id, run_id, deadline) VALUES (:id, :run_id, :deadline)", [row])
        return number

    def is_alive(self, worker: int) -> bool:  # noqa: ARG002 - the deadline alone decides
        """See `Database`."""
        return True

    def forget(self, worker: int) -> None:
        """See `Database`."""

    def clock(self) -> Callable[[], float]:
        """The database's time, which all machines share, kept by this machine's own clock from now on."""
        ahead = float(self.rows("SELECT extract(epoch FROM clock_timestamp())::float8")[0][0]) - time.time()
        return lambda: time.time() + ahead

    def close(self) -> None:
        """See `Database`."""
        self._connection.close()


class PostgresStore(SqlStore):
    """`SqlStore` whose operations, each one transaction, survive a database that goes away and comes back.

    An operation that was committed although its answer was lost is done a second time: adding, settling and releasing
    twice changes nothing; records leased twice come back when the run ends.
    """

    def __init__(self, database: PostgresDatabase, *, lease_seconds: float) -> None:
        super().__init__(database, lease_seconds=lease_seconds)
        self._postgres = database
        self._has_given_up = False

    def __getattribute__(self, name: str) -> Any:
        value = super().__getattribute__(name)
        if name.startswith("_") or name == "close" or not callable(value):
            return value
        return lambda *arguments, **named: self._lastingly(lambda: value(*arguments, **named))

    def _lastingly(self, operation: Callable[[], T]) -> T:
        try:
            with lasting_errors_told():
                return operation()
        except PASSING as error:
            logger.warning("Frontier: %s; trying again", str(error).strip())
        with signals_noted() as came:
            return self._again(operation, came)

    def _again(self, operation: Callable[[], T], came: Collection[int]) -> T:
        """The operation's result, tried until the time is over or a signal came; once in vain, no more waits."""
        deadline, pause = time.monotonic() + (0.0 if self._has_given_up else LASTING), 0.1
        while True:
            _rest(pause * random.uniform(0.5, 1), came)  # noqa: S311 - spreads the workers, no secret
            pause = min(5.0, pause * 2)
            try:
                with lasting_errors_told():
                    self._mend()
                    return operation()
            except PASSING as error:
                if came or time.monotonic() > deadline:
                    self._has_given_up = True
                    raise StorageError(f"the frontier's database cannot be reached: {error}") from error
                logger.warning("Frontier: %s; trying again", str(error).strip())

    def _mend(self) -> None:
        if self._postgres._connection.closed or self._postgres._connection.broken:
            try:
                self._postgres.reconnect()
            except StorageError as error:
                logger.warning("%s", error)

    def start_visit(self, publication: str, run_id: str, *, now: float) -> float:
        """See `Store`."""
        start = super().start_visit(publication, run_id, now=now)
        self._postgres.note_round(publication, start)
        return start


@contextmanager
def lasting_errors_told() -> Iterator[None]:
    """`PASSING` errors as they are. Raises `DiskFullError` and `StorageError` for those that stay when tried again."""
    try:
        yield
    except errors.DiskFull as error:
        raise DiskFullError("the frontier's database has no room left; make room and run again") from error
    except PASSING:
        raise
    except psycopg.Error as error:
        raise StorageError(f"the frontier's database answers: {error}") from error


def _rest(seconds: float, came: Collection[int]) -> None:
    until = time.monotonic() + seconds
    while not came and (left := until - time.monotonic()) > 0:
        time.sleep(min(LOOK, left))


@contextmanager
def signals_noted() -> Iterator[list[int]]:
    """SIGTERM and SIGINT that come in the meantime, to be looked at; they are handled as usual when it is over.

    Their handlers hand the stop on to the event loop, which waits for us: so nobody would learn of it.
    """
    came: list[int] = []
    if threading.current_thread() is not threading.main_thread():
        yield came
        return
    before = {number: signal.signal(number, lambda each, _: came.append(each)) for number in STOPPING}
    try:
        yield came
    finally:
        for stopping, handler in before.items():
            signal.signal(stopping, signal.SIG_DFL if handler is None else handler)
        for number in came:
            signal.raise_signal(number)


@cache
def translated(statement: str) -> bytes:
    """A statement with psycopg's parameters, and with locks where rows are chosen to be taken."""
    text = re.sub(r"(?<![:\w]):([a-z_]+)", r"%(\1)s", statement.replace("%", "%%"))
    if statement is sql.LEASE:
        text = text.replace("LIMIT %(limit)s)", "LIMIT %(limit)s FOR UPDATE SKIP LOCKED)")
    elif statement is sql.READY_HOSTS:
        text += " FOR UPDATE OF h SKIP LOCKED"
    return text.encode()


def _without_password(url: str) -> str:
    return re.sub(r"://([^:/@]*):[^@/]*@", r"://\1:…@", url)
