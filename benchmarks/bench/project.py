"""Paths, and commands that run the components as ./pipeline does, on free ports."""

from __future__ import annotations

import os
import socket
import sys
from pathlib import Path

from bench.processes import Process

ROOT = Path(__file__).resolve().parents[2]
BENCHMARKS = ROOT / "benchmarks"
WORK = ROOT / "data" / "benchmarks"
PEERS = BENCHMARKS / "peers"
JAVA = str(Path(os.environ["JAVA_HOME"], "bin", "java"))
SPARK_JARS = ROOT / "streaming-spark/target/lib"
JOB_JAR = ROOT / "streaming-spark/target/streaming-spark.jar"
KAFKA_CLASS_PATH = f"{ROOT}/launcher/target/launcher.jar:{ROOT}/launcher/target/lib/*:{BENCHMARKS}/.lib/*"


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def log(name: str) -> Path:
    name = name.replace(", ", "-")
    return WORK / "logs" / f"{name}.log"


def _arguments(module: str) -> str:
    return f"@{ROOT / module / 'java.args'}"


def job(env: dict[str, str], name: str = "job", options: tuple[str, ...] = ()) -> Process:
    archive = [f"-XX:SharedArchiveFile={JOB_JAR.with_suffix('.jsa')}", "-Xlog:cds=off,cds+dynamic=off"]
    command = [JAVA, _arguments("streaming-spark"), *archive, f"-Dspark.ui.port={free_port()}", *options]
    command += ["-jar", str(JOB_JAR)]
    return Process(command, log(name), {"SPARK_LOCAL_IP": "127.0.0.1", **env}, WORK)


def job_class(main: str, env: dict[str, str], *arguments: str) -> Process:
    """Runs another class of the job's module or of its tests."""
    class_path = f"{JOB_JAR}:{ROOT}/streaming-spark/target/test-classes:{ROOT}/events/target/events-tests.jar"
    command = [
        JAVA,
        _arguments("streaming-spark"),
        f"-Dspark.ui.port={free_port()}",
        "-cp",
        class_path,
        main,
        *arguments,
    ]
    return Process(command, log(main.rpartition(".")[2]), {"SPARK_LOCAL_IP": "127.0.0.1", **env}, WORK)


def quarkus(module: str, port: int, env: dict[str, str], *options: str) -> Process:
    command = [
        JAVA,
        _arguments(module),
        f"-XX:SharedArchiveFile={ROOT / module / 'target' / module}.jsa",
        "-Xlog:cds=off,cds+dynamic=off",
        "-Dquarkus.http.host=127.0.0.1",
        f"-Dquarkus.http.port={port}",
        *options,
        "-jar",
        str(ROOT / module / "target/quarkus-app/quarkus-run.jar"),
    ]
    return Process(command, log(module), env, WORK)


def python(script: str, *arguments: object, env: dict[str, str] | None = None, name: str | None = None) -> Process:
    command = [sys.executable, str(PEERS / script), *map(str, arguments)]
    return Process(command, log(name or script.removesuffix(".py")), env, WORK)
