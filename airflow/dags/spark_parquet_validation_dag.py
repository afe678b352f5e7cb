"""Two DAGs: one checks the Parquet files every five minutes, the other one reads every row once a day.

The validator reads the files. The tasks call its REST API, log the answer, and turn it into the task's state: bad data
fails at once, a broken validator is retried, and without data the tasks are skipped.
"""

import json
import logging
from datetime import UTC, datetime, timedelta

# The name of SimpleHttpOperator since version 5 of the provider.
from airflow.providers.http.operators.http import HttpOperator as SimpleHttpOperator
from airflow.sdk import DAG
from airflow.sdk.exceptions import AirflowException, AirflowFailException, AirflowSkipException
from requests import Response

log = logging.getLogger(__name__)

CONNECTION = "validator"
#: Seconds without data from the validator before a request fails. Its first reading of a large tree takes longest.
HTTP_TIMEOUT = 60
#: The same for reading every row: the validator answers when it has read them all.
AUDIT_HTTP_TIMEOUT = 2 * 60 * 60
#: How many groups of events with a schema are logged: those with the most rows.
MOST_GROUPS = 20
#: Longer values of events are shortened in the log.
MOST_CHARACTERS = 40

DOC = """
### Is every event in Parquet, and is the data correct?

Every five minutes two tasks call the validator (connection `validator`), which reads the files. Neither waits for the
other, and the run is red if one of them is:

| task | request | what it logs |
|---|---|---|
| `aggregate_parquet` | `GET /aggregates` | the first rows, count and mean per id or of the largest groups, the total |
| `validate_parquet` | `GET /validation` | every check with the observed and the expected value |

| state | meaning | what to do |
|---|---|---|
| green | the data is good; a check may warn | nothing; warnings are in the log |
| tasks skipped | nothing was ever committed or rejected | start the producer and the streaming job; see the log |
| waiting for a retry | the validator does not answer, or its answer is not valid | nothing yet |
| red after one try | the data is bad, or the streaming job has stopped | the end of the task's log names the check |
| red after four tries | the validator is down | start it, look at its log, then clear the task |

Bad data does not repair itself: restore a damaged or missing file from a copy, or read the topic again with a new
`RUN_ID`. `spark_parquet_audit_dag` checks every row.
"""

AUDIT_DOC = """
### Is every event in Parquet exactly once?

Once a day one task asks the validator (connection `validator`) to find every offset exactly once: in a Parquet file, or
among the rejected events. `GET /validation?deep=true` reads the rows that no earlier audit has read.

If it is red after one try, the end of the task's log names the offsets that are missing or there twice, as
`partition:offset`, and the files. Restore these files from a copy, or read the topic again with a new `RUN_ID`. The
other states mean the same as in `spark_parquet_validation_dag`.
"""


class ValidatorError(AirflowException):
    """The validator does not work correctly; the task is retried."""


def log_aggregates(response: Response) -> bool:
    """Logs the answer to ``GET /aggregates``, and raises unless the data is good."""
    answer = answer_of(response, "path", "head", "perId", "totalRows")
    skip_without_data(answer)
    log.info("[aggregate_parquet] Reading Parquet from: %s", answer["path"])
    log.info("=== DataFrame head ===")
    if "timeFrom" in answer:
        log_events(answer)
    else:
        log_table(answer["head"], "id", "ts", "value", "source")
        log.info("=== Count per id ===")
        log_table(answer["perId"], "id", "count", "mean")
    log.info("[aggregate_parquet] Total rows: %d", answer["totalRows"])
    fail_on_bad_data(answer)
    return True


def log_events(answer: dict) -> None:
    """Logs the first rows and the largest groups of events with a schema, with the names of their columns."""
    names = list(dict.fromkeys(name for row in answer["head"] for name in row))
    log_cells(names, *([shown(row.get(name)) for name in names] for row in answer["head"]))
    group, value = answer.get("groupedBy", "group"), answer.get("valueOf")
    log.info("=== Count per %s ===", group)
    largest = sorted(answer["perId"], key=lambda one: one["count"], reverse=True)[:MOST_GROUPS]
    # Without a value the events are only counted.
    rows = [[shown(one["id"]), str(one["count"]), *([str(one["mean"])] if value else [])] for one in largest]
    log_cells([group, "count", *([f"mean {value}"] if value else [])], *rows)
    listed, unlisted = len(answer["perId"]), answer.get("rest", {"groups": 0})["groups"]
    groups = f"more than {listed}" if unlisted is None else listed + unlisted
    log.info("[aggregate_parquet] Groups: %s", groups)


