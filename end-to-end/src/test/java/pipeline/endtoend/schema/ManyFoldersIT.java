package pipeline.endtoend.schema;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.parquet.example.data.Group;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pipeline.endtoend.system.EventSender;
import pipeline.endtoend.system.ParquetRows;
import pipeline.endtoend.system.Repository;
import pipeline.endtoend.system.SystemUnderTest;
import pipeline.events.output.LedgerFile;
import pipeline.events.output.LedgerJson;
import pipeline.events.output.LedgerRecord;
import pipeline.events.schema.Partition;
import pipeline.events.settings.Settings;

/** As many events as a batch can have go into many folders. The job's heap of 1 GiB is large enough. */
@Tag("long")
class ManyFoldersIT {
    /** The first two batches are smaller, because the job does not know yet how large events are. */
    private static final int EVENTS = 2_000_000;

    /** In partitions, a bound of 1.5 million is rounded. */
    private static final long MOST_IN_BATCH = 1_499_000;

    private static final int TASKS = 2;
    private static final int SHOPS = 200;
    private static final int CUSTOMERS = 5_000;

    /** An event has about 310 bytes: of events of more than 350, 512 MiB would bound a batch. */
    private static final int NOTE = 220;

    private static final String TEXT = new Random(1)
            .ints(100_000, 'a', 'z' + 1)
            .mapToObj(Character::toString)
            .collect(Collectors.joining());

    @TempDir
    private Path folder;

    private Path file;
    private SystemUnderTest system;

    @BeforeEach
    void startBroker() throws IOException {
        file = folder.resolve("sales.schema.json");
        system = new SystemUnderTest(
                folder,
                Map.of(
                        Settings.EVENT_SCHEMA_FILE.name(),
                        file.toString(),
                        Settings.SPARK_MASTER.name(),
                        "local[" + TASKS + "]"));
        system.startBroker();
    }

    @AfterEach
    void stop() {
        system.close();
    }

    @Test
    void areWrittenFromOneBatch() throws IOException {
        List<LedgerRecord> batches = publish("shop");

        assertThat(largest(batches).files()).hasSizeLessThanOrEqualTo(TASKS * SHOPS);
        assertThat(folders(largest(batches))).hasSize(SHOPS);
        assertEachEventIsThereOnce();
    }

    @Test
    void areLimitedInEachBatchIfTheirNamesAreValues() throws IOException {
        List<LedgerRecord> batches = publish("key(customer)");

        for (LedgerRecord batch : batches) {
            assertThat(folders(batch)).hasSize(Partition.MOST_FOLDERS + 1).contains("customer_key=" + Partition.OTHER);
            assertThat(batch.files()).hasSizeLessThanOrEqualTo(TASKS * (Partition.MOST_FOLDERS + 1));
        }
        assertEachEventIsThereOnce();
    }

    /** @param partition an entry of {@code partition} */
    private List<LedgerRecord> publish(String partition) throws IOException {
        Files.writeString(
                file,
                """
                {"type": "object",
                 "properties": {
                   "n": {"type": "integer"},
                   "shop": {"type": "integer", "minimum": 0, "exclusiveMaximum": %d},
                   "customer": {"type": "string"},
                   "at": {"type": "string", "format": "date-time"},
                   "note": {"type": "string"}
                 },
                 "required": ["n", "shop", "customer", "at"],
                 "x-pipeline": {"group": "customer", "time": "at", "value": "n", "partition": ["%s"]}}
                """
                        .formatted(SHOPS, partition));
        EventSender.send(system.bootstrapServers(), system.topicName(), EVENTS, ManyFoldersIT::event);
        assertThat(Repository.ROOT.resolve("streaming-spark/java.args"))
                .content()
                .contains("-Xmx1g", "-XX:+ExitOnOutOfMemoryError");
        system.job().start();
        system.awaitCaughtUp(Duration.ofMinutes(10));

        assertThat(system.job().isAlive()).isTrue();
        assertThat(Files.readString(system.job().log()))
                .doesNotContain("OutOfMemoryError", "interrupted", "averages failed");
        List<LedgerRecord> batches = batches();
        for (LedgerRecord batch : batches) {
            System.out.println(partition + ": batch " + batch.seq() + " with " + batch.rows() + " events has "
                    + batch.files().size() + " files in " + folders(batch).size() + " folders");
        }
        assertThat(largest(batches).rows()).isGreaterThanOrEqualTo(MOST_IN_BATCH);
        return batches;
    }

    private static byte[] event(int n) {
        int from = n % (TEXT.length() - NOTE);
        String event = "{\"n\":" + n + ",\"shop\":" + shop(n) + ",\"customer\":\"" + customer(n)
                + "\",\"at\":\"2026-11-22T12:34:56Z\",\"note\":\"" + TEXT.substring(from, from + NOTE) + "\"}";
        return event.getBytes(UTF_8);
    }

    private static int shop(long n) {
        return (int) (n % SHOPS);
    }

    private static String customer(long n) {
        return "customer-" + n % CUSTOMERS;
    }

    private List<LedgerRecord> batches() throws IOException {
        List<LedgerRecord> batches = new ArrayList<>();
        try (Stream<Path> records = Files.list(system.tree().ledger(SystemUnderTest.RUN))) {
            for (Path record : records.toList()) {
                batches.add(LedgerJson.decode(Files.readAllBytes(record)));
            }
        }
        return batches;
    }

    private static LedgerRecord largest(List<LedgerRecord> batches) {
        return batches.stream()
                .max(Comparator.comparingLong(LedgerRecord::rows))
                .orElseThrow();
    }

    private static Set<String> folders(LedgerRecord batch) {
        return batch.files().stream()
                .map(LedgerFile::path)
                .map(path -> path.substring(0, path.indexOf('/')))
                .collect(Collectors.toSet());
    }

    /** Each event is in a folder of its own name, or in the one for the rest; the validator counts offsets. */
    private void assertEachEventIsThereOnce() throws IOException {
        BitSet seen = new BitSet(EVENTS);
        for (Path published : ParquetRows.files(system.tree().run(SystemUnderTest.RUN))) {
            String name = published.getParent().getFileName().toString();
            ParquetRows.readGroups(published, row -> {
                int n = (int) row.getLong("n", 0);
                assertThat(seen.get(n)).as("event %s was seen before", n).isFalse();
                seen.set(n);
                requireRight(name, row, n);
            });
        }
        assertThat(seen.cardinality()).isEqualTo(EVENTS);
        system.validator().start();
        await("the validator").atMost(Duration.ofMinutes(1)).until(() -> system.get("/q/health/ready")
                .isPresent());
        assertThat(system.get("/validation?deep=true").orElseThrow())
                .contains(EVENTS + " rows, 0 offsets missing, 0 twice");
    }

    private static void requireRight(String folder, Group row, int n) {
        boolean isRight = row.getString("customer", 0).equals(customer(n))
                && (folder.equals("shop=" + shop(n))
                        || folder.equals("customer_key=" + customer(n))
                        || folder.equals("customer_key=" + Partition.OTHER));
        if (!isRight) {
            throw new AssertionError(row + " is in " + folder);
        }
    }
}
