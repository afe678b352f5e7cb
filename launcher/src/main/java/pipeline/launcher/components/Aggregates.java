package pipeline.launcher.components;

/**
 * The part of the answer of {@code /aggregates} that can be compared with the ledger.
 *
 * @param status {@code OK}, {@code WARN}, {@code FAILED} or {@code NO_DATA}
 * @param totalRows -1 if the answer does not contain it
 * @param rejected -1 if the answer does not contain it
 */
public record Aggregates(String status, long totalRows, long rejected) {}
