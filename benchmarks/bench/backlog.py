"""Like `streaming`, with five times as many events, so that the start matters less."""

from __future__ import annotations

from bench import streaming

TITLE = "5 million preloaded events, otherwise like `streaming`"
COMPARED = streaming.COMPARED


def run(rounds: int, scale: float) -> str:
    return streaming.compare(int(5_000_000 * scale), rounds)
