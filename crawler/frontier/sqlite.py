"""The embedded frontier: SQLite in WAL mode, shared by the processes of one machine."""

from __future__ import annotations

import fcntl
import os
import sqlite3
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from crawler.errors import DiskFullError, LockedError, StorageError
from crawler.frontier import statements as sql
from crawler.frontier.sql import SqlStore

BUSY_SECONDS = 30.0
"""How long a transaction waits for another process' transaction."""

_SCOPE = "CREATE TEMP TABLE scope (publication TEXT NOT NULL PRIMARY KEY, round_start REAL NOT NULL)"


def open_sqlite(path: Path, *, lease_seconds: float = 120.0) -> SqlStore:
    """The store in a file, created where there is none.

    Raises `StorageError` where it cannot be read or written, `LockedError` where another process keeps it locked.
    """
    return SqlStore(SqliteDatabase(path), lease_seconds=lease_seconds)


class SqliteDatabase:
    """A connection to the file, and lock files that say which workers live.

    A worker holds an advisory lock on a file of its own while it lives; the kernel drops it with the process, however
    it ends. So leases of a killed worker are free at once, not only after their deadline.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._locks: dict[int, int] = {}
        with _storage_errors(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            self._connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
            for pragma in ("journal_mode = WAL", "temp_store = MEMORY", "cache_size = -16000"):
                self._connection.execute(f"PRAGMA {pragma}")
            self._connection.execute(_SCOPE)
        self._migrate()

    def _migrate(self) -> None:
        with self.transaction():
            version = self.rows("PRAGMA user_version")[0][0]
            if version > sql.SCHEMA_VERSION:
                raise StorageError(f"{self._path}: written by a newer version of this program; upgrade it here too")
            for statement in sql.TABLES if version < sql.SCHEMA_VERSION else ():
                self._connection.execute(statement)
            self._connection.execute(f"PRAGMA user_version = {sql.SCHEMA_VERSION}")

    @contextmanager
    def transaction(self, *, durable: bool = False) -> Iterator[None]:
        """See `Database`."""
        with _storage_errors(self._path):
            # NORMAL syncs at checkpoints only: a lease or a link that a power cut takes away is made again
            self._connection.execute(f"PRAGMA synchronous = {'FULL' if durable else 'NORMAL'}")
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise
            self._connection.execute("COMMIT")

    def rows(self, statement: str, **parameters: Any) -> list[tuple[Any, ...]]:
        """See `Database`."""
        with _storage_errors(self._path):
            return self._connection.execute(statement, parameters).fetchall()

    def run(self, statement: str, parameters: Sequence[Mapping[str, Any]]) -> int:
        """See `Database`."""
        return self._connection.executemany(statement, parameters).rowcount if parameters else 0

    def known(self, keys: Sequence[str]) -> list[tuple[Any, ...]]:
        """See `Database`."""
        places = ",".join("?" * len(keys))
        statement = f"SELECT {sql.COLUMNS} FROM urls WHERE key IN ({places})"  # noqa: S608 - placeholders only
        return self._connection.execute(statement, keys).fetchall()

    def scope(self, publications: Sequence[str]) -> None:
        """See `Database`."""
        with self.transaction():
            self._connection.execute("DELETE FROM scope")
            self._connection.executemany("INSERT INTO scope VALUES (?, 0)", [(name,) for name in publications])

    def register(self, run_id: str, deadline: float) -> int:
        """See `Database`."""
        with self.transaction():
            number = int(self.rows("SELECT coalesce(max(id), 0) + 1 FROM workers")[0][0])
            while not self._lock(number):
                number += 1
            row = {"id": number, "run_id": run_id, "deadline": deadline}
            self.run("INSERT INTO workers (id, run_id, deadline) VALUES (:id, :run_id, :deadline)", [row])
        return number

    def _lock(self, worker: int) -> bool:
        file = os.open(self._lock_path(worker), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(file)
            return False
        self._locks[worker] = file
        return True

    def is_alive(self, worker: int) -> bool:
        """See `Database`."""
        if worker in self._locks:
            return True
        if not self._lock(worker):
            return True
        os.close(self._locks.pop(worker))
        return False

    def forget(self, worker: int) -> None:
        """See `Database`."""
        if worker in self._locks:
            os.close(self._locks.pop(worker))
            self._lock_path(worker).unlink(missing_ok=True)
        elif not self.is_alive(worker):
            self._lock_path(worker).unlink(missing_ok=True)

    def _lock_path(self, worker: int) -> Path:
        return self._path.with_name(f"{self._path.name}-worker-{worker}")

    def clock(self) -> Callable[[], float]:
        """See `Database`: one machine, one clock."""
        return time.time

    def close(self) -> None:
        """See `Database`."""
        self._connection.close()
        for worker in list(self._locks):
            self.forget(worker)


@contextmanager
def _storage_errors(path: Path) -> Iterator[None]:
    """SQLite's errors as those that name the file and the remedy."""
    try:
        yield
    except sqlite3.Error as error:
        raise _storage_error(path, error) from error
    except OSError as error:
        raise StorageError(f"{path}: {error.strerror}; check FRONTIER_URL") from error


def _storage_error(path: Path, error: sqlite3.Error) -> StorageError:
    code = getattr(error, "sqlite_errorcode", None)
    if code == sqlite3.SQLITE_FULL:
        return DiskFullError(f"{path}: no room left on the disk; make room and run again")
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return LockedError(f"{path}: locked by another process for {BUSY_SECONDS:.0f} s; look which one holds it")
    return StorageError(f"{path}: {error}; check that the file is a frontier and can be written")
