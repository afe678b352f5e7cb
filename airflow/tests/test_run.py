"""Whole runs of the DAG against a real HTTP server."""

import logging
from datetime import timedelta

import pytest
from conftest import aggregates, check, validation

import start

TASKS = ("aggregate_parquet", "validate_parquet")


@pytest.fixture(scope="session", autouse=True)
def database(dag):
    from airflow.utils.db import initdb

    initdb()


@pytest.fixture
def run(dag, validator, monkeypatch, caplog, capsys):
    """Runs the DAG with the fake validator; returns the states of the tasks and the log."""
    caplog.set_level(logging.INFO)
    monkeypatch.setenv("AIRFLOW_CONN_VALIDATOR", validator.url)
    for task in dag.tasks:
        monkeypatch.setattr(task, "retry_delay", timedelta(milliseconds=1))

    def run_dag():
        result = dag.test()
        states = {task.task_id: str(task.state) for task in result.get_task_instances()}
        # The DAG uses Python's logging; Airflow prints to standard output.
        return [states[task] for task in TASKS], caplog.text + capsys.readouterr().out

    return run_dag


def test_calls_both_endpoints_and_is_green_when_the_data_is_good(run, validator):
    states, log = run()

    assert states == ["success", "success"]
    assert validator.requests == ["/aggregates", "/validation"]
    assert "[aggregate_parquet] Total rows: 495" in log


def test_asks_the_validator_directly_behind_a_proxy(run, validator, monkeypatch, tmp_path):
    given = {"AIRFLOW_HOME": str(tmp_path), "AIRFLOW_CONN_VALIDATOR": validator.url, "http_proxy": "http://127.0.0.1:1"}
    for name in ("http_proxy", "NO_PROXY", "no_proxy"):
        monkeypatch.setenv(name, start.environment(given)[name])

    states, _ = run()

    assert states == ["success", "success"]


def test_is_skipped_without_data(run, validator):
    validator.answers["/aggregates"] = (200, aggregates("NO_DATA", message="Start the job.", perId=[], head=[]))

    states, log = run()

    assert states == ["skipped", "skipped"]
    assert "Start the job." in log


def test_is_red_after_the_first_try_when_the_data_is_bad(run, validator):
    validator.answers["/validation"] = (200, validation("FAILED", check("offsets", "FAILED", "7 to 9 are missing.")))

    states, log = run()

    assert states == ["success", "failed"]
    assert "offsets: 7 to 9 are missing." in log


def test_is_red_after_three_retries_when_the_validator_stays_broken(run, validator):
    validator.answers["/aggregates"] = (503, {"detail": "/data can't be read"})

    states, log = run()

    assert states == ["failed", "upstream_failed"]
    assert validator.requests == ["/aggregates"] * 4
    assert "/data can't be read" in log


def test_is_red_after_three_retries_when_nobody_answers(run, validator):
    validator.stop()

    states, log = run()

    assert states == ["failed", "upstream_failed"]
    assert log.count("Connection refused") >= 4


def test_times_out_when_the_validator_is_slow(run, dag, validator, monkeypatch):
    validator.delay = 2
    task = dag.get_task("aggregate_parquet")
    monkeypatch.setattr(task, "extra_options", {**task.extra_options, "timeout": 0.1})
    monkeypatch.setattr(task, "retries", 0)

    states, log = run()

    assert states == ["failed", "upstream_failed"]
    assert "Read timed out" in log


def test_is_green_when_the_validator_recovers_in_time(run, dag, validator, monkeypatch):
    validator.answers["/aggregates"] = (503, {"detail": "/data can't be read"})
    check_answer = dag.get_task("aggregate_parquet").response_check

    def repair(response):
        validator.answers["/aggregates"] = (200, aggregates())
        return check_answer(response)

    monkeypatch.setattr(dag.get_task("aggregate_parquet"), "response_check", repair)

    states, _ = run()

    assert states == ["success", "success"]
    assert validator.requests == ["/aggregates", "/aggregates", "/validation"]
