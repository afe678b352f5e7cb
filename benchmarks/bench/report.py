"""Prints results as tables, and writes them to RESULTS.md, where each part has a section that its next run replaces."""

from __future__ import annotations

import os
import platform
import statistics
import subprocess
import time
from importlib import metadata
from pathlib import Path

from bench.project import BENCHMARKS, JAVA

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


def machine() -> str:
    versions = ", ".join(f"{name} {metadata.version(name)}" for name in _PEERS)
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return (
        f"{time.strftime('%Y-%m-%d')}, {os.cpu_count()} cores ({_cpu()}), {memory:.0f} GiB, "
        f"{platform.system()} {platform.release()}, {_java()}, Python {platform.python_version()}, {versions}."
    )


def publish(part: str, title: str, text: str, load: float, rounds: int, keep: bool) -> None:
    """Prints the section of a part. With `keep`, also writes it to RESULTS.md. `load` is the load average before the part."""
    section = f"## {part}: {title}\n\n{machine()} Rounds: {rounds}. Load average before: {load:.1f}.\n\n{text.strip()}\n"
    print("\n" + section, flush=True)
    if not keep:
        return
    sections = RESULTS.read_text().split("\n## ") if RESULTS.exists() else ["# Results\n"]
    kept = {other.partition(":")[0]: other for other in sections[1:]}
    kept[part] = section.removeprefix("## ")
    RESULTS.write_text("\n## ".join([sections[0].rstrip() + "\n", *(text.rstrip() + "\n" for text in kept.values())]))
