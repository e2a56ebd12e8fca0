"""Small charts as SVG shapes: numbers in, coordinates out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT, MARGIN = 120.0, 28.0, 3.0


@dataclass(frozen=True, slots=True)
class Line:
    """A line through values over time; its coordinates are in a box of WIDTH × HEIGHT."""

    points: str
    """For `polyline`."""
    last: tuple[float, float]
    """The dot at its end."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A column."""

    x: float
    y: float
    width: float
    height: float


def line(values: Sequence[float], *, top: float | None = None) -> Line | None:
    """The line from zero to `top` (else to the largest value); None for fewer than two values."""
    if len(values) < 2:
        return None
    most = top or max(*values, 1e-9)
    step = (WIDTH - 2 * MARGIN) / (len(values) - 1)
    places = [(MARGIN + index * step, _height(value, most)) for index, value in enumerate(values)]
    return Line(" ".join(f"{x:.1f},{y:.1f}" for x, y in places), places[-1])


def bars(values: Sequence[float], *, width: float, height: float) -> list[Bar]:
    """A column for each value; what is not zero is at least a pixel high."""
    most = max(values, default=0) or 1
    step = width / max(len(values), 1)
    heights = [max(value / most * height, 1.0 if value else 0.0) for value in values]
    return [
        Bar(round(index * step, 2), round(height - high, 2), round(step * 0.75, 2), round(high, 2))
        for index, high in enumerate(heights)
    ]


def _height(value: float, most: float) -> float:
    return HEIGHT - MARGIN - min(value / most, 1.0) * (HEIGHT - 2 * MARGIN)
