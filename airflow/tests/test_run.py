"""Whole runs of the DAG against a real HTTP server."""

import logging
from datetime import timedelta

import pytest
from conftest import aggregates, check, validation

import start

TASKS = ("aggregate_parquet", "validate_parquet")


@pytest.fixture(scope="session", autouse=True)
def database(dags):
    from airflow.utils.db import initdb

    initdb()


@pytest.fixture
def runner(validator, monkeypatch, caplog, capsys):
    """Runs a DAG with the fake validator; returns the state of the run, those of the tasks by name, and the log."""
    caplog.set_level(logging.INFO)
    monkeypatch.setenv("AIRFLOW_CONN_VALIDATOR", validator.url)

    def run_dag(dag):
        for task in dag.tasks:
            monkeypatch.setattr(task, "retry_delay", timedelta(milliseconds=1))
        result = dag.test()
        states = {task.task_id: str(task.state) for task in result.get_task_instances()}
        # The DAG uses Python's logging; Airflow prints to standard output.
        return str(result.state), states, caplog.text + capsys.readouterr().out

    return run_dag


@pytest.fixture
def run(dag, runner):
    """Runs the DAG of every five minutes; returns the states of its run and its two tasks, and the log."""

    def run_dag():
        state, states, log = runner(dag)
        return [state, *(states[task] for task in TASKS)], log

    return run_dag


def test_calls_both_endpoints_and_is_green_when_the_data_is_good(run, validator):
    states, log = run()

    assert states == ["success", "success", "success"]
    assert sorted(validator.requests) == ["/aggregates", "/validation"]
    assert "[aggregate_parquet] Total rows: 495" in log


def test_asks_the_validator_directly_behind_a_proxy(run, validator, monkeypatch, tmp_path):
    given = {"AIRFLOW_HOME": str(tmp_path), "AIRFLOW_CONN_VALIDATOR": validator.url, "http_proxy": "http://127.0.0.1:1"}
    for name in ("http_proxy", "NO_PROXY", "no_proxy"):
        monkeypatch.setenv(name, start.environment(given)[name])

    states, _ = run()

    assert states == ["success", "success", "success"]


def test_is_skipped_without_data(run, validator):
    validator.answers["/aggregates"] = (200, aggregates("NO_DATA", message="Start the job.", perId=[], head=[]))
    validator.answers["/validation"] = (200, validation("NO_DATA", check("lag", "NO_DATA")))

    states, log = run()

    assert states[1:] == ["skipped", "skipped"]
    assert "Start the job." in log


def test_is_red_after_the_first_try_when_the_data_is_bad(run, validator):
    validator.answers["/validation"] = (200, validation("FAILED", check("offsets", "FAILED", "7 to 9 are missing.")))

    states, log = run()

    assert states == ["failed", "success", "failed"]
    assert "offsets: 7 to 9 are missing." in log
    assert "[aggregate_parquet] Total rows: 495" in log


def test_is_red_and_logs_both_tables_when_nothing_but_rejected_events_came(run, validator):
    reason = "rejected: 7 of 7 events, 100 %. Most of the newest ones: id: missing, for example partition 2 offset 0."
    validator.answers["/aggregates"] = (200, aggregates("FAILED", message=reason, totalRows=0, perId=[], head=[]))
    validator.answers["/validation"] = (200, validation("FAILED", check("rejected", "FAILED", reason)))

    states, log = run()

    assert states == ["failed", "failed", "failed"]
    assert reason in log
    assert "[aggregate_parquet] Total rows: 0" in log
    assert "FAILED  rejected: observed rejected seen" in log


def test_is_red_after_three_retries_when_the_validator_stays_broken(run, validator):
    validator.answers["/aggregates"] = (503, {"detail": "/data can't be read"})

    states, log = run()

    assert states == ["failed", "failed", "success"]
    assert sorted(validator.requests) == ["/aggregates"] * 4 + ["/validation"]
    assert "/data can't be read" in log
    assert "OK      lag: observed lag seen" in log


def test_is_red_after_three_retries_when_nobody_answers(run, validator):
    validator.stop()

    states, log = run()

    assert states == ["failed", "failed", "failed"]
    assert log.count("Connection refused") >= 8


def test_times_out_when_the_validator_is_slow(run, dag, validator, monkeypatch):
    validator.delay = 2
    task = dag.get_task("aggregate_parquet")
    monkeypatch.setattr(task, "extra_options", {**task.extra_options, "timeout": 0.1})
    monkeypatch.setattr(task, "retries", 0)

    states, log = run()

    assert states == ["failed", "failed", "success"]
    assert "Read timed out" in log


def test_is_green_when_the_validator_recovers_in_time(run, dag, validator, monkeypatch):
    validator.answers["/aggregates"] = (503, {"detail": "/data can't be read"})
    check_answer = dag.get_task("aggregate_parquet").response_check

    def repair(response):
        validator.answers["/aggregates"] = (200, aggregates())
        return check_answer(response)

    monkeypatch.setattr(dag.get_task("aggregate_parquet"), "response_check", repair)

    states, _ = run()

    assert states == ["success", "success", "success"]
    assert sorted(validator.requests) == ["/aggregates", "/aggregates", "/validation"]


def test_an_audit_that_fails_names_the_offsets(runner, audit_dag, validator):
    message = "As partition:offset. Missing (2): 0:7, 2:9."
    validator.answers["/validation?deep=true"] = (200, validation("FAILED", check("exactly-once", "FAILED", message)))

    state, states, log = runner(audit_dag)

    assert (state, states) == ("failed", {"audit_parquet": "failed"})
    assert validator.requests == ["/validation?deep=true"]
    assert f"exactly-once: {message}" in log


def test_an_audit_without_findings_is_green(runner, audit_dag, validator):
    validator.answers["/validation?deep=true"] = (200, validation("OK", check("exactly-once")))

    state, states, _ = runner(audit_dag)

    assert (state, states) == ("success", {"audit_parquet": "success"})
