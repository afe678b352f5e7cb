"""start.py with stubs instead of Airflow: the order of starts and stops; no process survives, however it ends."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

import start

START = Path(start.__file__)
LIMIT = 30

#: Replaces `python -m airflow`: notes its start and end, answers as the api-server, and as the scheduler can start a
#: task in its own process group.
STUB = """
import json, os, pathlib, signal, subprocess, sys, time
from http.server import BaseHTTPRequestHandler, HTTPServer

component = sys.argv[1]
stubborn = os.environ["STUBBORN"].split(",")

def note(text):
    with open(os.environ["NOTES"], "a") as notes:
        notes.write(f"{text}\\n")

class Health(BaseHTTPRequestHandler):
    def do_GET(self):
        notes = pathlib.Path(os.environ["NOTES"]).read_text()
        health = {"metadatabase": {"status": "healthy"}}
        for part in ("scheduler", "triggerer", "dag-processor"):
            health[part.replace("-", "_")] = {"status": "healthy" if f"{part} starts" in notes else None}
        self.send_response(200)
        self.end_headers()
        self.wfile.write(json.dumps(health).encode())

    def log_message(self, *_):
        pass

def end(*_):
    note(f"{component} ends")
    os._exit(0)

if component == os.environ["BROKEN"]:
    sys.exit(3)
signal.signal(signal.SIGTERM, signal.SIG_IGN if component in stubborn else end)
note(f"{component} starts")
if component == "db":
    sys.exit(0)
if component == "api-server":
    HTTPServer(("127.0.0.1", int(os.environ["AIRFLOW__API__PORT"])), Health).serve_forever()
if component == "scheduler" and "task" in stubborn:
    subprocess.Popen(
        [sys.executable, "-c", "import signal, time; signal.signal(15, signal.SIG_IGN); time.sleep(300)"],
        process_group=0,
    )
