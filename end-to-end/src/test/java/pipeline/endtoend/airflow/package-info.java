/**
 * Airflow: {@code AirflowIT} runs it with the rest of the pipeline, {@code AirflowSuiteIT} runs the tests in {@code
 * airflow/}.
 */
package pipeline.endtoend.airflow;
