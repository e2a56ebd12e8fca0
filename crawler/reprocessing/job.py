"""A job over WARC files on the cores of one machine: pieces out to processes, lines in, in the files' order."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from hashlib import blake2b

from crawler.archive.reader import Opener
from crawler.archive.spans import ArchiveError
from crawler.items import Article
from crawler.json_lines import encode_line
from crawler.processes import map_in_order
from crawler.reprocessing.manifest import Tally
from crawler.reprocessing.outputs import Output
from crawler.reprocessing.rereading import Outcome, read_again
from crawler.reprocessing.work import Chunk, chunks, open_file
from crawler.urls import identity

MAX_REMEMBERED = 500_000
"""Lines that are remembered for duplicates, about 60 MB."""

Seen = Callable[[bytes | None, str | None], None]
"""Called with each line written (None: no line) and the identity of the page."""


@dataclass(slots=True)
class Answer:
    """What a process made of a piece."""

    lines: list[tuple[bytes, tuple[int, ...], str | None]] = field(default_factory=list)
    """Line, keys that make it a duplicate, identity of the article."""
    rejected: list[str] = field(default_factory=list)
    """Identities of pages that are no articles."""
    tally: Tally = field(default_factory=Tally)


def read_piece(chunk: Chunk, *, run_id: str, opener: Opener = open_file) -> Answer:
    """The lines of a piece; runs in a process of its own."""
    answer = Answer()
    try:
        for outcome in read_again(chunk, run_id=run_id, opener=opener):
            _note(answer, outcome)
    except (ArchiveError, OSError) as error:
        answer.tally.problem(f"{chunk.file}: {error}")
    return answer


def _note(answer: Answer, outcome: Outcome) -> None:
    answer.tally.pages += 1
    if outcome.problem:
        answer.tally.problem(outcome.problem)
    if outcome.article is None:
        answer.tally.dropped[outcome.reason or "failed"] += 1
        answer.rejected.append(outcome.id or "")
        return
    article = outcome.article
    answer.lines.append((encode_line(article), duplicate_keys(article, own=outcome.own), article.id))


def duplicate_keys(article: Article, *, own: bool) -> tuple[int, ...]:
    """Numbers one of which another line of the same article has, too: as the pipeline `deduplicate` decides.

    A crawl of this project has settled already which addresses are one article; revisions may return to an old text.
    """
    keys = [_number("id", article.id or "", str(article.revision))]
    canonical = article.canonical_url
    if not own and canonical and canonical.rstrip("/").count("/") != "https://".count("/"):
        keys.append(_number("canonical", identity(canonical), article.title or "", article.body or ""))
    return tuple(keys)


def _number(*parts: str) -> int:
    text = "\x00".join(parts).encode("utf-8", "surrogatepass")
    return int.from_bytes(blake2b(text, digest_size=8).digest())


@dataclass(frozen=True, slots=True)
class JobOptions:
    """How a job reads."""

    run_id: str
    """The identity of the job: the items carry it."""
    processes: int = 1
    """Processes that extract."""
    opener: Opener = open_file
    """Opens inputs; goes to the processes, so it has to survive pickling."""
    start_method: str | None = None
    """How the processes are started: see `map_in_order`."""


class Job:
    """Reads inputs in order. A file that is damaged, or a page that brings its process down, ends nothing else."""

    def __init__(self, options: JobOptions, output: Output, *, seen: Seen | None = None) -> None:
        self._options = options
        self._work = partial(read_piece, run_id=options.run_id, opener=options.opener)
        self._output = output
        self._seen = seen or (lambda _line, _id: None)
        self._remembered: OrderedDict[int, None] = OrderedDict()
        self.tallies: dict[str, Tally] = {}
        """Input → what it came to."""
        self._unfinished: set[str] = set()
        self.skipped: list[str] = []
        """Inputs that were done already."""

    def run(self, files: Iterable[str]) -> Tally:
        """Read the inputs; returns what all came to. Raises OSError where the output cannot be written."""
        wanted = list(files)
        current: str | None = None
        for chunk, result in self._mapped(self._pieces(wanted), self._options.processes):
            if chunk.file != current:
                self._finish(current)
                current = chunk.file
            self._take(chunk, result)
        for file in wanted:
            self._finish(file)
        total = Tally()
        for tally in self.tallies.values():
            total.add(tally)
        return total

    def _mapped(self, pieces: Iterable[Chunk], workers: int) -> Iterator[tuple[Chunk, Answer | BaseException]]:
        return map_in_order(self._work, pieces, workers=workers, start_method=self._options.start_method)

    def _pieces(self, files: Iterable[str]) -> Iterator[Chunk]:
        for file in files:
            done = self._output.done(file)
            self.tallies[file] = done or Tally()
            if done:
                self.skipped.append(file)
                continue
            self._unfinished.add(file)
            try:
                yield from chunks(file, opener=self._options.opener)
            except ArchiveError as error:
                self.tallies[file].problem(f"{file}: {error}")
            except OSError as error:
                self.tallies[file].problem(f"{file}: {error.strerror}")
                self._unfinished.discard(file)  # it may be there for the next run

    def _take(self, chunk: Chunk, result: Answer | BaseException) -> None:
        if isinstance(result, Answer):
            self._write(chunk.file, result)
        elif len(chunk.spans) > 1:  # a page brought its process down: which of them?
            pieces = (replace(chunk, spans=(span,)) for span in chunk.spans)
            for piece, answer in self._mapped(pieces, 1):
                self._take(piece, answer)
        else:
            place = f"{chunk.file}: the record at byte {chunk.span.start}"
            self.tallies[chunk.file].problem(f"{place} brought its process down: {result!r}")

    def _write(self, file: str, answer: Answer) -> None:
        tally = self.tallies[file]
        tally.add(answer.tally)
        for rejected in answer.rejected:
            self._seen(None, rejected)
        for line, keys, article_id in answer.lines:
            if self._is_known(keys):
                tally.dropped["duplicate of an earlier page"] += 1
                continue
            self._output.write(file, line)
            self._seen(line, article_id)
            tally.items += 1

    def _is_known(self, keys: Iterable[int]) -> bool:
        known = any(key in self._remembered for key in keys)
        self._remembered.update(dict.fromkeys(keys))
        while len(self._remembered) > MAX_REMEMBERED:
            self._remembered.popitem(last=False)
        return known

    def _finish(self, file: str | None) -> None:
        if file in self._unfinished:
            self._output.finish(file, self.tallies[file])
            self._unfinished.remove(file)
