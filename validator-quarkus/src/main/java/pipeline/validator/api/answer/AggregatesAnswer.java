package pipeline.validator.api.answer;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import pipeline.events.Timestamps;
import pipeline.validator.checks.evidence.Status;
import pipeline.validator.dataset.content.Row;
import pipeline.validator.dataset.content.Tallies;
import pipeline.validator.dataset.content.Tally;
import pipeline.validator.dataset.run.DatasetSnapshot;
import pipeline.validator.dataset.run.RunSnapshot;
import pipeline.validator.validation.DatasetVerdict;

/**
 * What {@code GET /aggregates} answers.
 *
 * @param path the folder that was read
 * @param runs names of the runs that are in
 * @param knownRuns names of all runs there are
 * @param rejected events that are kept apart because they are not valid, 0 where there is no ledger
 * @param head the first rows in the order of files
 * @param asOf everything committed before this is in
 */
public record AggregatesAnswer(
        Status status,
        String message,
        String path,
        List<String> runs,
        List<String> knownRuns,
        long totalRows,
        long rejected,
        List<PerId> perId,
        List<HeadRow> head,
        Files files,
        String asOf) {

    /**
     * @param count rows of the id
     * @param mean over finite values; null when there is none
     * @param firstTs null when no row has a ts
     */
    public record PerId(
            @Schema(nullable = true) Integer id,
            long count,
            @Schema(nullable = true) Double mean,
            @Schema(nullable = true) Double min,
            @Schema(nullable = true) Double max,
            @Schema(nullable = true) String firstTs,
            @Schema(nullable = true) String lastTs) {
        static PerId of(Map.Entry<Integer, Tally> id) {
            Tally tally = id.getValue();
            return new PerId(
                    id.getKey(),
                    tally.rows(),
                    orNull(tally.mean()),
                    orNull(tally.min()),
                    orNull(tally.max()),
                    ts(tally.firstTs()),
                    ts(tally.lastTs()));
        }

        private static Double orNull(OptionalDouble value) {
            return value.isPresent() ? value.getAsDouble() : null;
        }

        private static String ts(OptionalLong micros) {
            return micros.isPresent()
                    ? Timestamps.format(Instant.EPOCH.plus(micros.getAsLong(), ChronoUnit.MICROS))
                    : null;
        }
    }

    /** One row; null is what it does not have, and a value that JSON has no number for. */
    public record HeadRow(
            @Schema(nullable = true) Integer id,
            @Schema(nullable = true) String ts,
            @Schema(nullable = true) Double value,
            @Schema(nullable = true) String source) {
        static HeadRow of(Row row) {
            return new HeadRow(
                    row.id(),
                    row.ts() == null ? null : Timestamps.format(row.ts()),
                    row.value() == null || !Double.isFinite(row.value()) ? null : row.value(),
                    row.source());
        }
    }

    /**
     * @param total data files that count
     * @param readNow those of them that were read for this answer
     * @param unreadable those that can't be read, relative to {@code path}
     */
    public record Files(int total, int readNow, List<String> unreadable) {}

    public static AggregatesAnswer of(DatasetSnapshot data, DatasetVerdict verdict, List<Row> head) {
        Tallies tallies = data.tallies();
        List<RunSnapshot> runs = data.runs();
        return new AggregatesAnswer(
                verdict.status(),
                verdict.message(),
                data.path(),
                runs.stream().map(RunSnapshot::name).toList(),
                data.knownRuns(),
                tallies.rows(),
                runs.stream().mapToLong(RunSnapshot::rejected).sum(),
                tallies.byId().entrySet().stream().map(PerId::of).toList(),
                head.stream().map(HeadRow::of).toList(),
                new Files(data.files(), data.readNow(), data.unreadable()),
                Timestamps.format(data.asOf()));
    }
}
