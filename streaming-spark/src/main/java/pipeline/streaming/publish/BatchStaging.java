package pipeline.streaming.publish;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import pipeline.events.offsets.AbsentOffsets;
import pipeline.events.offsets.OffsetRange;
import pipeline.events.offsets.ReadOffsets;
import pipeline.events.offsets.RecordIdentity;
import pipeline.streaming.decode.DecodedRecords;
import pipeline.streaming.lifecycle.CannotContinueException;
import pipeline.streaming.records.TopicLog;

/**
 * Stages a batch so that it accounts for each of its offsets: as a row, a rejected event, part of a gap, or an offset without
 * a record. Checks what is in the staged files, not what was sent to them, against what Kafka's own consumer finds.
 *
 * @param start where the batch starts
 * @param ranges its offsets
 */
record BatchStaging(
        Sink sink,
        TopicLog topic,
        DecodedRecords decoded,
        PublicationStep.Listener steps,
        ResumePoint start,
        SortedMap<Integer, OffsetRange> ranges) {
    private static final Logger LOG = LoggerFactory.getLogger(BatchStaging.class);

    /** A batch whose files account for all offsets. */
    record Staged(StagedBatch batch, ReadOffsets offsets) {}

    /**
     * @param records of the ranges, without the gaps
     * @throws CannotContinueException when Spark does not read what Kafka has, or reads something twice
     */
    Staged stage(Dataset<Row> records) throws IOException {
        try {
            return stageOnce(records);
        } catch (MissedRecordException e) {
            LOG.warn("{}; the batch is read again", e.getMessage());
            return stageOnce(records);
        }
    }

    private Staged stageOnce(Dataset<Row> records) throws IOException {
        long expected = ReadOffsets.of(ranges, start.gaps()).events();
        decoded.lastRead().reset();
        StagedBatch staged = sink.stage(start.seq(), decoded.events(records));
        steps.reached(PublicationStep.STAGED);
        // Most batches have nothing but valid events.
        Optional<AbsentOffsets> absent = staged.rows() == expected ? Optional.empty() : completed(staged, records);
        steps.reached(PublicationStep.COUNTED);
        SortedMap<Integer, RecordIdentity> last = new TreeMap<>(start.lastRead());
        last.putAll(decoded.lastRead().value());
        return new Staged(staged, new ReadOffsets(ranges, start.gaps(), absent, last));
    }

    private Optional<AbsentOffsets> completed(StagedBatch staged, Dataset<Row> records) throws IOException {
        try {
            return complete(staged, records);
        } catch (MissedRecordException e) {
            staged.drop();
            throw e;
        }
    }

    /** Adds the rejected events and the offsets without a record. */
    private Optional<AbsentOffsets> complete(StagedBatch staged, Dataset<Row> records) throws IOException {
        Map<Integer, OffsetRange> toRead = toRead();
        OffsetSet inKafka = new OffsetSet(toRead);
        topic.forEachOffset(toRead, inKafka::add);
        if (inKafka.size() > staged.rows()) {
            staged.addRejected(DecodedRecords.rejected(records));
        }
        OffsetSet inFiles = new OffsetSet(toRead);
        staged.forEachOffset((partition, offset) -> {
            if (!inFiles.add(partition, offset)) {
                throw new CannotContinueException("Spark read partition " + partition + " offset " + offset
                        + " twice, or although the batch does not have it: " + ranges);
            }
        });
        if (inFiles.size() != staged.rows() + staged.rejected()) {
            throw new CannotContinueException("The staged files have " + inFiles.size() + " offsets, but "
                    + staged.rows() + " rows and " + staged.rejected() + " rejected events");
        }
        // The files may have more: records that compaction has removed since.
        inKafka.firstNotIn(inFiles).ifPresent(missed -> {
            throw new MissedRecordException("Kafka has a record at " + missed + ", but Spark did not read it");
        });
        SortedMap<Integer, List<OffsetRange>> absent = inFiles.missing();
        return absent.isEmpty() ? Optional.empty() : Optional.of(staged.addAbsent(absent));
    }

    /** Returns the ranges without the gaps, which are at their beginnings. */
    private Map<Integer, OffsetRange> toRead() {
        Map<Integer, OffsetRange> toRead = new HashMap<>();
        Map<Integer, Long> from = start.readFrom();
        ranges.forEach((partition, range) ->
                toRead.put(partition, new OffsetRange(from.getOrDefault(partition, range.from()), range.until())));
        return toRead;
    }

    /** Spark did not read a record that Kafka has. */
    private static final class MissedRecordException extends CannotContinueException {
        private static final long serialVersionUID = 1;

        MissedRecordException(String message) {
            super(message);
        }
    }
}
