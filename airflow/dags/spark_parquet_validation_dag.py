"""The DAG that has the validator look at the Parquet files every five minutes.

The validator reads the files; what is here asks it, writes its answer into the task's log, and turns the answer into
the task's state: bad data fails at once, a validator that doesn't work is tried again, no data yet is skipped.
"""

import logging
from datetime import UTC, datetime, timedelta

# SimpleHttpOperator is called HttpOperator since version 5 of the provider.
from airflow.providers.http.operators.http import HttpOperator as SimpleHttpOperator
from airflow.sdk import DAG
from airflow.sdk.exceptions import AirflowException, AirflowFailException, AirflowSkipException
from requests import Response

log = logging.getLogger(__name__)

CONNECTION = "validator"
#: Seconds until the validator must have sent something; the first look at a large tree takes longest.
HTTP_TIMEOUT = 60

DOC = """
### Is every event in Parquet, and is it right?

Every five minutes two tasks ask the validator (connection `validator`), which reads the files:

| task | asks | its log has |
|---|---|---|
| `aggregate_parquet` | `GET /aggregates` | the first rows, count and mean per id, the total |
| `validate_parquet` | `GET /validation` | every check, with what was observed and what was expected |

| state | meaning | what to do |
|---|---|---|
| green | all is well, or a check only warns | nothing; warnings are in the log |
| tasks skipped | there is no data yet | start producer and streaming job; the log says what is missing |
| waiting for a retry | the validator does not answer, or not as it should | nothing yet |
| red after one try | the data is bad | read the end of the task's log: it names the check, and the file or offsets |
| red after four tries | the validator is down | start it, look at its log, then clear the task |

Bad data stays bad: a file that is damaged or missing has to come back from Kafka (a new `RUN_ID` reads the topic from
its beginning) or from a copy. `GET /validation?deep=true` looks at every row.
"""


class ValidatorError(AirflowException):
    """The validator doesn't work as it should; worth another try."""


def log_aggregates(response: Response) -> bool:
    """Logs what ``GET /aggregates`` answered, and raises unless the data is good."""
    answer = answer_of(response, "path", "head", "perId", "totalRows")
    skip_without_data(answer)
    log.info("[aggregate_parquet] Reading Parquet from: %s", answer["path"])
    log.info("=== DataFrame head ===")
    log_table(answer["head"], "id", "ts", "value", "source")
    log.info("=== Count per id ===")
    log_table(answer["perId"], "id", "count", "mean")
    log.info("[aggregate_parquet] Total rows: %d", answer["totalRows"])
    fail_on_bad_data(answer, [])
    return True


def log_validation(response: Response) -> bool:
    """Logs every check that ``GET /validation`` answered, and raises unless the data is good."""
    answer = answer_of(response, "checks")
    log.info("=== Checks ===")
    for check in answer["checks"]:
        level = {"FAILED": logging.ERROR, "WARN": logging.WARNING}.get(check["status"], logging.INFO)
        log.log(
            level,
            "%-7s %s: observed %s, expected %s. %s",
            *(check[key] for key in ("status", "name", "observed", "expected", "message")),
        )
    skip_without_data(answer)
    fail_on_bad_data(answer, [check for check in answer["checks"] if check["status"] == "FAILED"])
    log.info("[validate_parquet] %s", answer["message"])
    return True


def answer_of(response: Response, *fields: str) -> dict:
    """Returns the answer, which has a known status and these fields.

    :raises AirflowFailException: the validator refuses the question; asking again would not help
    :raises ValidatorError: any other trouble
    """
    asked = f"GET {response.url}"
    try:
        answer = response.json()
    except ValueError:
        answer = None
    if response.status_code != 200:
        detail = answer.get("detail") if isinstance(answer, dict) else None
        problem = f"{asked}: {response.status_code} {response.reason}, {detail or response.text[:200]}"
        if 400 <= response.status_code < 500:
            raise AirflowFailException(f"{problem}; does connection {CONNECTION} lead to the validator?")
        raise ValidatorError(problem)
    if not isinstance(answer, dict):
        raise ValidatorError(f"{asked}: no JSON object, but {response.text[:200]!r}")
    missing = [field for field in ("status", "message", *fields) if field not in answer]
    if missing or answer["status"] not in ("OK", "WARN", "FAILED", "NO_DATA"):
        raise ValidatorError(f"{asked}: not the validator's answer (missing: {missing}), but {response.text[:200]!r}")
    return answer


def skip_without_data(answer: dict) -> None:
    if answer["status"] == "NO_DATA":
        log.info(answer["message"])
        raise AirflowSkipException(answer["message"])


def fail_on_bad_data(answer: dict, failed: list[dict]) -> None:
    if answer["status"] == "FAILED":
        reasons = [f"{check['name']}: {check['message']}" for check in failed]
        raise AirflowFailException("\n".join([answer["message"], *reasons]))


def log_table(rows: list[dict], *columns: str) -> None:
    """Logs rows under their columns, aligned to the right, as pandas prints a frame."""
    cells = [columns, *(tuple(str(row.get(column)) for column in columns) for row in rows)]
    widths = [max(len(line[index]) for line in cells) for index in range(len(columns))]
    for line in cells:
        log.info("  ".join(cell.rjust(width) for cell, width in zip(line, widths, strict=True)))


with DAG(
    dag_id="spark_parquet_validation_dag",
    description="Has the validator look at the Parquet files",
    doc_md=DOC,
    schedule="*/5 * * * *",
    start_date=datetime(2026, 1, 1, tzinfo=UTC),
    catchup=False,
    max_active_runs=1,
    is_paused_upon_creation=False,
    tags=["parquet", "validation"],
    default_args={
        "http_conn_id": CONNECTION,
        "method": "GET",
        # The checks below see every answer, also that of an error.
        "extra_options": {"timeout": HTTP_TIMEOUT, "check_response": False},
        "execution_timeout": timedelta(seconds=2 * HTTP_TIMEOUT),
        # The third retry begins within two minutes, before the next run is due.
        "retries": 3,
        "retry_delay": timedelta(seconds=10),
        "retry_exponential_backoff": True,
    },
) as dag:
    aggregate_parquet = SimpleHttpOperator(
        task_id="aggregate_parquet", endpoint="/aggregates", response_check=log_aggregates
    )
    validate_parquet = SimpleHttpOperator(
        task_id="validate_parquet", endpoint="/validation", response_check=log_validation
    )
    aggregate_parquet >> validate_parquet
