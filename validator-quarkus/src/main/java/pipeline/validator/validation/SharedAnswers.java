package pipeline.validator.validation;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Answers to expensive questions. Whoever asks while the answer to the same question is being worked out waits for it and gets
 * it too, and so does whoever asks while it is not too old. Different questions do not wait for each other.
 */
final class SharedAnswers<Q, A> {
    /** The answers to other questions are forgotten. */
    private static final int KEPT = 16;

    private final long maxAgeNanos;
    private final Map<Q, Answer> answers = new LinkedHashMap<>(KEPT, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Q, Answer> eldest) {
            return size() > KEPT;
        }
    };

    /** @param maxAge since the work on an answer began */
    SharedAnswers(Duration maxAge) {
        maxAgeNanos = maxAge.toNanos();
    }

    A get(Q question, Supplier<A> work) {
        long asked = System.nanoTime();
        Answer answer;
        synchronized (answers) {
            answer = answers.computeIfAbsent(question, first -> new Answer());
        }
        return answer.get(asked, work);
    }

    /** The answer to one question. */
    private final class Answer {
        private A value;
        private long began;
        private long ended;

        synchronized A get(long asked, Supplier<A> work) {
            boolean isKnown = value != null && (ended - asked > 0 || asked - began < maxAgeNanos);
            if (!isKnown) {
                long now = System.nanoTime();
                value = work.get();
                began = now;
                ended = System.nanoTime();
            }
            return value;
        }
    }
}
