package pipeline.launcher.infer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import pipeline.events.offsets.OffsetRange;

class NewestRecordsTest {
    private final Log log = new Log();

    @Test
    void readsAllRecordsOfAShortTopic() {
        log.put(0, LongStream.range(5, 8));
        log.put(1, LongStream.empty());
        log.put(2, LongStream.range(0, 1));

        assertThat(newest(10)).containsExactlyInAnyOrder("0/5", "0/6", "0/7", "2/0");
    }

    @Test
    void readsAsManyOfEachPartition() {
        log.put(0, LongStream.range(0, 100));
        log.put(1, LongStream.range(0, 50));

        assertThat(newest(4)).containsExactlyInAnyOrder("0/98", "0/99", "1/48", "1/49");
        assertThat(log.passedOn).isEqualTo(4);
    }

    @Test
    void readsMoreOfAPartitionWhereOthersHaveFewer() {
        log.put(0, LongStream.range(0, 100));
        log.put(1, LongStream.range(0, 1));

        assertThat(newest(4)).containsExactlyInAnyOrder("0/97", "0/98", "0/99", "1/0");
    }

    @Test
    void countsRecordsAndNotOffsets() {
        // As in transactions of one record: each is followed by a marker.
        log.put(0, LongStream.range(0, 100).map(i -> 2 * i));
        log.ends.put(0, 200L);

        assertThat(newest(3)).containsExactlyInAnyOrder("0/194", "0/196", "0/198");
    }

    @Test
    void getsOverALongGapToTheNewestRecordsBeforeIt() {
        log.put(0, LongStream.concat(LongStream.range(0, 1_000), LongStream.of(2_000_000_000L)));
        log.ends.put(0, 3_000_000_000L);

        assertThat(newest(3)).containsExactlyInAnyOrder("0/998", "0/999", "0/2000000000");
        assertThat(log.readings).isLessThan(100);
    }

    @Test
    void readsNothingOfATopicWithoutCommittedRecords() {
        log.put(0, LongStream.empty());
        log.ends.put(0, 1_000L);

        assertThat(newest(3)).isEmpty();
    }

    @Test
    void endsWhenTheTimeIsUp() {
        log.put(0, LongStream.range(0, 100));
        log.isTimeUpAfter = 2;

        assertThat(newest(5)).containsExactly("0/95", "0/96");
    }

    /** For each way in which records can be spread, those that are read are the newest of their partition. */
    @Test
    void readsTheNewestRecordsHoweverTheyAreSpread() {
        for (int seed = 0; seed < 500; seed++) {
            log.partitions.clear();
            Random random = new Random(seed);
            IntStream.range(0, 1 + random.nextInt(4)).forEach(partition -> {
                int oneIn = 1 << random.nextInt(8);
                log.put(partition, LongStream.range(0, random.nextInt(400)).filter(i -> random.nextInt(oneIn) == 0));
                log.ends.put(partition, 400L);
            });
            int most = 1 + random.nextInt(60);

            List<String> read = newest(most);

            long all = log.partitions.values().stream().mapToLong(TreeMap::size).sum();
            assertThat(read).as("seed %d", seed).doesNotHaveDuplicates().hasSize((int) Math.min(most, all));
            log.partitions.forEach((partition, records) -> {
                long ofPartition = read.stream()
                        .filter(name -> name.startsWith(partition + "/"))
                        .count();
                List<String> newest = records.descendingMap().values().stream()
                        .limit(ofPartition)
                        .toList();
                assertThat(read).containsAll(newest);
            });
        }
    }

    private List<String> newest(int most) {
        List<String> read = new ArrayList<>();
        int count = new NewestRecords(log, most).forEach(value -> read.add(new String(value, StandardCharsets.UTF_8)));
        assertThat(count).isEqualTo(read.size());
        return read;
    }

    /** A topic in memory. */
    private static final class Log implements TopicLog {
        private final Map<Integer, TreeMap<Long, String>> partitions = new HashMap<>();
        private final Map<Integer, Long> ends = new HashMap<>();
        private int isTimeUpAfter = Integer.MAX_VALUE;
        private int passedOn;
        private int readings;

        void put(int partition, LongStream offsets) {
            TreeMap<Long, String> records = new TreeMap<>();
            offsets.forEach(offset -> records.put(offset, partition + "/" + offset));
            partitions.put(partition, records);
            ends.put(partition, records.isEmpty() ? 0 : records.lastKey() + 1);
        }

        @Override
        public Map<Integer, OffsetRange> offsets() {
            Map<Integer, OffsetRange> ranges = new HashMap<>();
            partitions.forEach((partition, records) -> ranges.put(partition, new OffsetRange(0, ends.get(partition))));
            return ranges;
        }

        @Override
        public void read(Map<Integer, OffsetRange> ranges, RecordAction action) {
            readings++;
            for (Map.Entry<Integer, OffsetRange> range : ranges.entrySet()) {
                Map<Long, String> records = partitions
                        .get(range.getKey())
                        .subMap(range.getValue().from(), range.getValue().until());
                for (Map.Entry<Long, String> record : records.entrySet()) {
                    byte[] value = record.getValue().getBytes(StandardCharsets.UTF_8);
                    if (isTimeUp()) {
                        return;
                    }
                    passedOn++;
                    if (!action.accept(range.getKey(), record.getKey(), value)) {
                        return;
                    }
                }
            }
        }

        @Override
        public boolean isTimeUp() {
            return passedOn >= isTimeUpAfter;
        }
    }
}
