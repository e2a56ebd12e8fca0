"""Which part of a dataset a publication belongs to."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2b

from crawler.errors import ConfigurationError

NAMES = ("train", "validation", "test")


@dataclass(frozen=True, slots=True)
class Shares:
    """Per cent of the publications in each part."""

    train: int = 80
    validation: int = 10
    test: int = 10

    @classmethod
    def parse(cls, text: str) -> Shares:
        """The shares of `80,10,10`. Raises ConfigurationError on what is not three whole numbers that make 100."""
        parts = [part.strip() for part in text.split(",")]
        if (
            len(parts) != len(NAMES)
            or not all(p.isascii() and p.isdigit() for p in parts)
            or sum(map(int, parts)) != 100
        ):
            raise ConfigurationError(f"--split {text}: give three whole numbers that make 100, as in 80,10,10")
        return cls(*map(int, parts))

    def of(self, publication: str) -> str:
        """The part of a publication: by a hash of its short name, so that new publications move no other."""
        point = int.from_bytes(blake2b(publication.encode(), digest_size=8).digest()) % 100
        return "train" if point < self.train else "validation" if point < self.train + self.validation else "test"
