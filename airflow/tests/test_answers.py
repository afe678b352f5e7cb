"""How a task handles each answer of the validator."""

import json
import logging

import pytest
import spark_parquet_validation_dag as module
from airflow.sdk.exceptions import AirflowFailException, AirflowSkipException
from conftest import TREE, aggregates, check, validation
from requests import Response

CHECKS = [module.log_aggregates, module.log_validation]
each_check = pytest.mark.parametrize("response_check", CHECKS)


@pytest.fixture(autouse=True)
def log_all_levels(caplog):
    caplog.set_level(logging.INFO)


def response(body, status=200, reason="OK"):
    response = Response()
    response.status_code = status
    response.reason = reason
    response.url = "http://validator:8083/path"
    response._content = (body if isinstance(body, str) else json.dumps(body)).encode()
    return response


def test_logs_rows_counts_and_total(caplog):
    assert module.log_aggregates(response(aggregates()))

    assert caplog.messages == [
        f"[aggregate_parquet] Reading Parquet from: {TREE}",
        "=== DataFrame head ===",
        "id                    ts   value        source",
        " 1  2026-11-22T12:34:56Z  45.123  sim-producer",
        "=== Count per id ===",
        "id  count    mean",
        " 0    250  49.876",
        " 1    245  52.341",
        "[aggregate_parquet] Total rows: 495",
    ]


def test_logs_rows_with_missing_values(caplog):
    head = [{"id": None, "ts": None, "value": None, "source": None}]

    assert module.log_aggregates(response(aggregates(head=head, perId=[{"id": 0, "count": 1, "mean": None}])))

    assert "None  None   None    None" in caplog.messages


ORDERS = {
    "groupedBy": "count",
    "timeFrom": "created_at",
    "valueOf": "amount",
    "perId": [
        {"id": None, "count": 1, "mean": 1.5},
        {"id": "DE", "count": 3, "mean": 49.876},
        *({"id": f"g{number}", "count": 2, "mean": None} for number in range(19)),
    ],
    "head": [
        {"count": "DE", "created_at": "2026-11-22T12:34:56Z", "amount": 1.5, "items": [{"name": "Ä"}], "rescued": None},
        {"count": "a\nb", "created_at": "2026-11-22T12:34:57Z", "amount": 2, "items": None, "rescued": "x" * 41},
    ],
}


def test_logs_rows_and_the_largest_groups_of_events_with_the_names_of_their_schema(caplog):
    assert module.log_aggregates(response(aggregates(**ORDERS)))

    assert caplog.messages == [
        f"[aggregate_parquet] Reading Parquet from: {TREE}",
        "=== DataFrame head ===",
        f" count            created_at  amount            items{'rescued':>42}",
        f'    DE  2026-11-22T12:34:56Z     1.5  [{{"name": "Ä"}}]{"null":>42}',
        f'"a\\nb"  2026-11-22T12:34:57Z       2             null  {"x" * 39}…',
        "=== Count per count ===",
        "count  count  mean amount",
        "   DE      3       49.876",
        *(f"{f'g{number}':>5}      2         None" for number in range(19)),
        "[aggregate_parquet] Groups: 21",
        "[aggregate_parquet] Total rows: 495",
    ]


@pytest.mark.parametrize(("unlisted", "groups"), [(1234, "1255"), (None, "more than 21")])
def test_logs_how_many_groups_there_are(unlisted, groups, caplog):
    rest = {"groups": unlisted, "count": 5000, "mean": 1.5}

    assert module.log_aggregates(response(aggregates(**ORDERS, rest=rest)))

    assert f"[aggregate_parquet] Groups: {groups}" in caplog.messages


def test_logs_counts_of_events_without_group_and_value(caplog):
    answer = aggregates(timeFrom="kafka_timestamp", perId=[{"id": None, "count": 7, "mean": None}], head=[])

    assert module.log_aggregates(response(answer))

    assert caplog.messages[2:] == [
        "",
        "=== Count per group ===",
        "group  count",
        " null      7",
        "[aggregate_parquet] Groups: 1",
        "[aggregate_parquet] Total rows: 495",
    ]


def test_lists_the_checks_of_events_with_a_schema(caplog):
    answer = validation("WARN", check("columns"), check("rescued", "WARN", "Fields that the schema does not know."))

    assert module.log_validation(response(answer))

    assert "OK      columns: observed columns seen, expected columns due. As expected." in caplog.messages
    assert (
        "WARN    rescued: observed rescued seen, expected rescued due. Fields that the schema does not know."
        in caplog.messages
    )


def test_lists_every_check_with_observed_and_expected(caplog):
    answer = validation("WARN", check("lag", "WARN", "7 events behind Kafka."), check("values"))

    assert module.log_validation(response(answer))

    assert "WARN    lag: observed lag seen, expected lag due. 7 events behind Kafka." in caplog.messages
    assert "OK      values: observed values seen, expected values due. As expected." in caplog.messages
    assert [record.levelname for record in caplog.records if "lag" in record.getMessage()] == ["WARNING"]


@pytest.mark.parametrize(
    ("response_check", "answer"),
    [
        (module.log_aggregates, aggregates("NO_DATA", message="Start the job.", totalRows=0, perId=[], head=[])),
        (module.log_validation, {**validation("NO_DATA", check("lag", "NO_DATA")), "message": "Start the job."}),
    ],
)
def test_skips_without_data_and_logs_what_to_do(response_check, answer, caplog):
    with pytest.raises(AirflowSkipException):
        response_check(response(answer))

    assert "Start the job." in caplog.messages


def test_fails_at_once_on_bad_aggregates_after_logging_them(caplog):
    answer = aggregates("FAILED", message="1 of 25 files can't be read: id=0/part-1.parquet (torn).")

    with pytest.raises(AirflowFailException, match=r"id=0/part-1\.parquet \(torn\)"):
        module.log_aggregates(response(answer))

    assert "[aggregate_parquet] Total rows: 495" in caplog.messages


def test_fails_at_once_on_a_failed_check_with_its_message():
    answer = validation("FAILED", check("lag"), check("offsets", "FAILED", "7 to 9 are missing."))

    with pytest.raises(AirflowFailException, match=r"offsets: 7 to 9 are missing\.") as failure:
        module.log_validation(response(answer))

    assert "lag" not in str(failure.value)


@each_check
@pytest.mark.parametrize("status", [400, 404])
def test_fails_at_once_when_the_request_is_refused(response_check, status):
    problem = {"title": "Bad parameter", "status": status, "detail": "run=x is not allowed"}

    with pytest.raises(AirflowFailException, match=f"{status} No, run=x is not allowed; does the connection validator"):
        response_check(response(problem, status, "No"))


@each_check
@pytest.mark.parametrize("body", [{"detail": "/data can't be read"}, "<html>/data can't be read</html>"])
def test_retries_when_the_validator_is_broken(response_check, body):
    with pytest.raises(module.ValidatorError, match=r"GET \S+/path: 503 Down, .*/data can't be read"):
        response_check(response(body, 503, "Down"))


@each_check
@pytest.mark.parametrize(
    "body", ["<html>hello</html>", "", "[]", {"status": "OK"}, aggregates("FINE"), validation("FINE")]
)
def test_retries_when_the_answer_is_not_the_validators(response_check, body):
    with pytest.raises(module.ValidatorError, match="path: not a valid answer"):
        response_check(response(body))
