"""A real broker with the same settings as in ./pipeline, and topics filled by our own producer."""

from __future__ import annotations

import base64
import re
import shutil
import tempfile
import uuid
from pathlib import Path

from bench.processes import Process, Usage
from bench.project import JAVA, KAFKA_CLASS_PATH, ROOT, WORK, free_port, log, quarkus

PARTITIONS = 3

#: What ./pipeline starts its broker with.
_RESOURCES = ROOT / "launcher/src/main/resources/pipeline/launcher"

_STOPPED = re.compile(r"Producer stopped\. sent=(\d+), acked=(\d+), failed=(\d+), skipped=(\d+)")


class Broker:
    def __init__(self) -> None:
        self.port = free_port()
        self.bootstrap = f"localhost:{self.port}"
        WORK.mkdir(parents=True, exist_ok=True)
        self._folder = Path(tempfile.mkdtemp(prefix="kafka-", dir=WORK))

    def __enter__(self) -> Broker:
        controller = free_port()
        settings = (_RESOURCES / "broker.properties").read_text()
        settings = settings.replace("<port>", str(self.port)).replace("<controller port>", str(controller))
        (self._folder / "server.properties").write_text(settings)
        cluster = base64.urlsafe_b64encode(uuid.uuid4().bytes).decode().rstrip("=")
        _succeed(self._run("kafka.tools.StorageTool", "format", "-c", "server.properties", f"--cluster-id={cluster}"))
        self.process = self._run("kafka.Kafka", "server.properties")
        try:
            self.process.await_that(lambda: "Kafka Server started" in self.process.text(), "start of Kafka")
        except BaseException:
            self.process.stop()
            raise
        return self

    def _run(self, main: str, *arguments: str) -> Process:
        command = [JAVA, f"@{_RESOURCES / 'broker.args'}", "-cp", KAFKA_CLASS_PATH]
        command += ["-Dlog4j2.configurationFile=classpath:pipeline/launcher/broker-log4j2.xml", main, *arguments]
        return Process(command, log(main), cwd=self._folder)

    def __exit__(self, *error: object) -> None:
        self.process.stop()
        shutil.rmtree(self._folder)

    def create(self, topic: str) -> None:
        tool = "org.apache.kafka.tools.TopicCommand"
        partitions = ["--partitions", str(PARTITIONS), "--replication-factor", "1"]
        _succeed(self._run(tool, "--bootstrap-server", self.bootstrap, "--create", "--topic", topic, *partitions))

    def settings(self, topic: str, output: Path | None = None) -> dict[str, str]:
        settings = {"KAFKA_BOOTSTRAP_SERVERS": self.bootstrap, "KAFKA_TOPIC": topic, "RUN_ID": "1"}
        return settings if output is None else {**settings, "OUTPUT_DIR": str(output)}

    def producer(self, topic: str, rate: str, limit: int | None = None, env: dict[str, str] | None = None) -> Process:
        settings = {**self.settings(topic), "MSGS_PER_SEC": rate, **(env or {})}
        if limit is not None:
            settings["EVENT_LIMIT"] = str(limit)
        return quarkus("producer-quarkus", free_port(), settings)

    def preload(self, topic: str, events: int, env: dict[str, str] | None = None) -> Usage:
        """Creates a topic and fills it as fast as the producer can send."""
        self.create(topic)
        producer = self.producer(topic, "max", events, env)
        usage = producer.wait()
        if totals(producer)["acked"] != events:
            raise RuntimeError(f"Kafka did not acknowledge all events, see {producer.log}")
        return usage


def totals(producer: Process) -> dict[str, int]:
    """The counts in the producer's last line."""
    found = _STOPPED.search(producer.text())
    if found is None:
        raise RuntimeError(f"The producer did not print its counts, see {producer.log}:\n{producer.text()[-2000:]}")
    return dict(zip(("sent", "acked", "failed", "skipped"), map(int, found.groups()), strict=True))


def _succeed(process: Process) -> None:
    if process.wait().status != 0:
        raise RuntimeError(f"{process.log}:\n{process.text()[-2000:]}")
