package pipeline.events.output;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static pipeline.events.ByteEdits.replaced;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import pipeline.events.offsets.AbsentOffsets;
import pipeline.events.offsets.OffsetGap;
import pipeline.events.offsets.OffsetRange;

/**
 * Random records, intact and damaged. The seed differs each time; a failure names it, and {@code -DargLine=-Dledger.seed=N}
 * repeats it.
 */
class LedgerJsonPropertyTest {
    private static final int RECORDS = 500;
    private static final int DAMAGES = 50;

    /** What a typing error or a bad block could insert. */
    private static final List<String> PIECES = List.of(
            "-", "0", "9", "null", "true", "[]", "{}", "\"", ",", ":", "}", "]", "1e9", "9223372036854775807", "\0");

    private final long seed = Long.getLong("ledger.seed", System.nanoTime());
    private final Random random = new Random(seed);

    @Test
    void decodesEveryRecordThatItEncodes() throws Exception {
        for (int i = 0; i < RECORDS; i++) {
            LedgerRecord record = SampleRecords.random(random);
            List<String> sources = Stream.of(record.files(), record.rejectedFiles())
                    .flatMap(List::stream)
                    .map(LedgerFile::path)
                    .collect(Collectors.toList());
            record.read().absent().map(AbsentOffsets::file).ifPresent(sources::add);
            PreparedBatch batch = new PreparedBatch(record, sources);

            assertThat(LedgerJson.decode(LedgerJson.encode(record)))
                    .as("seed %d", seed)
                    .isEqualTo(record);
            assertThat(LedgerJson.decodePrepared(LedgerJson.encode(batch)))
                    .as("seed %d", seed)
                    .isEqualTo(batch);
        }
    }

    @Test
    void damagedRecordIsRefusedOrStillAddsUp() {
        int refused = 0;
        for (int i = 0; i < RECORDS; i++) {
            byte[] json = LedgerJson.encode(SampleRecords.random(random));
            for (int j = 0; j < DAMAGES; j++) {
                refused += isRefused(damaged(json)) ? 1 : 0;
            }
        }
        assertThat(refused).as("refused, seed %d", seed).isGreaterThan(RECORDS * DAMAGES / 2);
    }

    private boolean isRefused(byte[] json) {
        try {
            requireAddsUp(LedgerJson.decode(json));
            return false;
        } catch (LedgerFormatException e) {
            return true;
        } catch (RuntimeException | AssertionError e) {
            throw new AssertionError(
                    "seed " + seed + ", bytes " + HexFormat.of().formatHex(json), e);
        }
    }

    /** Adds up independently of the code under test. */
    private static void requireAddsUp(LedgerRecord record) {
        long offsets = 0;
        for (OffsetRange range : record.offsets().values()) {
            offsets = Math.addExact(offsets, range.until() - range.from());
        }
        for (OffsetGap gap : record.gaps()) {
            assertThat(gap.until()).isGreaterThanOrEqualTo(gap.from());
            offsets -= gap.until() - gap.from();
        }
        for (AbsentOffsets absent : record.read().absent().stream().toList()) {
            for (long count : absent.counts().values()) {
                assertThat(count).isPositive();
                offsets -= count;
            }
        }
        assertThat(record.events()).isNotNegative().isEqualTo(offsets);
        assertThat(record.rows()).isNotNegative().isEqualTo(sum(record.files()));
        assertThat(record.rejected()).isNotNegative().isEqualTo(sum(record.rejectedFiles()));
        assertThat(record.rows() + record.rejected()).isEqualTo(record.events());
    }

    private static long sum(List<LedgerFile> files) {
        long sum = 0;
        for (LedgerFile file : files) {
            assertThat(file.rows()).isNotNegative();
            assertThat(file.bytes()).isNotNegative();
            sum = Math.addExact(sum, file.rows());
        }
        return sum;
    }

    private byte[] damaged(byte[] json) {
        byte[] bytes = json.clone();
        int times = 1 + random.nextInt(3);
        for (int i = 0; i < times && bytes.length > 0; i++) {
            bytes = damagedOnce(bytes);
        }
        return bytes;
    }

    private byte[] damagedOnce(byte[] bytes) {
        int at = random.nextInt(bytes.length);
        int end = Math.min(bytes.length, at + 1 + random.nextInt(12));
        return switch (random.nextInt(7)) {
            case 0 -> Arrays.copyOf(bytes, at);
            case 1 -> replaced(bytes, at, at + 1, new byte[] {(byte) random.nextInt(256)});
            case 2 -> replaced(bytes, at, at + 1, new byte[] {(byte) (bytes[at] ^ 1 << random.nextInt(8))});
            case 3 -> replaced(bytes, at, end, new byte[0]);
            case 4 -> replaced(bytes, at, at, Arrays.copyOfRange(bytes, at, end));
            case 5 -> replaced(bytes, at, end, new byte[end - at]);
            default ->
                replaced(
                        bytes,
                        at,
                        at + random.nextInt(2),
                        PIECES.get(random.nextInt(PIECES.size())).getBytes(UTF_8));
        };
    }
}