time.sleep(300)
"""


def set_signals(ignoring):
    """Does not inherit signal handling from the parent: a process in the background may ignore SIGINT."""
    for number in (signal.SIGINT, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN if number in ignoring else signal.SIG_DFL)


class Start:
    """start.py as a process, with all processes that it started."""

    def __init__(self, folder, broken="", stubborn="", ignoring=(), proxy=""):
        (folder / "airflow").mkdir()
        (folder / "airflow" / "__init__.py").touch()
        (folder / "airflow" / "__main__.py").write_text(STUB)
        self.notes = folder / "notes"
        self.notes.touch()
        self.home = folder / "home"
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.process = subprocess.Popen(
            [sys.executable, START],
            env={
                **os.environ,
                "PYTHONPATH": str(folder),
                "AIRFLOW_HOME": str(self.home),
                "AIRFLOW_PORT": str(port),
                "AIRFLOW__CORE__DAGS_FOLDER": "",
                "NOTES": str(self.notes),
                "BROKEN": broken,
                "STUBBORN": stubborn,
                "http_proxy": proxy,
            },
            stdout=subprocess.PIPE,
            text=True,
            preexec_fn=lambda: set_signals(ignoring),
        )
        self.children = []

    def await_ready(self):
        for line in self.process.stdout:
            if start.READY in line:
                self.children = psutil.Process(self.process.pid).children(recursive=True)
                return self
        raise AssertionError("did not become ready")

    def runner(self):
        return next(child for child in self.children if child.ppid() == self.process.pid)

    def alive(self):
        return [child for child in self.children if child.is_running() and child.status() != psutil.STATUS_ZOMBIE]

    def await_end_of_all(self):
        deadline = time.monotonic() + LIMIT
        while self.alive():
            assert time.monotonic() < deadline, self.alive()
            time.sleep(0.05)

    def exit_code(self):
        return self.process.wait(LIMIT)

    def close(self):
        self.process.kill()
        for child in self.alive():
            child.kill()
        self.process.wait()
        self.process.stdout.close()


@pytest.fixture
def started(tmp_path):
    processes = []

    def start_it(**how):
        processes.append(Start(tmp_path, **how))
        return processes[-1]

    yield start_it
    for each in processes:
        each.close()


def test_keeps_its_secrets_after_a_restart(tmp_path):
    names = ("AIRFLOW__API__SECRET_KEY", "AIRFLOW__API_AUTH__JWT_SECRET")
    first, second = (start.environment({"AIRFLOW_HOME": str(tmp_path / "home")}) for _ in range(2))
    other = start.environment({"AIRFLOW_HOME": str(tmp_path / "other")})

    assert [first[name] for name in names] == [second[name] for name in names]
    assert len({settings[name] for settings in (first, other) for name in names}) == 4
    assert (tmp_path / "home" / "jwt-secret").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_starts_and_stops_in_order(started, number):
    airflow = started().await_ready()

    airflow.process.send_signal(number)

    assert airflow.exit_code() == 0
    assert airflow.alive() == []
    notes = airflow.notes.read_text().splitlines()
    assert notes[:2] == ["db starts", "api-server starts"]
    assert set(notes[2:5]) == {"dag-processor starts", "scheduler starts", "triggerer starts"}
    assert set(notes[5:8]) == {"dag-processor ends", "scheduler ends", "triggerer ends"}
    assert notes[8:] == ["api-server ends"]


def test_ignores_ctrl_c_if_its_parent_does(started):
    airflow = started(ignoring=[signal.SIGINT]).await_ready()

    airflow.process.send_signal(signal.SIGINT)
    airflow.process.send_signal(signal.SIGINT)

    with pytest.raises(subprocess.TimeoutExpired):
        airflow.process.wait(1)


def test_kills_a_task_that_ignores_sigterm(started):
    airflow = started(stubborn="task,scheduler,api-server").await_ready()

    airflow.process.terminate()

    assert airflow.exit_code() == 0
    assert airflow.alive() == []


def test_leaves_no_process_when_the_keeper_is_killed(started):
    airflow = started().await_ready()

    # When the launcher is killed, nobody reads the output any more.
    airflow.process.stdout.close()
    airflow.process.kill()

    airflow.await_end_of_all()


def test_leaves_no_process_when_the_runner_is_killed(started):
    airflow = started(stubborn="task").await_ready()

    airflow.runner().kill()

    assert airflow.exit_code() == 1
    assert airflow.alive() == []


@pytest.mark.parametrize("component", ["db", "api-server", "scheduler"])
def test_stops_all_components_when_one_ends(started, component):
    airflow = started(broken=component)

    assert airflow.exit_code() == 1
    assert f"{component} ended with exit code 3; stopping" in airflow.process.stdout.read()


def test_reports_in_one_line_which_folder_it_cannot_write_to(tmp_path):
    home = tmp_path / "file" / "home"
    home.parent.touch()

    result = subprocess.run(
        [sys.executable, START], env={**os.environ, "AIRFLOW_HOME": str(home)}, capture_output=True, text=True
    )

    assert result.returncode == 1
    assert str(home) in result.stdout.splitlines()[-2]
    assert result.stderr == ""


def test_sets_the_password_admin_and_keeps_a_different_one(tmp_path):
    passwords = tmp_path / "passwords.json"

    start.write_password(passwords)
    assert passwords.read_text() == '{"admin": "admin"}'

    passwords.write_text('{"admin": "secret"}')
    start.write_password(passwords)
    assert passwords.read_text() == '{"admin": "secret"}'


def test_derives_every_address_from_one_port(tmp_path):
    given = {"AIRFLOW_HOME": str(tmp_path), "AIRFLOW_PORT": "18082", "VALIDATOR_PORT": "18083"}
    settings = start.environment(given)

    assert settings["AIRFLOW__API__PORT"] == "18082"
    assert settings["AIRFLOW__API__BASE_URL"] == "http://localhost:18082"
    assert settings["AIRFLOW__CORE__EXECUTION_API_SERVER_URL"] == "http://127.0.0.1:18082/execution/"
    assert settings["AIRFLOW_CONN_VALIDATOR"] == "http://127.0.0.1:18083"


def test_becomes_ready_behind_a_proxy(started):
    started(proxy="http://127.0.0.1:1").await_ready()


def test_asks_this_machine_and_the_validator_without_a_proxy(tmp_path):
    given = {"AIRFLOW_HOME": str(tmp_path), "AIRFLOW_CONN_VALIDATOR": "http://validator:8083", "NO_PROXY": "intern"}
    settings = start.environment(given)

    assert settings["NO_PROXY"] == settings["no_proxy"] == "intern,localhost,127.0.0.1,validator"


def test_does_not_override_given_settings(tmp_path):
    given = {"AIRFLOW_HOME": str(tmp_path), "AIRFLOW_CONN_VALIDATOR": "http://v:1"}

    assert start.environment(given)["AIRFLOW_CONN_VALIDATOR"] == "http://v:1"
