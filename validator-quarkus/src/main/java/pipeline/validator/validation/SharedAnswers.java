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

        /** Adds a caller, and returns true, if the answer is not too old. Whoever asks is taken for one of those who left. */
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

        /** Counts a caller without the answer, unless another has taken its place; those whom a hang sent away as one. */
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
