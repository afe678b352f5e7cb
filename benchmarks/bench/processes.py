"""Measures wall time, CPU seconds and resident memory of process trees. Linux only."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

_TICK = os.sysconf("SC_CLK_TCK")
_PAGE = os.sysconf("SC_PAGE_SIZE")
_PR_SET_CHILD_SUBREAPER = 36
_SAMPLE_SECONDS = 0.5


def adopt_orphans() -> None:
    """Makes this process the parent of orphaned descendants, so that their CPU time is counted."""
    if ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) != 0:
        raise OSError("prctl failed")


@dataclass(frozen=True)
class Usage:
    """The resource usage of a process tree, in seconds and bytes."""

    wall: float
    cpu: float
    peak_rss: int
    status: int


class Process:
    """A process in its own session, together with all processes that it starts."""

    def __init__(self, command: list[str], log: Path, env: dict[str, str] | None = None, cwd: Path | None = None):
        self.log = log
        self.command = [str(word) for word in command]
        log.parent.mkdir(parents=True, exist_ok=True)
        environment = {**os.environ, **(env or {})}
        self.began = time.monotonic()
        self.pid = self._spawn(environment, cwd)
        self.peak_rss = 0
        self._ended = threading.Event()
        threading.Thread(target=self._watch, daemon=True).start()

    def _spawn(self, environment: dict[str, str], cwd: Path | None) -> int:
        command = self.command
        if cwd is not None:
            command = ["/usr/bin/env", "-C", str(cwd), *command]
        write = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
        return os.posix_spawnp(
            command[0],
            command,
            environment,
            setsid=True,
            file_actions=[
                (os.POSIX_SPAWN_OPEN, 0, "/dev/null", os.O_RDONLY, 0),
                (os.POSIX_SPAWN_OPEN, 1, str(self.log), write, 0o644),
                (os.POSIX_SPAWN_DUP2, 1, 2),
            ],
        )

    def _watch(self) -> None:
        while not self._ended.wait(_SAMPLE_SECONDS):
            self.peak_rss = max(self.peak_rss, self.rss())

    def _stats(self) -> list[list[str]]:
        """For each process of the session: the fields of /proc/<pid>/stat that follow the name, then its id."""
        stats = []
        for pid in filter(str.isdigit, os.listdir("/proc")):
            try:
                fields = Path("/proc", pid, "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            if int(fields[3]) == self.pid:
                stats.append([*fields, pid])
        return stats

    def rss(self) -> int:
        return sum(int(fields[21]) * _PAGE for fields in self._stats())

    def memory(self) -> list[tuple[str, int]]:
        """The command line and the resident bytes of each process of the session."""
        found = []
        for fields in self._stats():
            try:
                command = Path("/proc", fields[-1], "cmdline").read_text().replace("\0", " ")
            except OSError:
                continue
            found.append((command, int(fields[21]) * _PAGE))
        return found

    def cpu(self) -> float:
        """CPU seconds so far, including those of ended children."""
        return sum(int(ticks) for fields in self._stats() for ticks in fields[11:15]) / _TICK

    def is_alive(self) -> bool:
        try:
            state = Path("/proc", str(self.pid), "stat").read_text().rpartition(")")[2].split()[0]
        except OSError:
            return False
        return state != "Z"

    def text(self) -> str:
        return self.log.read_text(errors="replace")

    def await_that(self, condition: Callable[[], object], what: str, seconds: float = 900, pause: float = 0.05):
        """Waits until the condition returns a true value, and returns that."""
        deadline = time.monotonic() + seconds
        while True:
            if result := condition():
                return result
            if not self.is_alive():
                raise RuntimeError(f"{what}: the process ended first, see {self.log}:\n{self.text()[-2000:]}")
            if time.monotonic() > deadline:
                raise RuntimeError(f"{what}: did not happen within {seconds} s, see {self.log}")
            time.sleep(pause)

    def wait(self) -> Usage:
        """Waits until all processes of the session have ended."""
        cpu = 0.0
        status = 0
        while True:
            try:
                pid, code, usage = os.wait4(-self.pid, 0)
            except ChildProcessError:
                break
            cpu += usage.ru_utime + usage.ru_stime
            if pid == self.pid:
                status = os.waitstatus_to_exitcode(code)
                wall = time.monotonic() - self.began
        self._ended.set()
        return Usage(wall, cpu, self.peak_rss, status)

    def stop(self) -> Usage:
        """Sends SIGTERM to all processes of the session, and waits until they have ended."""
        self.signal(signal.SIGTERM)
        killer = threading.Timer(60, self.signal, [signal.SIGKILL])
        killer.start()
        try:
            return self.wait()
        finally:
            killer.cancel()

    def signal(self, number: int) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.pid, number)

    def __enter__(self) -> Process:
        return self

    def __exit__(self, *error: object) -> None:
        if not self._ended.is_set():
            self.stop()
