package pipeline.validator.checks;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import pipeline.events.output.LedgerRecord;
import pipeline.events.output.OffsetRange;
import pipeline.validator.dataset.DatasetSnapshot;
import pipeline.validator.dataset.LedgerSummary;
import pipeline.validator.dataset.OffsetAudit;
import pipeline.validator.dataset.RunSnapshot;
import pipeline.validator.dataset.RunSnapshot.Kind;
import pipeline.validator.dataset.RunSnapshot.UnreadableFile;
import pipeline.validator.dataset.Sample;
import pipeline.validator.dataset.Tallies;
import pipeline.validator.dataset.TreeAudit;
import pipeline.validator.kafka.TopicState;

/** The evidence of a run with nothing wrong; a test changes the one thing that matters to it. */
final class TestEvidence {
    static final Instant NOW = Instant.parse("2026-11-22T13:00:00Z");
    static final int ROWS_OF_ID = 400;

    final Tallies tallies = new Tallies();
    Kind kind = Kind.LEDGER;
    List<UnreadableFile> unreadable = List.of();
    Sample otherSchema = Sample.NONE;
    int withoutOffsets;
    Sample otherRows = Sample.NONE;
    Sample badRecords = Sample.NONE;
    long rejected;
    Instant changed = NOW.minusSeconds(5);
    Sample breaks = Sample.NONE;
    Sample lostRecords = Sample.NONE;
    Sample gaps = Sample.NONE;
    long events = 5 * ROWS_OF_ID;
    long until = 5 * ROWS_OF_ID;
    Sample missing = Sample.NONE;
    Sample stray = Sample.NONE;
    Sample otherSize = Sample.NONE;
    long inPublication;
    TopicState topic = topic("topic-id", 0, 5 * ROWS_OF_ID);
    Optional<List<OffsetAudit>> offsets = Optional.empty();
    boolean isEmpty;

    static TestEvidence good() {
        TestEvidence evidence = new TestEvidence();
        for (int id = 0; id <= 4; id++) {
            for (int row = 0; row < ROWS_OF_ID; row++) {
                evidence.add(id, row % 100, NOW.minusSeconds(row));
            }
        }
        return evidence;
    }

    /** Returns what is there before the first batch. */
    static TestEvidence nothing() {
        TestEvidence evidence = new TestEvidence();
        evidence.isEmpty = true;
        return evidence;
    }

    TestEvidence add(Integer id, double value, Instant ts) {
        tallies.of(id).addValue(value);
        tallies.of(id).addTs(ChronoUnit.MICROS.between(Instant.EPOCH, ts));
        return this;
    }

    static TopicState topic(String topicId, long from, long until) {
        return new TopicState.Known(
                "events", topicId, "cluster-id", new TreeMap<>(Map.of(0, new OffsetRange(from, until))));
    }

    OffsetAudit offsetAudit(Sample missing, Sample twice) {
        return new OffsetAudit("run_1", kind, 100, 100, missing, twice, Sample.NONE, 0, Sample.NONE);
    }

    Evidence build() {
        DatasetSnapshot data =
                new DatasetSnapshot(NOW, "/data/parquet", "", true, List.of(), isEmpty ? List.of() : List.of(run()), 0);
        TreeAudit tree = new TreeAudit("run_1", kind, 10, missing, stray, otherSize, inPublication);
        return new Evidence(data, isEmpty ? List.of() : List.of(tree), topic, offsets);
    }

    private RunSnapshot run() {
        return new RunSnapshot(
                "run_1",
                kind,
                10,
                tallies,
                unreadable,
                otherSchema,
                withoutOffsets,
                otherRows,
                badRecords,
                rejected,
                new RunSnapshot.Head(List.of(), this),
                changed,
                kind == Kind.LEDGER ? Optional.of(ledger()) : Optional.empty());
    }

    private LedgerSummary ledger() {
        LedgerRecord newest = new LedgerRecord(
                7,
                changed,
                "events",
                "topic-id",
                "cluster-id",
                new TreeMap<>(Map.of(0, new OffsetRange(0, until))),
                List.of(),
                until,
                until,
                0,
                List.of(),
                List.of());
        return new LedgerSummary(8, events, newest, breaks, lostRecords, gaps, gaps.count());
    }
}
