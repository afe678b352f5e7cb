#!/usr/bin/env python3
"""Runs all components of Airflow, in a container or on this machine.

Settings come from the environment; ``environment`` sets defaults for the rest. On SIGTERM, SIGINT or SIGHUP all
components stop in order within twenty seconds, and the exit code is 0. If a component ends unexpectedly, all others
are stopped, and the exit code is 1.

Two processes watch each other. The keeper receives the signals and holds a pipe. The runner starts the components in
its own session and stops them when the pipe closes, which also happens if the keeper is killed. If the runner is
killed, the keeper kills the remaining processes of the session. Tasks, which Airflow runs in their own process groups,
belong to that session too, so no process survives.
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
from urllib.parse import urlsplit

FOLDER = Path(__file__).resolve().parent
READY = "ready at"
USER = "admin"

# Limits in seconds.
START_LIMIT = 300
#: How long running tasks may continue after a stop was requested.
FINISH_LIMIT = 5
#: How long processes may take to end after SIGTERM.
END_LIMIT = 5
POLL = 0.2

#: Ignores ``http_proxy``.
DIRECT = urllib.request.build_opener(urllib.request.ProxyHandler({}))


class StopRequest(Exception):  # noqa: N818 - not an error
    """The keeper requests a stop, or has ended."""


def say(text):
    # Stopping must continue when nobody reads the output any more.
    with contextlib.suppress(OSError):
        print(f"Airflow: {text}", flush=True)


def environment(given):
    """Returns the environment of all components: ``given``, and defaults for settings that it does not contain."""
    port = given.get("AIRFLOW_PORT") or "8082"
    home = Path(given.get("AIRFLOW_HOME") or FOLDER.parent / "data" / "local" / "airflow").resolve()
    defaults = {
        "AIRFLOW_CONN_VALIDATOR": f"http://127.0.0.1:{given.get('VALIDATOR_PORT') or 8083}",
        "AIRFLOW__API__BASE_URL": f"http://localhost:{port}",
        "AIRFLOW__API__HOST": "127.0.0.1",
        "AIRFLOW__API__PORT": port,
        # Secrets are kept, so that logins and running tasks remain valid after a restart.
        "AIRFLOW__API__SECRET_KEY": read_or_create(home / "secret-key", secrets.token_urlsafe(64)),
        "AIRFLOW__API__WORKERS": "1",
        "AIRFLOW__API_AUTH__JWT_SECRET": read_or_create(home / "jwt-secret", secrets.token_urlsafe(64)),
        "AIRFLOW__CORE__DAGS_FOLDER": str(FOLDER / "dags"),
        # By default tasks call port 8080.
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
        # After a crash, a task that was running delays the next run by this many seconds.
        "AIRFLOW__SCHEDULER__TASK_INSTANCE_HEARTBEAT_TIMEOUT": "60",
        "AIRFLOW__USAGE_DATA_COLLECTION__ENABLED": "False",
        "PYTHONUNBUFFERED": "1",
    }
    settings = {**defaults, **given, "AIRFLOW_HOME": str(home)}
    direct = without_proxy(given, settings["AIRFLOW_CONN_VALIDATOR"])
    return {**settings, "NO_PROXY": direct, "no_proxy": direct}


def without_proxy(given, validator):
    """Returns ``NO_PROXY`` of ``given``, with this machine and the host of the validator, which no proxy can reach."""
    hosts = [given.get("no_proxy") or given.get("NO_PROXY"), "localhost", "127.0.0.1", urlsplit(validator).hostname]
    return ",".join(filter(None, hosts))


def read_or_create(path, content):
    """Returns the content of a file. If it does not exist, creates it with ``content``, readable only by its owner."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        new = path.with_suffix(".new")
        new.touch(mode=0o600)
        new.write_text(content)
        new.replace(path)
    return path.read_text()


def write_password(path):
    """Sets the password of user admin to admin, unless the file exists. Airflow writes to this file, too."""
    read_or_create(path, json.dumps({USER: USER}))


def session(leader):
    """Returns the ids of the processes in a session, without its leader and without zombies."""
    # One of Airflow's dependencies; imported here so that the keeper stays small.
    import psutil

    found = []
    for pid in psutil.pids():
        # Suppressed: processes that have just ended, or that belong to another user.
        with contextlib.suppress(ProcessLookupError, PermissionError, psutil.Error):
            if pid != leader and os.getsid(pid) == leader and psutil.Process(pid).status() != psutil.STATUS_ZOMBIE:
                found.append(pid)
    return found


