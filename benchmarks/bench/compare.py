"""Compares the figures of a new run with the published ones. Both are read from their Markdown."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass

from bench import report

LIMIT = 1.25
"""A figure is worse if it is larger than the published one by more than this factor."""


@dataclass(frozen=True)
class Compared:
    """The figures of a part that are compared, all of which are better when they are smaller."""

    rows: tuple[str, ...]
    columns: tuple[str, ...] = ("ratio",)
    rounds: int = 1
    """How often the part is measured for a comparison: more than once if its figures vary by more than the limit allows."""


def figures(section: str, compared: Compared) -> dict[str, str]:
    """Returns the cells that are compared. A name has the nearest heading, the row, and the column; for a ratio, the column
    that it belongs to, which is the one before it."""
    found = {}
    for heading, (head, _, *rows) in _tables(section):
        for name, *cells in rows:
            for (before, column), cell in zip(itertools.pairwise(head), cells, strict=True):
                if name in compared.rows and column in compared.columns:
                    what = f"{before} ratio" if column == "ratio" else column
                    found[", ".join(filter(None, (heading, name, what)))] = cell
    return found


def _tables(section: str) -> Iterator[tuple[str, list[list[str]]]]:
    """For each table: the nearest heading within the section, and the cells of each line."""
    heading = ""
    for is_table, lines in itertools.groupby(section.splitlines(), lambda line: line.startswith("|")):
        if is_table:
            yield heading, [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
        else:
            headings = [line.removeprefix("### ") for line in lines if line.startswith("### ")]
            heading = headings[-1] if headings else heading


def factor(published: str, measured: str) -> float:
    before, now = (float(cell.replace(",", "")) for cell in (published, measured))
    return now / before


def is_worse(published: dict[str, str], measured: dict[str, str]) -> bool:
    return any(factor(published[name], cell) > LIMIT for name, cell in measured.items() if name in published)


def table(published: dict[str, str], measured: dict[str, str]) -> str:
    """Returns a table of the figures that were measured; a new one has a dash."""
    lines = []
    for name, cell in measured.items():
        if name in published:
            times = factor(published[name], cell)
            lines.append([name, published[name], cell, f"{times:.2f}", "worse" if times > LIMIT else ""])
        else:
            lines.append([name, "-", cell, "-", ""])
    return report.table(["", "published", "now", "factor", ""], lines)
