"""One function over many tasks on all cores: results in the order of the tasks, whatever happens to a process."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from multiprocessing.context import BaseContext
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")

WINDOW = 16
"""Tasks handed out per process at once: enough to keep each busy, few enough to keep memory flat."""


def map_in_order(
    function: Callable[[T], R], tasks: Iterable[T], *, workers: int, start_method: str | None = None
) -> Iterator[tuple[T, R | BaseException]]:
    """(task, result) in the order of the tasks, computed by several processes; an exception is a result.

    A task that takes its process down (out of memory, a crash in a C library) takes no other with it: those that
    were under way are repeated one by one, each in a process of its own. `start_method`: of the processes, as the
    standard library names it, where the caller's threads forbid a fork.
    """
    waiting, context = iter(tasks), get_context(start_method)
    while (unanswered := (yield from _until_broken(function, waiting, workers, context))) is not None:
        for task in unanswered:
            with ProcessPoolExecutor(1, context) as pool:
                yield task, _result(pool.submit(function, task))


def _until_broken(
    function: Callable[[T], R], waiting: Iterator[T], workers: int, context: BaseContext
) -> Generator[tuple[T, R | BaseException], None, list[T] | None]:
    """Results until all are there (returns None) or a process died (returns the tasks without an answer)."""
    pending: deque[tuple[T, Future[R]]] = deque()
    with ProcessPoolExecutor(workers, context) as pool:
        while True:
            while len(pending) < workers * WINDOW and (task := next(waiting, None)) is not None:
                pending.append((task, _submitted(pool, function, task)))
            if not pending:
                return None
            task, future = pending[0]
            result = _result(future)
            if isinstance(result, BrokenProcessPool):
                return [task for task, _ in pending]
            pending.popleft()
            yield task, result


def _submitted(pool: ProcessPoolExecutor, function: Callable[[T], R], task: T) -> Future[R]:
    try:
        return pool.submit(function, task)
    except BrokenProcessPool as error:  # a process died since the last answer; the answers under way say the same
        failed: Future[R] = Future()
        failed.set_exception(error)
        return failed


def _result(future: Future[R]) -> R | BaseException:
    error = future.exception()
    return future.result() if error is None else error
