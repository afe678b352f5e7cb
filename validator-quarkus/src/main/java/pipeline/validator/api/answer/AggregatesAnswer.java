package pipeline.validator.api.answer;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import pipeline.validator.checks.evidence.Status;
import pipeline.validator.dataset.DatasetSnapshot;
import pipeline.validator.dataset.content.Row;
import pipeline.validator.dataset.content.Tally;
import pipeline.validator.validation.DatasetVerdict;

/**
 * @param path the folder that was read
 * @param rejected events kept apart because they are not valid, 0 if there is no ledger
 * @param groupedBy the column that {@code id} is from, only of events with a schema and a group, as in the next ones
 * @param timeFrom the column that {@code firstTs} and {@code lastTs} are from
 * @param valueOf the column that mean and bounds are of
 * @param perId of many groups those with the most rows
 * @param rest all groups that {@code perId} leaves out, if there are any
 * @param head the first rows in the order of files
 * @param asOf everything committed before this time is included
 */
public record AggregatesAnswer(
        Status status,
        String message,
        String path,
        List<String> runs,
        List<String> knownRuns,
        long totalRows,
        long rejected,
        @JsonInclude(JsonInclude.Include.NON_NULL) String groupedBy,
        @JsonInclude(JsonInclude.Include.NON_NULL) String timeFrom,
        @JsonInclude(JsonInclude.Include.NON_NULL) String valueOf,
        List<PerId> perId,
        @JsonInclude(JsonInclude.Include.NON_NULL) Rest rest,
        List<ShownRow> head,
        Files files,
        String asOf) {

    /**
     * @param mean over finite values; null if there is none
     * @param firstTs null if no row has a ts
     */
    public record PerId(
            @Schema(oneOf = {Long.class, TextOrNull.class, Boolean.class}) Object id,
            long count,
            @Schema(nullable = true) Double mean,
            @Schema(nullable = true) Double min,
            @Schema(nullable = true) Double max,
            @Schema(nullable = true) String firstTs,
            @Schema(nullable = true) String lastTs) {
        static PerId of(Map.Entry<Object, Tally> id) {
            Tally tally = id.getValue();
            return new PerId(
                    id.getKey(),
                    tally.rows(),
                    JsonValues.number(tally.mean()),
                    JsonValues.number(tally.min()),
                    JsonValues.number(tally.max()),
                    JsonValues.ts(tally.firstTs()),
                    JsonValues.ts(tally.lastTs()));
        }
    }

    /** @param groups how many groups these are; null if they are too many to count */
    public record Rest(
            @Schema(nullable = true) Integer groups,
            long count,
            @Schema(nullable = true) Double mean,
            @Schema(nullable = true) Double min,
            @Schema(nullable = true) Double max,
            @Schema(nullable = true) String firstTs,
            @Schema(nullable = true) String lastTs) {
        static Rest of(Integer groups, Tally tally) {
            return new Rest(
                    groups,
                    tally.rows(),
                    JsonValues.number(tally.mean()),
                    JsonValues.number(tally.min()),
                    JsonValues.number(tally.max()),
                    JsonValues.ts(tally.firstTs()),
                    JsonValues.ts(tally.lastTs()));
        }
    }

    /** One row. A field is null if the row does not have it, or if JSON cannot express its value, such as NaN. */
    @RegisterForReflection
    public record HeadRow(
            @Schema(nullable = true) Integer id,
            @Schema(nullable = true) String ts,
            @Schema(nullable = true) Double value,
            @Schema(nullable = true) String source)
            implements ShownRow {
        static ShownRow of(Row row) {
            return row.columns() != null
                    ? new EventRow(row.columns())
                    : new HeadRow(row.id(), JsonValues.ts(row.ts()), JsonValues.number(row.value()), row.source());
        }
    }

    /**
     * @param total number of data files that count
     * @param readNow how many of them were read for this answer
     * @param unreadable those that cannot be read, relative to {@code path}
     */
    public record Files(int total, int readNow, List<String> unreadable) {}

    public static AggregatesAnswer of(DatasetSnapshot data, DatasetVerdict verdict, List<Row> head) {
        Groups groups = Groups.of(data);
        return new AggregatesAnswer(
                verdict.status(),
                verdict.message(),
                data.path(),
                data.runNames(),
                data.knownRuns(),
                data.rows(),
                data.rejected(),
                groups.groupedBy(),
                groups.timeFrom(),
                groups.valueOf(),
                groups.listed().stream().map(PerId::of).toList(),
                groups.rest(),
                head.stream().map(HeadRow::of).toList(),
                new Files(data.files(), data.readNow(), data.unreadPaths()),
                JsonValues.ts(data.asOf()));
    }
}
