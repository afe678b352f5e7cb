#!/usr/bin/env python3
"""Runs Airflow in one place, in a container or on this machine: database, api-server, then the rest.

Settings come from the environment; what is not set gets the defaults of ``environment``. SIGTERM, SIGINT and SIGHUP
stop all of it in order, within twenty seconds; exit code 0. A component that ends by itself ends all; exit code 1.

Two processes watch each other. The keeper, which is the one to signal, holds a pipe; the runner has the components in
a session of its own and stops them when the pipe breaks, however the keeper ended. When the runner is killed, the
keeper kills what is left of the session. So no process stays behind, and tasks, which Airflow puts into process groups
of their own, are in that session too.
"""

import contextlib
import json
import os
import secrets
import select
import signal
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
DEFAULT_PORT = "8082"
READY = "ready at"
USER = "admin"

START_LIMIT = 300
#: How long a running task may go on, then how long tasks and components have to end when asked to.
FINISH_LIMIT = 5
END_LIMIT = 5
POLL = 0.2


class StopRequest(Exception):  # noqa: N818 - it is no error
    """The keeper asked to stop, or is gone."""


def say(text):
    # Stopping goes on when nobody reads the output any more.
    with contextlib.suppress(OSError):
        print(f"Airflow: {text}", flush=True)


def environment(given):
    """Returns the environment of all components: ``given``, and a default for whatever it does not set."""
    port = given.get("AIRFLOW_PORT") or DEFAULT_PORT
    home = Path(given.get("AIRFLOW_HOME") or FOLDER.parent / "data" / "local" / "airflow").resolve()
    defaults = {
        "AIRFLOW_CONN_VALIDATOR": f"http://127.0.0.1:{given.get('VALIDATOR_PORT') or 8083}",
        "AIRFLOW__API__BASE_URL": f"http://localhost:{port}",
        "AIRFLOW__API__HOST": "127.0.0.1",
        "AIRFLOW__API__PORT": port,
        "AIRFLOW__API__SECRET_KEY": kept_secret(home / "secret-key"),
        "AIRFLOW__API__WORKERS": "1",
        "AIRFLOW__API_AUTH__JWT_SECRET": kept_secret(home / "jwt-secret"),
        "AIRFLOW__CORE__DAGS_FOLDER": str(FOLDER / "dags"),
        # Tasks would call port 8080 otherwise.
        "AIRFLOW__CORE__EXECUTION_API_SERVER_URL": f"http://127.0.0.1:{port}/execution/",
        "AIRFLOW__CORE__EXECUTOR": "LocalExecutor",
        "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
        # Each slot is an idle process.
        "AIRFLOW__CORE__PARALLELISM": "2",
        "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_PASSWORDS_FILE": str(home / "passwords.json"),
        # user:role
        "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_USERS": f"{USER}:admin",
        "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": f"sqlite:///{home}/airflow.db",
        "AIRFLOW__LOGGING__BASE_LOG_FOLDER": str(home / "logs"),
        # A task that a crash took along holds up the next run for so long.
        "AIRFLOW__SCHEDULER__TASK_INSTANCE_HEARTBEAT_TIMEOUT": "60",
        "AIRFLOW__USAGE_DATA_COLLECTION__ENABLED": "False",
        "PYTHONUNBUFFERED": "1",
    }
    return {**defaults, **given, "AIRFLOW_HOME": str(home)}


