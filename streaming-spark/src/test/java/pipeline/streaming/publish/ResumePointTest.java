package pipeline.streaming.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import pipeline.events.offsets.OffsetGap;
import pipeline.events.offsets.OffsetRange;
import pipeline.events.offsets.ReadOffsets;
import pipeline.events.offsets.RecordIdentity;
import pipeline.events.offsets.TopicIdentity;
import pipeline.events.settings.Settings.OnDataLoss;
import pipeline.streaming.FakeLog;
import pipeline.streaming.kafka.SourceTopic;
import pipeline.streaming.lifecycle.CannotContinueException;
import pipeline.streaming.records.EventsLostException;

class ResumePointTest {
    private static final TopicIdentity TOPIC = new TopicIdentity("cluster", "events", "topic-id");

    @Test
    void startsANewRunAtTheBeginningOfTheTopic() {
        ResumePoint position =
                ResumePoint.of(Optional.empty(), topic(Map.of(0, 3L, 1, 0L), Map.of(0, 9L, 1, 0L)), OnDataLoss.STOP);

        assertThat(position.seq()).isZero();
        assertThat(position.readFrom()).isEqualTo(Map.of(0, 3L, 1, 0L));
        assertThat(position.gaps()).isEmpty();
    }

    @Test
    void resumesAfterTheLastRecord() {
        ResumePoint position =
                ResumePoint.of(batchUntil(Map.of(0, 7L)), topic(Map.of(0, 2L), Map.of(0, 9L)), OnDataLoss.STOP);

        assertThat(position.seq()).isEqualTo(13);
        assertThat(position.readFrom()).isEqualTo(Map.of(0, 7L));
        assertThat(position.rangesTo(Map.of(0, 9L))).isEqualTo(Map.of(0, new OffsetRange(7, 9)));
    }

    @Test
    void readsAPartitionThatTheLedgerDoesNotHaveFromZero() {
        ResumePoint position = ResumePoint.of(
                batchUntil(Map.of(0, 7L)), topic(Map.of(0, 0L, 1, 0L), Map.of(0, 9L, 1, 9L)), OnDataLoss.STOP);

        assertThat(position.readFrom()).isEqualTo(Map.of(0, 7L, 1, 0L));
    }

    @Test
    void recordsAGapWhenAnAddedPartitionNoLongerHasItsFirstEvents() {
        SourceTopic.Snapshot topic = topic(Map.of(0, 0L, 1, 4L), Map.of(0, 9L, 1, 9L));

        ResumePoint position = ResumePoint.of(batchUntil(Map.of(0, 7L)), topic, OnDataLoss.RECORD);

        assertThat(position.gaps()).containsExactly(new OffsetGap(1, 0, 4, "aged out before it was read"));
        assertThat(position.readFrom()).isEqualTo(Map.of(0, 7L, 1, 4L));
        assertThat(position.rangesTo(Map.of(0, 7L, 1, 9L))).containsEntry(1, new OffsetRange(0, 9));
        assertThatThrownBy(() -> ResumePoint.of(batchUntil(Map.of(0, 7L)), topic, OnDataLoss.STOP))
                .isInstanceOf(CannotContinueException.class)
                .hasMessageContaining("partition 1 offsets 0 to 3");
    }

    @Test
    void readsAPartitionThatIsAddedLaterFromZero() {
        ResumePoint position = ResumePoint.after(batch(Map.of(0, 7L)));

        assertThat(position.rangesTo(Map.of(0, 7L, 1, 2L)))
                .isEqualTo(Map.of(0, new OffsetRange(7, 7), 1, new OffsetRange(0, 2)));
    }

    @Test
    void stopsWhenEventsAgedOutBeforeTheyWereRead() {
        assertThatThrownBy(() -> ResumePoint.of(
                        batchUntil(Map.of(0, 7L, 1, 5L)),
                        topic(Map.of(0, 10L, 1, 5L), Map.of(0, 12L, 1, 5L)),
                        OnDataLoss.STOP))
                .isInstanceOf(CannotContinueException.class)
                .hasMessageContaining("partition 0 offsets 7 to 9")
                .hasMessageContaining("ON_DATA_LOSS=record");
    }

    @Test
    void resumesAfterTheGapWhenDataLossIsRecorded() {
        ResumePoint position =
                ResumePoint.of(batchUntil(Map.of(0, 7L)), topic(Map.of(0, 10L), Map.of(0, 12L)), OnDataLoss.RECORD);

        assertThat(position.gaps()).containsExactly(new OffsetGap(0, 7, 10, "aged out before it was read"));
        assertThat(position.readFrom()).isEqualTo(Map.of(0, 10L));
        assertThat(position.rangesTo(Map.of(0, 12L))).isEqualTo(Map.of(0, new OffsetRange(7, 12)));
    }

