package pipeline.validator.dataset.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LaneTest {
    private static final String NO_ANSWER = "has not answered for more than 1 s";

    @TempDir
    Path root;

    private HangingStorage hanging;
    private Storage storage;
    private Lane lane;

    @BeforeEach
    void open() {
        hanging = new HangingStorage(root, "run_1");
        storage = new WatchedStorage(hanging, new Watch(Duration.ofSeconds(1)));
        lane = new Lane(storage, "tests", 1, 2);
    }

    @AfterEach
    void close() {
        hanging.thaw();
        lane.close();
    }

    @Test
    void waitsNoLongerForStorageThatDoesNotAnswer() {
        assertThatThrownBy(() -> lane.call(() -> storage.list("run_1")))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining(root.resolve("run_1") + " " + NO_ANSWER);
        assertThatThrownBy(() -> lane.call(() -> "not even begun")).hasMessageContaining(NO_ANSWER);

        hanging.thaw();

        await().untilAsserted(() -> assertThat(lane.call(() -> "as before")).isEqualTo("as before"));
    }

    @Test
    void waitsForWorkThatGetsAnswersHoweverLongItTakes() throws IOException {
        List<String> names = List.of("a", "b", "c", "d");
        for (String name : names) {
            Files.createFile(root.resolve(name));
        }
        List<String> found = new ArrayList<>();

        lane.call(() -> {
            storage.forEach("", entry -> {
                found.add(entry.name());
                pause(Duration.ofMillis(600));
            });
            return found;
        });

        assertThat(found).containsExactlyInAnyOrderElementsOf(names);
    }

    private static void pause(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        await().until(() -> System.nanoTime() > end);
    }

    @Test
    void readsFilesPieceByPiece() throws IOException {
        byte[] content = new byte[3 * WatchedChannel.MAX_BYTES + 1];
        content[content.length - 1] = 7;
        Files.write(root.resolve("file"), content);

        try (var in = Channels.newInputStream(storage.open("file"))) {
            assertThat(in.readAllBytes()).isEqualTo(content);
        }
        storage.requireAnswers();
    }

    @Test
    void refusesWorkThatTooManyWaitFor() {
        Future<?> running = lane.submit(() -> storage.list("run_1"));
        List<Future<String>> waiting = List.of(lane.submit(() -> "first"), lane.submit(() -> "second"));

        assertThatThrownBy(() -> lane.submit(() -> "third"))
                .isInstanceOf(BusyException.class)
                .hasMessage("Too many tests wait already");

        hanging.thaw();
        assertThat(lane.await(running)).isEqualTo(Optional.empty());
        assertThat(waiting).extracting(lane::await).containsExactly("first", "second");
    }

    @Test
    void passesOnFailures() {
        assertThatThrownBy(() -> lane.call(() -> {
                    throw new IllegalStateException("broken");
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("broken");
    }

    @Test
    void givesUpEverythingWhenClosedEvenIfStorageHangs() {
        CountDownLatch began = new CountDownLatch(1);
        Future<?> running = lane.submit(() -> {
            began.countDown();
            return storage.list("run_1");
        });
        Future<?> waiting = lane.submit(() -> "waiting");
        await().until(() -> began.getCount() == 0);

        lane.close();

        assertThatThrownBy(() -> lane.await(running)).isInstanceOf(CancellationException.class);
        assertThatThrownBy(() -> lane.await(waiting)).isInstanceOf(CancellationException.class);
        assertThatThrownBy(() -> lane.call(() -> "late")).isInstanceOf(CancellationException.class);
    }
}