def log_validation(response: Response) -> bool:
    """Logs every check in the answer to ``GET /validation``, and raises unless the data is good."""
    answer = answer_of(response, "checks")
    log.info("=== Checks ===")
    for check in answer["checks"]:
        level = {"FAILED": logging.ERROR, "WARN": logging.WARNING}.get(check["status"], logging.INFO)
        log.log(level, "%(status)-7s %(name)s: observed %(observed)s, expected %(expected)s. %(message)s", check)
    skip_without_data(answer)
    fail_on_bad_data(answer, [check for check in answer["checks"] if check["status"] == "FAILED"])
    log.info("[validate_parquet] %s", answer["message"])
    return True


def answer_of(response: Response, *fields: str) -> dict:
    """Returns the answer if it has a known status and these fields.

    :raises AirflowFailException: the validator refused the request; a retry would not help
    :raises ValidatorError: any other problem
    """
    request = f"GET {response.url}"
    text = response.text[:200]
    try:
        answer = response.json()
    except ValueError:
        answer = None
    if not isinstance(answer, dict):
        answer = {}
    if response.status_code != 200:
        problem = f"{request}: {response.status_code} {response.reason}, {answer.get('detail') or text}"
        if 400 <= response.status_code < 500:
            raise AirflowFailException(f"{problem}; does the connection {CONNECTION} point to the validator?")
        raise ValidatorError(problem)
    missing = [field for field in ("status", "message", *fields) if field not in answer]
    if missing or answer["status"] not in ("OK", "WARN", "FAILED", "NO_DATA"):
        raise ValidatorError(f"{request}: not a valid answer of the validator (missing: {missing}): {text!r}")
    return answer


def skip_without_data(answer: dict) -> None:
    if answer["status"] == "NO_DATA":
        log.info(answer["message"])
        raise AirflowSkipException(answer["message"])


def fail_on_bad_data(answer: dict, failed_checks: list[dict] = ()) -> None:
    if answer["status"] == "FAILED":
        reasons = [f"{check['name']}: {check['message']}" for check in failed_checks]
        raise AirflowFailException("\n".join([answer["message"], *reasons]))


def log_table(rows: list[dict], *columns: str) -> None:
    """Logs rows with a header."""
    log_cells(columns, *([str(row.get(column)) for column in columns] for row in rows))


def log_cells(*lines: list[str]) -> None:
    """Logs cells aligned to the right, as pandas prints a DataFrame."""
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    for line in lines:
        log.info("  ".join(cell.rjust(width) for cell, width in zip(line, widths, strict=True)))


def shown(value) -> str:
    """Returns a value of an event as one short line: printable text as it is, everything else as JSON."""
    text = value if isinstance(value, str) and value.isprintable() else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= MOST_CHARACTERS else f"{text[: MOST_CHARACTERS - 1]}…"


def request_arguments(timeout: int, retry_delay: timedelta) -> dict:
    """Returns the arguments of every task.

    :param timeout: seconds until a request fails
    """
    return {
        "http_conn_id": CONNECTION,
        "method": "GET",
        # The functions above must see every answer, including errors.
        "extra_options": {"timeout": timeout, "check_response": False},
        "execution_timeout": timedelta(seconds=2 * timeout),
        "retries": 3,
        "retry_delay": retry_delay,
        "retry_exponential_backoff": True,
        # The answer is in the log; nothing reads it from Airflow's database.
        "do_xcom_push": False,
    }


with DAG(
    dag_id="spark_parquet_validation_dag",
    description="Checks the Parquet files through the validator",
    doc_md=DOC,
    schedule="*/5 * * * *",
    start_date=datetime(2026, 1, 1, tzinfo=UTC),
    catchup=False,
    max_active_runs=1,
    is_paused_upon_creation=False,
    tags=["parquet", "validation"],
    # The third retry starts within two minutes, before the next run is due.
    default_args=request_arguments(HTTP_TIMEOUT, timedelta(seconds=10)),
):
    # Neither is downstream of the other, so that both always run and both decide about the state of the run.
    SimpleHttpOperator(task_id="aggregate_parquet", endpoint="/aggregates", response_check=log_aggregates)
    SimpleHttpOperator(task_id="validate_parquet", endpoint="/validation", response_check=log_validation)

with DAG(
    dag_id="spark_parquet_audit_dag",
    description="Finds every offset exactly once, through the validator",
    doc_md=AUDIT_DOC,
    schedule="@daily",
    start_date=datetime(2026, 1, 1, tzinfo=UTC),
    catchup=False,
    max_active_runs=1,
    is_paused_upon_creation=False,
    tags=["parquet", "validation"],
    default_args=request_arguments(AUDIT_HTTP_TIMEOUT, timedelta(minutes=5)),
):
    SimpleHttpOperator(
        task_id="audit_parquet", endpoint="/validation", data={"deep": "true"}, response_check=log_validation
    )