    @Test
    void stopsWhenTheTopicEndsBeforeTheLedgerDoes() {
        assertThatThrownBy(() -> ResumePoint.of(
                        batchUntil(Map.of(0, 7L, 1, 3L)),
                        topic(Map.of(0, 0L, 1, 0L), Map.of(0, 6L, 1, 3L)),
                        OnDataLoss.RECORD))
                .isInstanceOfSatisfying(EventsLostException.class, lost -> assertThat(lost.partitions())
                        .containsExactly(0))
                .hasMessageContaining(
                        "partition 0 was read up to offset 7, the last record of 2025-11-22T11:52:25.678000Z at"
                                + " offset 6, but ends at 6 now")
                .hasMessageContaining("Set RUN_ID");
    }

    @Test
    void stopsWhenAnOlderJobReadEventsOfAnOpenTransaction() {
        SourceTopic.Snapshot topic = new SourceTopic.Snapshot(
                TOPIC, Map.of(0, 0L), Map.of(0, 5L), Map.of(0, 9L), new SourceTopic.Leadership(Map.of(), 0));
        Batch old = batch(Map.of(0, 7L), new TreeMap<>());

        assertThatThrownBy(() -> ResumePoint.of(Optional.of(old), topic, OnDataLoss.RECORD))
                .isInstanceOf(CannotContinueException.class)
                .hasMessageContaining("a transaction has been open since offset 5");
    }

    @Test
    void knowsWhenTheLedgerDoesNotSayWhatWasReadLast() {
        assertThat(ResumePoint.after(batch(Map.of(0, 7L), new TreeMap<>())).isWithoutLastRead())
                .isTrue();
        assertThat(ResumePoint.after(batch(Map.of(0, 7L))).isWithoutLastRead()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"topic-id,AAAAAAAAAAAAAAAAAAAAAA,topic-id", "AAAAAAAAAAAAAAAAAAAAAA,topic-id,topic-id"})
    void comparesTopicIdsOnlyIfTheBrokerGivesThem(String then, String now, String expected) {
        Batch batch = batch(Map.of(0, 7L));
        Batch withId =
                new Batch(batch.seq(), new TopicIdentity("cluster", "events", then), batch.schema(), batch.read());
        SourceTopic.Snapshot topic =
                FakeLog.snapshot(new TopicIdentity("cluster", "events", now), Map.of(0, 0L), Map.of(0, 9L));

        ResumePoint position = ResumePoint.of(Optional.of(withId), topic, OnDataLoss.STOP);

        assertThat(position.topic().topicId()).isEqualTo(expected);
    }

    @Test
    void stopsWhenAPartitionNoLongerExists() {
        assertStopsOverAnotherTopic(
                topic(Map.of(1, 0L), Map.of(1, 6L)), "partition 0 was read up to offset 7, but does not exist");
    }

    @Test
    void stopsAtAnotherCluster() {
        assertStopsOverAnotherTopic(
                new TopicIdentity("other", "events", "topic-id"), "cluster was cluster and is other");
    }

    @Test
    void stopsAtAnotherTopicName() {
        assertStopsOverAnotherTopic(new TopicIdentity("cluster", "other", "topic-id"), "topic was events and is other");
    }

    @Test
    void stopsAtATopicThatWasMadeAgain() {
        assertStopsOverAnotherTopic(
                new TopicIdentity("cluster", "events", "other"), "topic id was topic-id and is other");
    }

    private static void assertStopsOverAnotherTopic(TopicIdentity identity, String difference) {
        assertStopsOverAnotherTopic(FakeLog.snapshot(identity, Map.of(0, 0L), Map.of(0, 9L)), difference);
    }

    private static void assertStopsOverAnotherTopic(SourceTopic.Snapshot topic, String difference) {
        assertThatThrownBy(() -> ResumePoint.of(batchUntil(Map.of(0, 7L)), topic, OnDataLoss.RECORD))
                .isInstanceOf(CannotContinueException.class)
                .hasMessageContaining(difference)
                .hasMessageContaining("Set RUN_ID or OUTPUT_DIR");
    }

    private static SourceTopic.Snapshot topic(Map<Integer, Long> beginnings, Map<Integer, Long> ends) {
        return FakeLog.snapshot(TOPIC, beginnings, ends);
    }

    private static Optional<Batch> batchUntil(Map<Integer, Long> until) {
        return Optional.of(batch(until));
    }

    private static Batch batch(Map<Integer, Long> until) {
        TreeMap<Integer, RecordIdentity> lastRead = new TreeMap<>();
        until.forEach((partition, end) ->
                lastRead.put(partition, new RecordIdentity(end - 1, 1_763_812_345_678L, "0123456789abcdef")));
        return batch(until, lastRead);
    }

    private static Batch batch(Map<Integer, Long> until, SortedMap<Integer, RecordIdentity> lastRead) {
        TreeMap<Integer, OffsetRange> offsets = new TreeMap<>();
        until.forEach((partition, end) -> offsets.put(partition, new OffsetRange(end, end)));
        return new Batch(12, TOPIC, Optional.empty(), new ReadOffsets(offsets, List.of(), Optional.empty(), lastRead));
    }
}