def send(number, pids):
    for pid in pids:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, number)


class Runner:
    """Starts the components, and stops them when ``pipe`` closes."""

    def __init__(self, pipe, given):
        self.pipe = pipe
        self.given = given
        self.settings = None
        self.components = {}

    def run(self):
        """Returns the exit code when no process is left."""
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
        write_password(Path(self.settings["AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_PASSWORDS_FILE"]))
        say(f"preparing the database in {self.settings['AIRFLOW_HOME']}")
        self.start("db", "migrate")
        self.wait("the database", lambda: self.components["db"].poll() == 0)
        del self.components["db"]
        say("starting api-server")
        self.start("api-server")
        self.wait("the api-server", lambda: self.get("/api/v2/version"))
        say("starting dag-processor, scheduler, triggerer")
        self.start("dag-processor")
        # The api-server reads the log files; it does not request them over HTTP.
        self.start("scheduler", "--skip-serve-logs")
        self.start("triggerer", "--skip-serve-logs")
        self.wait("dag-processor, scheduler and triggerer", self.is_healthy)
        say(f"{READY} {self.settings['AIRFLOW__API__BASE_URL']}")

    def start(self, component, *arguments):
        self.components[component] = subprocess.Popen(
            [sys.executable, "-m", "airflow", component, *arguments], env=self.settings, stdin=subprocess.DEVNULL
        )

    def get(self, path):
        """Returns the api-server's answer, or an empty one if there is none."""
        url = f"http://127.0.0.1:{self.settings['AIRFLOW__API__PORT']}{path}"
        try:
            with DIRECT.open(url, timeout=5) as response:
                return json.load(response)
        except (OSError, ValueError):
            return {}

    def is_healthy(self):
        health = self.get("/api/v2/monitor/health")
        components = ("metadatabase", "scheduler", "triggerer", "dag_processor")
        return all(health.get(component, {}).get("status") == "healthy" for component in components)

    def wait(self, what, done):
        deadline = time.monotonic() + START_LIMIT
        while not done():
            if time.monotonic() > deadline:
                raise RuntimeError(f"{what}: not ready after {START_LIMIT} s")
            self.check()

    def check(self):
        """Waits for a moment. Raises if a stop was requested or a component has ended."""
        if select.select([self.pipe], [], [], POLL)[0]:
            raise StopRequest
        for name, process in self.components.items():
            # "db" is the only one that is expected to end.
            if process.poll() is not None and (process.returncode or name != "db"):
                raise RuntimeError(f"{name} ended with exit code {process.returncode}")

    def stop(self):
        """Stops the api-server last, because the other components and the tasks report to it."""
        api_server = self.components.pop("api-server", None)
        spared = {api_server.pid} if api_server else set()
        # On SIGTERM the scheduler waits for running tasks.
        send(signal.SIGTERM, [process.pid for process in self.components.values()])
        if not self.ended(FINISH_LIMIT, spared):
            say(f"a task or a component is still running after {FINISH_LIMIT} s; terminating it")
            send(signal.SIGTERM, set(session(os.getpid())) - spared)
            self.ended(END_LIMIT, spared)
        if api_server:
            api_server.terminate()
        if not self.ended(END_LIMIT):
            send(signal.SIGKILL, session(os.getpid()))
        say("stopped")

    def ended(self, limit, spared=frozenset()):
        """Waits until only the spared processes are left; returns False if that takes longer than the limit."""
        deadline = time.monotonic() + limit
        while set(session(os.getpid())) - spared:
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
    keeper_end = os.fdopen(writing, "w")
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        # If the parent process ignores SIGINT or SIGHUP, it decides itself when to stop.
        if number == signal.SIGTERM or signal.getsignal(number) != signal.SIG_IGN:
            signal.signal(number, lambda *_: keeper_end.close())
    code = os.waitstatus_to_exitcode(os.waitpid(runner, 0)[1])
    if code < 0:
        say(f"killed by signal {-code}; killing the remaining processes")
        send(signal.SIGKILL, session(runner))
    return code if code >= 0 else 1


if __name__ == "__main__":
    sys.exit(main())
