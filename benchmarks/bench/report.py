"""Prints results as tables, and writes them to RESULTS.md, where each part has a section that its next run replaces."""

from __future__ import annotations

import os
import platform
import statistics
import subprocess
import time
from importlib import metadata
from pathlib import Path

from bench.project import BENCHMARKS, JAVA, ROOT

RESULTS = BENCHMARKS / "RESULTS.md"
_PEERS = ("duckdb", "pandas", "pyarrow", "polars", "pyspark")


def median(values: list[float]) -> float:
    return statistics.median(values)


def median_of(results: list, what: str) -> float:
    """The median of one field of the results."""
    return median([getattr(result, what) for result in results])


def seconds(value: float) -> str:
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}" if value >= 1 else f"{value:.3f}"


def mib(size: float) -> str:
    return f"{size / 2**20:,.0f}"


def table(head: list[str], rows: list[list[object]]) -> str:
    """A Markdown table with aligned columns: the first one to the left, the others to the right."""
    texts = [[str(cell) for cell in row] for row in [head, *rows]]
    widths = [max(len(row[column]) for row in texts) for column in range(len(head))]

    def line(row: list[str]) -> str:
        cells = [cell.rjust(width) for cell, width in zip(row, widths, strict=True)]
        cells[0] = row[0].ljust(widths[0])
        return "| " + " | ".join(cells) + " |"

    rule = "|" + "|".join("-" * (width + 1) + (":" if column else "-") for column, width in enumerate(widths)) + "|"
    return "\n".join([line(texts[0]), rule, *map(line, texts[1:])])


def _cpu() -> str:
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.machine()


def _java() -> str:
    lines = subprocess.run([JAVA, "-version"], capture_output=True, text=True, check=True).stderr.splitlines()
    return lines[1] if len(lines) > 1 else lines[0]


def _git(*arguments: str) -> str:
    return subprocess.run(["git", "-C", ROOT, *arguments], capture_output=True, text=True, check=True).stdout.strip()


def _commit() -> str:
    """The commit that is measured. Sections that earlier parts wrote to RESULTS.md do not count as changes."""
    try:
        changes = _git("status", "--porcelain", "--", ".", f":!{RESULTS.relative_to(ROOT)}")
        return f"commit {_git('rev-parse', '--short', 'HEAD')}" + (" + changes" if changes else "")
    except (OSError, subprocess.CalledProcessError):
        return "unknown commit"


def setting(rounds: int) -> str:
    """What is measured, on which machine, and its load average now: call it before a part runs."""
    versions = ", ".join(f"{name} {metadata.version(name)}" for name in _PEERS)
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return (
        f"{time.strftime('%Y-%m-%d')}, {_commit()}, {os.cpu_count()} cores ({_cpu()}), {memory:.0f} GiB, "
        f"{platform.system()} {platform.release()}, {_java()}, Python {platform.python_version()}, {versions}. "
        f"Rounds: {rounds}. Load average before: {os.getloadavg()[0]:.1f}."
    )


def section(part: str, title: str, setting: str, text: str) -> str:
    return f"## {part}: {title}\n\n{setting}\n\n{text.strip()}\n"


def published(part: str) -> str | None:
    """The part's section in RESULTS.md."""
    return _sections()[1].get(part)


def publish(part: str, section: str) -> None:
    """Writes the section of a part to RESULTS.md."""
    head, sections = _sections()
    sections[part] = section
    RESULTS.write_text("\n".join(text.rstrip() + "\n" for text in (head, *sections.values())))


def _sections() -> tuple[str, dict[str, str]]:
    """The text before the first section, and the sections by part."""
    head, *sections = RESULTS.read_text().split("\n## ") if RESULTS.exists() else ["# Results\n"]
    return head, {text.partition(":")[0]: f"## {text}" for text in sections}
