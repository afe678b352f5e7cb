"""Shared by all tests: a separate Airflow home, set before the first import of airflow, and a fake validator."""

import atexit
import json
import os
import shutil
import sys
import tempfile
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
HOME = tempfile.mkdtemp(prefix="airflow-tests-")
atexit.register(shutil.rmtree, HOME, ignore_errors=True)

for name in [name for name in os.environ if name.startswith("AIRFLOW")]:
    del os.environ[name]
os.environ.update(
    AIRFLOW_HOME=HOME,
    AIRFLOW__CORE__DAGS_FOLDER=str(ROOT / "dags"),
    AIRFLOW__CORE__LOAD_EXAMPLES="False",
    AIRFLOW__API_AUTH__JWT_SECRET="for-the-tests-only-and-long-enough-" * 2,
)
sys.path[:0] = [str(ROOT), str(ROOT / "dags")]

TREE = "/opt/spark-output/parquet"


def aggregates(status="OK", **changes):
    """The validator's answer to GET /aggregates."""
    answer = {
        "status": status,
        "message": f"{TREE} is described by this message.",
        "path": TREE,
        "runs": ["run_1"],
        "totalRows": 495,
        "rejected": 0,
        "perId": [
            {"id": 0, "count": 250, "mean": 49.876, "min": 0.1, "max": 99.9, "firstTs": "…", "lastTs": "…"},
            {"id": 1, "count": 245, "mean": 52.341, "min": 0.1, "max": 99.9, "firstTs": "…", "lastTs": "…"},
        ],
        "head": [{"id": 1, "ts": "2026-11-22T12:34:56Z", "value": 45.123, "source": "sim-producer"}],
        "files": {"total": 25, "readNow": 3, "unreadable": []},
        "asOf": "2026-11-22T12:35:00Z",
    }
    return {**answer, **changes}


def check(name, status="OK", message="As expected."):
    return {"name": name, "status": status, "observed": f"{name} seen", "expected": f"{name} due", "message": message}


def validation(status="OK", *checks):
    """The validator's answer to GET /validation."""
    return {"status": status, "message": "A summary.", "checks": list(checks), "asOf": "…"}


class Validator:
    """A real HTTP server whose answers a test sets; it records the requests."""

    def __init__(self):
        self.answers = {"/aggregates": (200, aggregates()), "/validation": (200, validation("OK", check("lag")))}
        self.requests = []
        self.delay = 0
        validator = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                validator.requests.append(self.path)
                time.sleep(validator.delay)
                status, body = validator.answers[self.path]
                payload = (body if isinstance(body, str) else json.dumps(body)).encode()
                self.send_response(status)
                self.send_header("Content-Length", str(len(payload)))
                self.end_headers()
                self.wfile.write(payload)

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def stop(self):
        self.server.shutdown()
        self.server.server_close()


@pytest.fixture
def validator():
    validator = Validator()
    yield validator
    validator.stop()


@pytest.fixture(scope="session")
def dags():
    """All DAGs by name, loaded by Airflow."""
    from airflow.dag_processing.dagbag import DagBag

    bag = DagBag(ROOT / "dags")
    assert bag.import_errors == {}
    return bag.dags


@pytest.fixture(scope="session")
def dag(dags):
    """The DAG that runs every five minutes."""
    return dags["spark_parquet_validation_dag"]


@pytest.fixture(scope="session")
def audit_dag(dags):
    return dags["spark_parquet_audit_dag"]
