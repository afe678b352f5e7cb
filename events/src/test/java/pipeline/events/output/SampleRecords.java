package pipeline.events.output;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import pipeline.events.offsets.AbsentOffsets;
import pipeline.events.offsets.OffsetGap;
import pipeline.events.offsets.OffsetRange;
import pipeline.events.offsets.ReadOffsets;
import pipeline.events.offsets.RecordIdentity;
import pipeline.events.offsets.TopicIdentity;

/** Ledger records for tests: an example, and random ones. */
final class SampleRecords {
    private SampleRecords() {}

    /** Returns a committed record: 105 offsets, 5 of them a gap, 98 rows in two files, 2 rejected events. */
    static LedgerRecord anyRecord() {
        return new LedgerRecord(
                12,
                Instant.parse("2026-11-22T12:34:56.123456Z"),
                new TopicIdentity("5L6g3nShT-eMCtK--X86sw", "events", "YQmZ0TGQQgSLh3DJWIXyXg"),
                ReadOffsets.of(
                        Map.of(0, new OffsetRange(100, 155), 1, new OffsetRange(7, 57), 2, new OffsetRange(9, 9)),
                        List.of(new OffsetGap(0, 100, 105, "aged out before it was read"))),
                List.of(
                        new LedgerFile("id=0/part-0000000012-0.parquet", 20, 1843),
                        new LedgerFile("id=4/part-0000000012-1.parquet", 78, 2999)),
                List.of(new LedgerFile("part-0000000012-0.jsonl", 2, 311)));
    }

    /** Returns the same record, but 4 of its offsets have no record, and it knows the last records that were read. */
    static LedgerRecord recordWithAbsent() {
        LedgerRecord any = anyRecord();
        ReadOffsets read = new ReadOffsets(
                new TreeMap<>(
                        Map.of(0, new OffsetRange(100, 158), 1, new OffsetRange(7, 58), 2, new OffsetRange(9, 9))),
                any.gaps(),
                Optional.of(new AbsentOffsets("0000000012.absent", 51, new TreeMap<>(Map.of(0, 3L, 1, 1L)))),
                new TreeMap<>(Map.of(
                        0, new RecordIdentity(156, 1_763_812_345_678L, "0123456789abcdef"),
                        2, new RecordIdentity(8, -1, "fedcba9876543210"))));
        return new LedgerRecord(any.seq(), any.committedAt(), any.topic(), read, any.files(), any.rejectedFiles());
    }

    static LedgerRecord recordWithSchema() {
        LedgerRecord any = recordWithAbsent();
        return new LedgerRecord(
                any.seq(),
                any.committedAt(),
                any.topic(),
                Optional.of("0123456789abcdef".repeat(4)),
                any.read(),
                any.files(),
                any.rejectedFiles());
    }

    static PreparedBatch anyPrepared() {
        return new PreparedBatch(
                anyRecord().committed(null),
                List.of("0000000012-a/0.parquet", "0000000012-a/1.parquet", "0000000012-a/0.jsonl"));
    }

    /** Returns a record whose numbers add up. */
    static LedgerRecord random(Random random) {
        SortedMap<Integer, OffsetRange> offsets = new TreeMap<>();
        List<OffsetGap> gaps = new ArrayList<>();
        int partitions = random.nextInt(6);
        for (int i = 0; i < partitions; i++) {
            int partition = random.nextInt(10) == 0 ? Integer.MAX_VALUE - i : i;
            long from = random.nextBoolean() ? random.nextInt(100) : random.nextLong(Long.MAX_VALUE / 2);
            OffsetRange range = new OffsetRange(from, from + random.nextInt(1000));
            offsets.put(partition, range);
            if (random.nextInt(3) == 0 && range.length() > 1) {
                long gapFrom = random.nextLong(range.from(), range.until());
                gaps.add(new OffsetGap(partition, gapFrom, random.nextLong(gapFrom, range.until()), text(random)));
            }
        }
        ReadOffsets read = new ReadOffsets(offsets, gaps, absent(random, offsets, gaps), lastRead(random, offsets));
        long events = read.events();
        long rejected = events == 0 ? 0 : random.nextLong(events);
        return new LedgerRecord(
                random.nextLong(Long.MAX_VALUE),
                random.nextBoolean()
                        ? null
                        : Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000) * 1000L),
                new TopicIdentity(text(random), text(random), text(random)),
                random.nextBoolean()
                        ? Optional.empty()
                        : Optional.of("%064x".formatted(random.nextLong(Long.MAX_VALUE))),
                read,
                files(random, events - rejected),
                files(random, rejected));
    }

    private static Optional<AbsentOffsets> absent(
            Random random, SortedMap<Integer, OffsetRange> offsets, List<OffsetGap> gaps) {
        SortedMap<Integer, Long> counts = new TreeMap<>();
        offsets.forEach((partition, range) -> {
            long left = ReadOffsets.of(
                            Map.of(partition, range),
                            gaps.stream()
                                    .filter(gap -> gap.partition() == partition)
                                    .toList())
                    .events();
            if (left > 0 && random.nextInt(3) == 0) {
                counts.put(partition, random.nextLong(left) + 1);
            }
        });
        return counts.isEmpty()
                ? Optional.empty()
                : Optional.of(new AbsentOffsets(text(random), random.nextLong(Long.MAX_VALUE), counts));
    }

    private static SortedMap<Integer, RecordIdentity> lastRead(Random random, SortedMap<Integer, OffsetRange> offsets) {
        SortedMap<Integer, RecordIdentity> lastRead = new TreeMap<>();
        offsets.forEach((partition, range) -> {
            if (random.nextBoolean()) {
                lastRead.put(partition, new RecordIdentity(range.from(), random.nextLong(), text(random)));
            }
        });
        return lastRead;
    }

    private static List<LedgerFile> files(Random random, long rows) {
        List<LedgerFile> files = new ArrayList<>();
        long left = rows;
        while (left > 0) {
            long some = random.nextLong(left) + 1;
            files.add(new LedgerFile(files.size() + text(random), some, random.nextLong(Long.MAX_VALUE)));
            left -= some;
        }
        return files;
    }

    private static String text(Random random) {
        List<String> parts =
                List.of("events", "id=0/", ".parquet", "\"", "\\", "\n", "\0", "\u00e9", "\ud83d\ude00", "null");
        StringBuilder text = new StringBuilder();
        int length = random.nextInt(4);
        for (int i = 0; i < length; i++) {
            text.append(parts.get(random.nextInt(parts.size())));
        }
        return text.toString();
    }
}
