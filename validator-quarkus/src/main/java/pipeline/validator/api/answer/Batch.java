package pipeline.validator.api.answer;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import pipeline.events.Timestamps;
import pipeline.events.offsets.AbsentOffsets;
import pipeline.events.offsets.OffsetGap;
import pipeline.events.offsets.OffsetRange;
import pipeline.events.offsets.RecordIdentity;
import pipeline.events.output.LedgerFile;
import pipeline.events.output.LedgerRecord;

/** A ledger record as the ledger has it, with the name of its run. */
public record Batch(
        String run,
        int version,
        long seq,
        String committedAt,
        String topic,
        String topicId,
        String clusterId,
        @JsonInclude(JsonInclude.Include.NON_NULL) String schema,
        SortedMap<Integer, OffsetRange> offsets,
        List<OffsetGap> gaps,
        @JsonInclude(JsonInclude.Include.NON_NULL) Absent absent,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) SortedMap<Integer, RecordIdentity> lastRead,
        long events,
        long rows,
        long rejected,
        List<LedgerFile> files,
        List<LedgerFile> rejectedFiles) {

    /** @param offsets how many offsets have no record, for each partition */
    public record Absent(String file, long bytes, SortedMap<Integer, Long> offsets) {
        static Absent of(AbsentOffsets absent) {
            return new Absent(absent.file(), absent.bytes(), absent.counts());
        }
    }

    public static final Comparator<Batch> NEWEST_FIRST = Comparator.comparing(Batch::committedAt)
            .thenComparing(Batch::run)
            .thenComparing(Batch::seq)
            .reversed();

    public static Batch of(String run, LedgerRecord record) {
        return new Batch(
                run,
                record.version(),
                record.seq(),
                Timestamps.format(record.committedAt()),
                record.topic().name(),
                record.topic().topicId(),
                record.topic().clusterId(),
                record.schema().orElse(null),
                record.offsets(),
                record.gaps(),
                record.read().absent().map(Absent::of).orElse(null),
                record.read().lastRead(),
                record.events(),
                record.rows(),
                record.rejected(),
                record.files(),
                record.rejectedFiles());
    }
}
