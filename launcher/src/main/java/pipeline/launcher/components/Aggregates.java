package pipeline.launcher.components;

/**
 * What {@code /aggregates} says of a run, as far as it can be compared with the ledger.
 *
 * @param status {@code OK}, {@code WARN}, {@code FAILED} or {@code NO_DATA}
 * @param totalRows -1 when the answer hasn't got it
 * @param rejected -1 when the answer hasn't got it
 */
public record Aggregates(String status, long totalRows, long rejected) {}
