package pipeline.validator.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pipeline.validator.dataset.storage.HangingStorage;
import pipeline.validator.dataset.storage.Lane;
import pipeline.validator.dataset.storage.LocalStorage;
import pipeline.validator.dataset.storage.Storage;
import pipeline.validator.dataset.storage.StorageException;
import pipeline.validator.dataset.storage.Watch;
import pipeline.validator.dataset.storage.WatchedStorage;

class SharedAnswersTest {
    private static final BooleanSupplier HERE = () -> true;
    private static final BooleanSupplier GONE = () -> false;

    private final AtomicInteger worked = new AtomicInteger();
    private final Lane lane = new Lane(new LocalStorage(Path.of("none")), "questions", 2, 10);

    @AfterEach
    void close() {
        lane.close();
    }

    @Test
    void givesAllWhoWaitTheSameAnswer() throws Exception {
        SharedAnswers<String, Integer> answers = new SharedAnswers<>(lane, Duration.ZERO, Duration.ZERO);
        CountDownLatch working = new CountDownLatch(1);
        CountDownLatch finish = new CountDownLatch(1);
        ExecutorService callers = Executors.newCachedThreadPool();
        try {
            Future<Integer> first = callers.submit(() -> answers.get(
                    "run",
                    () -> {
                        working.countDown();
                        awaitLatch(finish);
                        return worked.incrementAndGet();
                    },
                    HERE));
            working.await();
            List<Thread> waiting = new ArrayList<>();
            List<Future<Integer>> others = new ArrayList<>();
            for (int caller = 0; caller < 9; caller++) {
                others.add(callers.submit(() -> {
                    synchronized (waiting) {
                        waiting.add(Thread.currentThread());
                    }
                    return answers.get("run", worked::incrementAndGet, HERE);
                }));
            }
            await().until(() -> {
                synchronized (waiting) {
                    return waiting.size() == 9
                            && waiting.stream().allMatch(thread -> thread.getState() == Thread.State.TIMED_WAITING);
                }
            });
            finish.countDown();

            assertThat(first.get()).isEqualTo(1);
            for (Future<Integer> other : others) {
                assertThat(other.get()).isEqualTo(1);
            }
        } finally {
            callers.shutdownNow();
        }
        assertThat(answers.get("run", worked::incrementAndGet, HERE)).isEqualTo(2);
    }

    @Test
    void letsNobodyWaitForTheAnswerToAnotherQuestion() throws Exception {
        SharedAnswers<String, Integer> answers = new SharedAnswers<>(lane, Duration.ZERO, Duration.ZERO);
        CountDownLatch working = new CountDownLatch(1);
        CountDownLatch finish = new CountDownLatch(1);
        ExecutorService callers = Executors.newCachedThreadPool();
        try {
            Future<Integer> slow = callers.submit(() -> answers.get(
                    "run_1",
                    () -> {
                        working.countDown();
                        awaitLatch(finish);
                        return 1;
                    },
                    HERE));
            working.await();

            assertThat(answers.get("run_2", () -> 2, HERE)).isEqualTo(2);

            finish.countDown();
            assertThat(slow.get()).isEqualTo(1);
        } finally {
            callers.shutdownNow();
        }
    }

    private static void awaitLatch(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void reusesAnAnswerToTheSameQuestionUntilItIsTooOld() {
        SharedAnswers<String, Integer> answers = new SharedAnswers<>(lane, Duration.ofHours(1), Duration.ZERO);

        assertThat(answers.get("run_1", worked::incrementAndGet, HERE)).isEqualTo(1);
        assertThat(answers.get("run_1", worked::incrementAndGet, HERE)).isEqualTo(1);
        assertThat(answers.get("run_2", worked::incrementAndGet, HERE)).isEqualTo(2);
    }

    @Test
    void remembersNoFailure() {
        SharedAnswers<String, Integer> answers = new SharedAnswers<>(lane, Duration.ofHours(1), Duration.ZERO);

        assertThatThrownBy(() -> answers.get(
                        "run",
                        () -> {
                            throw new IllegalStateException("storage");
                        },
                        HERE))
                .hasMessage("storage");

        assertThat(answers.get("run", worked::incrementAndGet, HERE)).isEqualTo(1);
    }

    @Test
    void keepsAnAnswerForACallerWhoLeft() {
        SharedAnswers<String, Integer> answers = new SharedAnswers<>(lane, Duration.ZERO, Duration.ofHours(1));

        answers.get("run", worked::incrementAndGet, GONE);

        assertThat(answers.get("run", worked::incrementAndGet, HERE)).isEqualTo(1);
        assertThat(answers.get("run", worked::incrementAndGet, HERE)).isEqualTo(2);
        assertThat(answers.get("run", worked::incrementAndGet, HERE)).isEqualTo(3);
    }

    @Test
    void keepsNoAnswerForACallerWhoCameBackWhileItWasWorkedOut() throws Exception {
        SharedAnswers<String, Integer> answers = new SharedAnswers<>(lane, Duration.ZERO, Duration.ofHours(1));
        CountDownLatch finish = new CountDownLatch(1);
        AtomicBoolean isHere = new AtomicBoolean(true);
        Supplier<Integer> work = () -> {
            awaitLatch(finish);
            return worked.incrementAndGet();
        };
        FutureTask<Integer> left = waiting(() -> answers.get("run", work, isHere::get));
        isHere.set(false);
        FutureTask<Integer> back = waiting(() -> answers.get("run", work, HERE));
        finish.countDown();

        assertThat(List.of(left.get(), back.get())).containsExactly(1, 1);
        assertThat(answers.get("run", work, HERE)).isEqualTo(2);
    }

    @Test
    void keepsAnAnswerForCallersWhomAHangSentAway(@TempDir Path root) {
        HangingStorage hanging = new HangingStorage(root, "run_1");
        Storage storage = new WatchedStorage(hanging, new Watch(Duration.ofMillis(100)));
        try (Lane watched = new Lane(storage, "questions", 1, 10)) {
            SharedAnswers<String, Integer> answers = new SharedAnswers<>(watched, Duration.ZERO, Duration.ofHours(1));
            Supplier<Integer> work = () -> {
                storage.find("run_1");
                return worked.incrementAndGet();
            };
            for (int caller = 0; caller < 3; caller++) {
                assertThatThrownBy(() -> answers.get("run", work, HERE)).isInstanceOf(StorageException.class);
            }

            hanging.thaw();
            await().until(() -> worked.get() == 1);

            assertThat(answers.get("run", work, HERE)).isEqualTo(1);
            assertThat(answers.get("run", work, HERE)).isEqualTo(2);
        }
    }

    /** Starts a caller, and returns once it waits for its answer. */
    private static FutureTask<Integer> waiting(Callable<Integer> caller) {
        FutureTask<Integer> task = new FutureTask<>(caller);
        Thread thread = new Thread(task);
        thread.start();
        await().until(() -> thread.getState() == Thread.State.TIMED_WAITING);
        return task;
    }

    @Test
    void keepsAnAnswerNoLongerThanPromised() {
        SharedAnswers<String, Integer> answers = new SharedAnswers<>(lane, Duration.ZERO, Duration.ZERO);

        answers.get("run", worked::incrementAndGet, GONE);

        assertThat(answers.get("run", worked::incrementAndGet, HERE)).isEqualTo(2);
    }
}
