package pipeline.launcher.progress;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import pipeline.launcher.components.ServiceClient.Aggregates;
import pipeline.launcher.progress.Reconciliation.Snapshot;

/** 100 events are asked for. At the start Kafka has 50, 30 of them committed. Of the 120 committed later, 3 are rejected. */
class ReconciliationTest {
    private static final Snapshot BEFORE = snapshot(50, new LedgerTotals(1, 30, 0, 0, 0, Map.of(0, 30L)));
    private static final Snapshot AFTER = snapshot(150, new LedgerTotals(3, 147, 3, 0, 0, Map.of(0, 150L)));
    private static final Aggregates ANSWER = new Aggregates("OK", 147, 3);

    @Test
    void agreesWhenEveryEventIsAccountedFor() {
        Reconciliation reconciliation = reconciliation(100, AFTER, ANSWER);

        assertThat(reconciliation.agrees()).isTrue();
        assertThat(numbers(reconciliation))
                .containsExactly(
                        "reconciliation",
                        "asked for 100",
                        "acked since the start 100",
                        "new in Kafka 100",
                        "new rows 117",
                        "new rejected 3",
                        "of these, waiting from before 20",
                        "new rows + rejected, without those 100",
                        "still waiting in Kafka 0",
                        "/aggregates: totalRows of run_1 147",
                        "/aggregates: rejected of run_1 3",
                        "/aggregates: status OK",
                        "every number agrees");
    }

    @Test
    void marksEventsThatWereNotAcked() {
        assertThat(marked(reconciliation(99, AFTER, ANSWER)))
                .containsExactly(
                        "acked since the start 99 <-- differs: 100, what was asked for",
                        "new in Kafka 100 <-- differs: 99, what was acked");
    }

    @Test
    void marksEventsThatKafkaHasAndNobodyAcked() {
        Snapshot more = snapshot(151, new LedgerTotals(3, 148, 3, 0, 0, Map.of(0, 151L)));

        assertThat(marked(reconciliation(100, more, new Aggregates("OK", 148, 3))))
                .containsExactly("new in Kafka 101 <-- differs: 100, what was acked");
    }

    @Test
    void marksRowsThatAreMissing() {
        Snapshot less = snapshot(150, new LedgerTotals(3, 146, 3, 0, 0, Map.of(0, 150L)));

        assertThat(marked(reconciliation(100, less, new Aggregates("OK", 146, 3))))
                .containsExactly("new rows + rejected, without those 99 <-- differs: 100, what is new in Kafka");
    }

    @Test
    void marksWhatStillWaits() {
        Snapshot early = snapshot(150, new LedgerTotals(2, 97, 3, 0, 0, Map.of(0, 100L)));

        assertThat(marked(reconciliation(100, early, new Aggregates("OK", 97, 3))))
                .contains("still waiting in Kafka 50 <-- differs: 0, nothing");
    }

    @Test
    void marksAnotherCountOfTheValidator() {
        assertThat(marked(reconciliation(100, AFTER, new Aggregates("FAILED", 148, 2))))
                .containsExactly(
                        "/aggregates: totalRows of run_1 148 <-- differs: 147, the ledger",
                        "/aggregates: rejected of run_1 2 <-- differs: 3, the ledger",
                        "/aggregates: status FAILED <-- differs: OK or WARN");
    }

    @Test
    void marksTheStatusWhenEveryEventWasRejectedOrThereIsNoData() {
        Snapshot before = snapshot(0, LedgerTotals.NONE);
        Snapshot onlyRejected = snapshot(100, new LedgerTotals(1, 0, 100, 0, 0, Map.of(0, 100L)));
        Aggregates failed = new Aggregates("FAILED", 0, 100);

        assertThat(marked(new Reconciliation(100, 100, before, onlyRejected, "run_1", failed)))
                .containsExactly("/aggregates: status FAILED <-- differs: OK or WARN");
        assertThat(reconciliation(100, AFTER, new Aggregates("NO_DATA", 147, 3)).agrees())
                .isFalse();
    }

    @Test
    void accountsForWaitingEventsThatKafkaLost() {
        Snapshot lossy = snapshot(150, new LedgerTotals(3, 137, 3, 10, 0, Map.of(0, 150L)));
        Reconciliation reconciliation = reconciliation(100, lossy, new Aggregates("WARN", 137, 3));

        assertThat(reconciliation.agrees()).isTrue();
        assertThat(numbers(reconciliation)).contains("lost before they were read 10");
    }

    @Test
    void accountsForOffsetsWithoutARecord() {
        Snapshot withMarkers = snapshot(150, new LedgerTotals(3, 137, 3, 0, 10, Map.of(0, 150L)));
        Reconciliation reconciliation = reconciliation(100, withMarkers, new Aggregates("OK", 137, 3));

        assertThat(reconciliation.agrees()).isTrue();
        assertThat(numbers(reconciliation)).contains("offsets without a record 10");
    }

    private static Reconciliation reconciliation(long acked, Snapshot after, Aggregates aggregates) {
        return new Reconciliation(100, acked, BEFORE, after, "run_1", aggregates);
    }

    private static Snapshot snapshot(long end, LedgerTotals ledger) {
        return new Snapshot(Map.of(0, 0L), Map.of(0, end), ledger);
    }

    private static List<String> marked(Reconciliation reconciliation) {
        assertThat(reconciliation.agrees()).isFalse();
        return numbers(reconciliation).stream()
                .filter(line -> line.contains("<--"))
                .toList();
    }

    private static List<String> numbers(Reconciliation reconciliation) {
        return reconciliation.text().stream()
                .map(line -> line.strip().replaceAll(" {2,}", " "))
                .toList();
    }
}
