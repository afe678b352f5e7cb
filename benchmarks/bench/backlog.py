"""As `streaming`, with five times as many events: what a start costs weighs less."""

from __future__ import annotations

from bench import streaming

TITLE = "5 million preloaded events, else as `streaming`"


def run(rounds: int, scale: float) -> str:
    return streaming.compare(int(5_000_000 * scale), rounds)
