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


def test_there_are_two_dags_which_load_without_errors(dags):
    assert sorted(dags) == ["spark_parquet_audit_dag", "spark_parquet_validation_dag"]


def test_runs_every_five_minutes_once_at_a_time_and_from_the_start(dag):
    assert dag.schedule == "*/5 * * * *"
    assert dag.catchup is False
    assert dag.max_active_runs == 1
    assert dag.is_paused_upon_creation is False


def test_audits_every_day_once_at_a_time_and_from_the_start(audit_dag):
    assert audit_dag.schedule == "@daily"
    assert audit_dag.catchup is False
    assert audit_dag.max_active_runs == 1
    assert audit_dag.is_paused_upon_creation is False


def test_aggregates_and_validates_independently(dag):
    assert {task.task_id: task.endpoint for task in dag.tasks} == {
        "aggregate_parquet": "/aggregates",
        "validate_parquet": "/validation",
    }
    assert [task.task_id for task in dag.tasks if task.upstream_task_ids or task.downstream_task_ids] == []


def test_calls_the_validator_and_stores_no_answer(dag, audit_dag):
    tasks = [*dag.tasks, *audit_dag.tasks]

    assert {task.http_conn_id for task in tasks} == {"validator"}
    assert {task.method for task in tasks} == {"GET"}
    assert {task.do_xcom_push for task in tasks} == {False}


def test_an_audit_has_hours_to_finish(audit_dag):
    (task,) = audit_dag.tasks

    assert task.extra_options["timeout"] == 2 * 3600
    assert task.extra_options["timeout"] < task.execution_timeout.total_seconds() < timedelta(days=1).total_seconds()
    assert task.retries == 3


def test_every_request_and_task_has_a_timeout_and_retries_with_back_off(dag):
    for task in dag.tasks:
        assert task.retries == 3
        assert task.retry_exponential_backoff
        waits = sum((task.retry_delay * 2**retry for retry in range(task.retries)), timedelta())
        assert waits < INTERVAL
        assert 0 < task.extra_options["timeout"] < task.execution_timeout.total_seconds() < INTERVAL.total_seconds()


def test_documents_what_it_does_and_what_to_do_when_it_is_red(dag, audit_dag):
    for words in ("GET /aggregates", "GET /validation", "red after one try", "what to do"):
        assert words in dag.doc_md
    for words in ("GET /validation?deep=true", "red after one try", "Restore these files"):
        assert words in audit_dag.doc_md


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
