package pipeline.validator.validation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import pipeline.validator.dataset.storage.Lane;

/**
 * Answers to expensive questions. Whoever asks while the answer to the same question is being worked out waits for it and gets
 * it too, and so does whoever asks while it is not too old. A caller who left before there was an answer may come back for it.
 */
final class SharedAnswers<Q, A> {
    /** The answers to other questions are forgotten. */
    private static final int KEPT = 16;

    private final Lane lane;
    private final long maxAgeNanos;
    private final long keptNanos;
    private final Map<Q, Answer> answers = new LinkedHashMap<>(KEPT, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Q, Answer> eldest) {
            return size() > KEPT && eldest.getValue().work.isDone();
        }
    };

    /**
     * @param lane which does the work
     * @param maxAge since the work on an answer began
     * @param kept how long a caller who left may come back, since the work on the answer ended
     */
    SharedAnswers(Lane lane, Duration maxAge, Duration kept) {
        this.lane = lane;
        maxAgeNanos = maxAge.toNanos();
        keptNanos = kept.toNanos();
    }

    /** @param isHere whether the caller still waits for the answer */
    A get(Q question, Supplier<A> work, BooleanSupplier isHere) {
        Answer answer;
        synchronized (answers) {
            answer = answers.get(question);
            if (answer == null || !answer.isGood()) {
                answer = new Answer(work);
                answers.put(question, answer);
            }
        }
        answer.join(isHere);
        A value = lane.await(answer.work);
        answer.leave(isHere);
        return value;
    }

    /** The answer to one question. */
    private final class Answer {
        private final long began = System.nanoTime();
        private final Future<A> work;
        private volatile boolean failed;
        private volatile long ended;
        private final List<BooleanSupplier> callers = new ArrayList<>();
        private int gone;

        Answer(Supplier<A> supplier) {
            work = lane.submit(() -> {
                try {
                    return supplier.get();
                } catch (RuntimeException e) {
                    failed = true;
                    throw e;
                } finally {
                    ended = System.nanoTime();
                }
            });
        }

        /** Whoever asks is taken for one of those who left. */
        synchronized void join(BooleanSupplier isHere) {
            callers.stream()
                    .filter(caller -> !caller.getAsBoolean())
                    .findFirst()
                    .ifPresent(callers::remove);
            callers.add(isHere);
        }

        /** Counts a caller who has not got the answer. */
        synchronized void leave(BooleanSupplier isHere) {
            gone += callers.remove(isHere) && !isHere.getAsBoolean() ? 1 : 0;
        }

        synchronized boolean isGood() {
            long now = System.nanoTime();
            if (!work.isDone()) {
                return true;
            }
            if (failed || work.isCancelled()) {
                return false;
            }
            boolean isForSomeoneWhoLeft = gone > 0 && now - ended < keptNanos;
            gone -= isForSomeoneWhoLeft ? 1 : 0;
            return isForSomeoneWhoLeft || now - began < maxAgeNanos;
        }
    }
}
