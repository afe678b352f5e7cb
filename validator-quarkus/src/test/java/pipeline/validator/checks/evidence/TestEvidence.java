package pipeline.validator.checks.evidence;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import pipeline.events.offsets.OffsetRange;
import pipeline.events.offsets.ReadOffsets;
import pipeline.events.offsets.TopicIdentity;
import pipeline.events.output.LedgerRecord;
import pipeline.events.output.RejectedEvent;
import pipeline.validator.dataset.DatasetSnapshot;
import pipeline.validator.dataset.audit.OffsetAudit;
import pipeline.validator.dataset.audit.TreeAudit;
import pipeline.validator.dataset.content.EventTotals;
import pipeline.validator.dataset.content.Sample;
import pipeline.validator.dataset.content.Tallies;
import pipeline.validator.dataset.ledger.LedgerSummary;
import pipeline.validator.dataset.ledger.RunSchemas;
import pipeline.validator.dataset.run.RecentTotals;
import pipeline.validator.dataset.run.RunFolder;
import pipeline.validator.dataset.run.RunSnapshot;
import pipeline.validator.dataset.run.RunSnapshot.Kind;
import pipeline.validator.dataset.run.RunSnapshot.UnreadFile;
import pipeline.validator.kafka.TopicState;

/** The evidence of a good run. A test changes the one thing that matters. */
public final class TestEvidence {
    public static final Instant NOW = Instant.parse("2026-11-22T13:00:00Z");
    public static final int ROWS_OF_ID = 400;

    public final Tallies tallies = new Tallies();
    public Kind kind = Kind.LEDGER;
    public List<UnreadFile> unread = List.of();
    public Sample otherSchema = Sample.NONE;
    public int withoutOffsets;
    public Sample otherRows = Sample.NONE;
    public Sample badRecords = Sample.NONE;
    public long rejected;
    public Instant changed = NOW.minusSeconds(5);
    public Sample breaks = Sample.NONE;
    public Sample lostRecords = Sample.NONE;
    public Sample gaps = Sample.NONE;
    public long events = 5 * ROWS_OF_ID;
    public long until = 5 * ROWS_OF_ID;
    public Sample missing = Sample.NONE;
    public Sample stray = Sample.NONE;
    public Sample orphans = Sample.NONE;
    public Sample otherSize = Sample.NONE;
    public long inPublication;
    public TopicState topic = topic("topic-id", 0, 5 * ROWS_OF_ID);
    public Optional<OffsetAudit> offsets = Optional.empty();
    public Optional<RejectedEvent> rejection = Optional.empty();
    public boolean isEmpty;
    public Instant watchedSince = NOW.minus(Duration.ofDays(1));
    public List<String> stopped = List.of();
    public List<String> lost = List.of();
    public long absent;
    public Optional<String> unreachable = Optional.empty();
    /** All batches, if it is not set. */
    public Optional<RecentTotals> recent = Optional.empty();

    /** Set if the events have a schema. */
    public Optional<EventTotals> ofSchema = Optional.empty();

    public Optional<String> latestRun = Optional.of("run_1");

    public static TestEvidence good() {
        TestEvidence evidence = new TestEvidence();
        for (int id = 0; id <= 4; id++) {
            for (int row = 0; row < ROWS_OF_ID; row++) {
                evidence.add(id, row % 100, NOW.minusSeconds(row));
            }
        }
        return evidence;
    }

    /** Returns the evidence before the first batch. */
    public static TestEvidence nothing() {
        TestEvidence evidence = new TestEvidence();
        evidence.isEmpty = true;
        return evidence;
    }

    public TestEvidence add(Integer id, double value, Instant ts) {
        tallies.of(id).addValue(value);
        tallies.of(id).addTs(ChronoUnit.MICROS.between(Instant.EPOCH, ts));
        return this;
    }

    public static TopicState topic(String topicId, long from, long until) {
        return new TopicState.Known(
                new TopicIdentity("cluster-id", "events", topicId),
                new TreeMap<>(Map.of(0, new OffsetRange(from, until))),
                Optional.empty(),
                Optional.empty(),
                NOW.minus(Duration.ofDays(1)));
    }

    /** Lets some events wait in Kafka. */
    public void waitSince(Instant oldest, Duration retention) {
        TopicState.Known known = (TopicState.Known) topic("topic-id", 0, until + 7);
        topic = new TopicState.Known(
                known.topic(),
                known.offsets(),
                Optional.of(new TopicState.Backlog(oldest, Optional.ofNullable(retention))),
                Optional.empty(),
                watchedSince);
    }

    /** Lets 5 offsets wait behind a transaction. */
    public void openSince(Instant since, Duration timeout, Duration retention) {
        TopicState.Known known = (TopicState.Known) topic("topic-id", 0, until);
        topic = new TopicState.Known(
                known.topic(),
                known.offsets(),
                Optional.empty(),
                Optional.of(new TopicState.OpenTransactions(
                        5,
                        new TopicState.Backlog(since, Optional.ofNullable(retention)),
                        new TopicState.Transaction(
                                0, until, since, "producer id 7", Optional.ofNullable(timeout), "abort it"))),
                watchedSince);
    }

    /** Returns the audit of 100 rows. */
    public static OffsetAudit offsetAudit(long promised, Sample missing, Sample holes, Sample twice) {
        return new OffsetAudit(
                100, 0, promised, new OffsetAudit.Faults(missing, holes, twice, Sample.NONE, Sample.NONE), 0);
    }

    public Evidence build() {
        DatasetSnapshot data = new DatasetSnapshot(
                NOW, "/data/parquet", "", true, List.of(), latestRun, lost, isEmpty ? List.of() : List.of(run()), 0);
        TreeAudit tree = new TreeAudit(10, missing, stray, orphans, otherSize, inPublication, 0);
        boolean hasTree = !isEmpty && kind != Kind.LISTING;
        return new Evidence(data, hasTree ? Optional.of(tree) : Optional.empty(), topic, offsets, stopped, rejection);
    }

    private RunSnapshot run() {
        return new RunSnapshot(
                new RunFolder(null, "run_1"),
                kind,
                new RunSnapshot.Content(10, tallies, new RunSnapshot.Head(List.of(), this), events()),
                new RunSnapshot.Faults(unread, otherSchema, withoutOffsets, otherRows, badRecords),
                commits(),
                unreachable);
    }

    private Optional<RunSnapshot.Events> events() {
        return ofSchema.map(totals -> new RunSnapshot.Events(new RunSchemas(null, "run_1"), Optional.empty(), totals));
    }

    private RunSnapshot.Commits commits() {
        boolean hasLedger = kind == Kind.LEDGER;
        return new RunSnapshot.Commits(
                changed,
                hasLedger ? Optional.of(ledger()) : Optional.empty(),
                hasLedger
                        ? recent.or(() -> Optional.of(new RecentTotals(8, true, events, rejected, tallies)))
                        : Optional.empty(),
                Optional.empty(),
                null);
    }

    private LedgerSummary ledger() {
        LedgerRecord newest = new LedgerRecord(
                7,
                changed,
                new TopicIdentity("cluster-id", "events", "topic-id"),
                ReadOffsets.of(Map.of(0, new OffsetRange(0, until))),
                List.of(),
                List.of());
        return new LedgerSummary(8, events, rejected, newest, breaks, lostRecords, gaps, gaps.count(), absent);
    }
}
