package pipeline.validator.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SharedAnswersTest {
    private final AtomicInteger worked = new AtomicInteger();

    @Test
    void givesAllWhoWaitTheSameAnswer() throws Exception {
        SharedAnswers<String, Integer> answers = new SharedAnswers<>(Duration.ZERO);
        CountDownLatch working = new CountDownLatch(1);
        CountDownLatch finish = new CountDownLatch(1);
        ExecutorService callers = Executors.newCachedThreadPool();
        try {
            Future<Integer> first = callers.submit(() -> answers.get("run", () -> {
                working.countDown();
                awaitLatch(finish);
                return worked.incrementAndGet();
            }));
            working.await();
            List<Thread> waiting = new ArrayList<>();
            List<Future<Integer>> others = new ArrayList<>();
            for (int caller = 0; caller < 9; caller++) {
                others.add(callers.submit(() -> {
                    synchronized (waiting) {
                        waiting.add(Thread.currentThread());
                    }
                    return answers.get("run", worked::incrementAndGet);
                }));
            }
            await().until(() -> {
                synchronized (waiting) {
                    return waiting.size() == 9
                            && waiting.stream().allMatch(thread -> thread.getState() == Thread.State.BLOCKED);
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
        assertThat(answers.get("run", worked::incrementAndGet)).isEqualTo(2);
    }

    @Test
    void letsNobodyWaitForTheAnswerToAnotherQuestion() throws Exception {
        SharedAnswers<String, Integer> answers = new SharedAnswers<>(Duration.ZERO);
        CountDownLatch working = new CountDownLatch(1);
        CountDownLatch finish = new CountDownLatch(1);
        ExecutorService callers = Executors.newCachedThreadPool();
        try {
            Future<Integer> slow = callers.submit(() -> answers.get("run_1", () -> {
                working.countDown();
                awaitLatch(finish);
                return 1;
            }));
            working.await();

            assertThat(answers.get("run_2", () -> 2)).isEqualTo(2);

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
        SharedAnswers<String, Integer> answers = new SharedAnswers<>(Duration.ofHours(1));

        assertThat(answers.get("run_1", worked::incrementAndGet)).isEqualTo(1);
        assertThat(answers.get("run_1", worked::incrementAndGet)).isEqualTo(1);
        assertThat(answers.get("run_2", worked::incrementAndGet)).isEqualTo(2);
    }

    @Test
    void remembersNoFailure() {
        SharedAnswers<String, Integer> answers = new SharedAnswers<>(Duration.ofHours(1));

        assertThatThrownBy(() -> answers.get("run", () -> {
                    throw new IllegalStateException("storage");
                }))
                .hasMessage("storage");

        assertThat(answers.get("run", worked::incrementAndGet)).isEqualTo(1);
    }
}
