"""Rules for a DAG that Airflow itself does not enforce."""

import socket
from datetime import timedelta
from importlib.metadata import version
from pathlib import Path

from airflow.dag_processing.dagbag import DagBag
from airflow.sdk import BaseHook, Variable

ROOT = Path(__file__).resolve().parents[1]
#: Between two runs.
INTERVAL = timedelta(minutes=5)


def test_is_the_only_dag_and_loads_without_errors(dag):
    assert [path.name for path in (ROOT / "dags").glob("*.py")] == [f"{dag.dag_id}.py"]


def test_runs_every_five_minutes_once_at_a_time_and_from_the_start(dag):
    assert dag.schedule == "*/5 * * * *"
    assert dag.catchup is False
    assert dag.max_active_runs == 1
    assert dag.is_paused_upon_creation is False


def test_aggregates_then_validates(dag):
    assert [task.task_id for task in dag.topological_sort()] == ["aggregate_parquet", "validate_parquet"]
    assert [(task.endpoint, task.method) for task in dag.topological_sort()] == [
        ("/aggregates", "GET"),
        ("/validation", "GET"),
    ]
    assert {task.http_conn_id for task in dag.tasks} == {"validator"}


def test_every_request_and_task_has_a_timeout_and_retries_with_back_off(dag):
    for task in dag.tasks:
        assert task.retries == 3
        assert task.retry_exponential_backoff
        waits = sum((task.retry_delay * 2**retry for retry in range(task.retries)), timedelta())
        assert waits < INTERVAL
        assert 0 < task.extra_options["timeout"] < task.execution_timeout.total_seconds() < INTERVAL.total_seconds()


def test_documents_what_it_does_and_what_to_do_when_it_is_red(dag):
    for words in ("GET /aggregates", "GET /validation", "red after one try", "what to do"):
        assert words in dag.doc_md


def test_does_nothing_while_it_is_parsed(monkeypatch):
    def forbidden(*_, **__):
        raise AssertionError("work at parse time")

    monkeypatch.setattr(socket.socket, "connect", forbidden)
    monkeypatch.setattr(BaseHook, "get_connection", forbidden)
    monkeypatch.setattr(Variable, "get", forbidden)

    assert DagBag(ROOT / "dags").import_errors == {}


def test_lock_has_the_required_and_installed_versions():
    locked = lines("requirements.lock")

    assert set(lines("requirements.txt") + lines("requirements-test.txt")) <= set(locked)
    assert [pin for pin in locked if version(pin.split("==")[0]) != pin.split("==")[1]] == []


def lines(name):
    return [line for line in (ROOT / name).read_text().splitlines() if not line.startswith("#")]
