package pipeline.validator.api.answer;

import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import pipeline.events.Timestamps;
import pipeline.events.output.LedgerFile;
import pipeline.events.output.LedgerRecord;
import pipeline.events.output.OffsetGap;
import pipeline.events.output.OffsetRange;

/** A ledger record as the ledger has it, with the name of its run. */
public record Batch(
        String run,
        int version,
        long seq,
        String committedAt,
        String topic,
        String topicId,
        String clusterId,
        SortedMap<Integer, OffsetRange> offsets,
        List<OffsetGap> gaps,
        long events,
        long rows,
        long rejected,
        List<LedgerFile> files,
        List<LedgerFile> rejectedFiles) {

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
                record.topic(),
                record.topicId(),
                record.clusterId(),
                record.offsets(),
                record.gaps(),
                record.events(),
                record.rows(),
                record.rejected(),
                record.files(),
                record.rejectedFiles());
    }
}