def kept(path, content):
    """Returns what a file holds; makes it of ``content`` when it is missing, for its owner only."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        new = path.with_suffix(".new")
        new.touch(mode=0o600)
        new.write_text(content)
        new.replace(path)
    return path.read_text()


def kept_secret(path):
    """Returns a secret that is made once, so that logins and running tasks outlive a restart."""
    return kept(path, secrets.token_urlsafe(64))


def write_password(path):
    """Lets admin in with the password admin, unless there is a file; Airflow itself writes to it."""
    kept(path, json.dumps({USER: USER}))


def session(leader):
    """Returns the processes of a session other than its leader."""
    # Of Airflow's own requirements; imported late, so that the keeper is small.
    import psutil

    found = []
    for pid in psutil.pids():
        try:
            if pid != leader and os.getsid(pid) == leader and psutil.Process(pid).status() != psutil.STATUS_ZOMBIE:
                found.append(pid)
        except (ProcessLookupError, PermissionError, psutil.Error):
            continue  # has ended meanwhile, or is another user's
    return found


def send(number, pids):
    for pid in pids:
        try:
            os.kill(pid, number)
        except ProcessLookupError:
            continue


class Runner:
    """Starts the components and stops them; ``pipe`` breaks when it is time to stop."""

    def __init__(self, pipe, given):
        self.pipe = pipe
        self.given = given
        self.settings = None
        self.components = {}

    def run(self):
        """Returns the exit code, once no process is left."""
        try:
            self.start_all()
            while True:
                self.check()
        except StopRequest:
            return 0
        except (RuntimeError, OSError) as e:
            say(f"{e}; stopping")
            return 1
        finally:
            self.stop()

    def start_all(self):
        self.settings = environment(self.given)
        home = Path(self.settings["AIRFLOW_HOME"])
        home.mkdir(parents=True, exist_ok=True)
        write_password(Path(self.settings["AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_PASSWORDS_FILE"]))
        say(f"preparing the database in {home}")
        self.start("db", "migrate")
        self.wait("the database", lambda: self.components["db"].poll() == 0)
        del self.components["db"]
        say("starting api-server")
        self.start("api-server")
        self.wait("the api-server", lambda: self.get("/api/v2/version") is not None)
        say("starting dag-processor, scheduler, triggerer")
        self.start("dag-processor")
        # Nobody asks for logs over HTTP: the api-server reads the files.
        self.start("scheduler", "--skip-serve-logs")
        self.start("triggerer", "--skip-serve-logs")
        self.wait("dag-processor, scheduler and triggerer", self.is_healthy)
        say(f"{READY} {self.settings['AIRFLOW__API__BASE_URL']}")

    def start(self, component, *arguments):
        self.components[component] = subprocess.Popen(
            [sys.executable, "-m", "airflow", component, *arguments], env=self.settings, stdin=subprocess.DEVNULL
        )

    def get(self, path):
        """Returns the answer of the api-server; None when there is none."""
        url = f"http://127.0.0.1:{self.settings['AIRFLOW__API__PORT']}{path}"
        try:
            with urllib.request.urlopen(url, timeout=5) as response:
                return json.load(response)
        except (OSError, ValueError):
            return None

    def is_healthy(self):
        health = self.get("/api/v2/monitor/health") or {}
        return all(
            health.get(part, {}).get("status") == "healthy"
            for part in ("metadatabase", "scheduler", "triggerer", "dag_processor")
        )

    def wait(self, what, done):
        deadline = time.monotonic() + START_LIMIT
        while not done():
            if time.monotonic() > deadline:
                raise RuntimeError(f"{what}: not ready after {START_LIMIT} s")
            self.check()

    def check(self):
        """Waits a moment; raises when it is time to stop."""
        if select.select([self.pipe], [], [], POLL)[0]:
            raise StopRequest
        for name, process in self.components.items():
            if process.poll() not in (None, 0) or (process.returncode == 0 and name != "db"):
                raise RuntimeError(f"{name} ended with exit code {process.returncode}")

    def stop(self):
        """The api-server goes last, since the others and the tasks report to it."""
        api_server = self.components.pop("api-server", None)
        # The scheduler waits for running tasks.
        send(signal.SIGTERM, [process.pid for process in self.components.values()])
        spared = {api_server.pid} if api_server else set()
        if not self.ended(FINISH_LIMIT, spared):
            say(f"a task or a component goes on after {FINISH_LIMIT} s; ending it")
            send(signal.SIGTERM, set(self.left()) - spared)
            self.ended(END_LIMIT, spared)
        if api_server:
            api_server.terminate()
        if not self.ended(END_LIMIT, set()):
            send(signal.SIGKILL, self.left())
        say("stopped")

    def left(self):
        for process in self.components.values():
            process.poll()
        return session(os.getpid())

    def ended(self, limit, spared):
        deadline = time.monotonic() + limit
        while set(self.left()) - spared:
            if time.monotonic() > deadline:
                return False
            time.sleep(POLL)
        return True


def main():
    reading, writing = os.pipe()
    runner = os.fork()
    if runner == 0:
        os.close(writing)
        os.setsid()
        return Runner(reading, os.environ).run()
    os.close(reading)

    def stop(*_):
        nonlocal writing
        if writing is not None:
            os.close(writing)
            writing = None

    signal.signal(signal.SIGTERM, stop)
    for number in (signal.SIGINT, signal.SIGHUP):
        # One that was ignored when this began stays so: whoever began it decides when to stop.
        if signal.getsignal(number) != signal.SIG_IGN:
            signal.signal(number, stop)
    code = os.waitstatus_to_exitcode(os.waitpid(runner, 0)[1])
    if code < 0:
        say(f"killed by signal {-code}; ending the rest")
        send(signal.SIGKILL, session(runner))
    return code if code >= 0 else 1


if __name__ == "__main__":
    sys.exit(main())
