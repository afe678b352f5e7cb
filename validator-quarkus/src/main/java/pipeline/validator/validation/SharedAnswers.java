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
 * Shares the answers to expensive questions. Callers who ask a question while its answer is being worked out wait for that
 * answer, and callers who ask it later get the same one until it is too old. A caller who left before there was an answer may
 * come back for it.
 */
final class SharedAnswers<Q, A> {
    /** How many answers are kept; those asked for least recently are forgotten. */
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
     * @param maxAge how old an answer may be, counted from the beginning of the work on it
     * @param kept how long a caller who left may come back, counted from the end of the work on the answer
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
            if (answer == null || !answer.join(isHere)) {
                answer = new Answer(work, isHere);
                answers.put(question, answer);
            }
        }
        boolean isAnswered = false;
        try {
            A value = lane.await(answer.work);
            isAnswered = isHere.getAsBoolean();
            return value;
        } finally {
            answer.leave(isHere, isAnswered);
        }
    }

    /** The answer to one question. */
    private final class Answer {
        private final long began = System.nanoTime();
        private final Future<A> work;
        private volatile boolean failed;
        private volatile long ended;
        private final List<BooleanSupplier> callers = new ArrayList<>();
        private int gone;

        Answer(Supplier<A> supplier, BooleanSupplier isHere) {
            callers.add(isHere);
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

        /** Adds the caller and returns true, unless the answer is too old. A caller is taken for one who left, if any did. */
        synchronized boolean join(BooleanSupplier isHere) {
            boolean isBack = replaceOneWhoLeft();
            long now = System.nanoTime();
            boolean isGood = !work.isDone()
                    || !failed
                            && !work.isCancelled()
                            && (isBack && now - ended < keptNanos || now - began < maxAgeNanos);
            if (isGood) {
                callers.add(isHere);
            }
            return isGood;
        }

        private boolean replaceOneWhoLeft() {
            if (gone > 0) {
                gone--;
                return true;
            }
            return callers.stream()
                    .filter(caller -> !caller.getAsBoolean())
                    .findFirst()
                    .map(callers::remove)
                    .orElse(false);
        }

        /**
         * Counts a caller who leaves without the answer, unless another one has taken its place. Callers who leave before the
         * work has ended, because storage hangs, count as one.
         */
        synchronized void leave(BooleanSupplier isHere, boolean isAnswered) {
            boolean isMissing = callers.remove(isHere) && !isAnswered;
            if (isMissing && work.isDone()) {
                gone++;
            } else if (isMissing && callers.isEmpty()) {
                gone = 1;
            }
        }
    }
}
