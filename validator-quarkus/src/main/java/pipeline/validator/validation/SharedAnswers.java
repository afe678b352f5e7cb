package pipeline.validator.validation;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Answers to expensive questions. One is worked out at a time. Whoever waits for it gets it too, and so does whoever asks
 * the same while it is not too old.
 */
final class SharedAnswers<Q, A> {
    /** Old answers to other questions are forgotten. */
    private static final int KEPT = 16;

    private record Known<A>(A answer, long began, long ended) {}

    private final long maxAgeNanos;
    private final ReentrantLock oneAtATime = new ReentrantLock(true);
    private final Map<Q, Known<A>> known = new LinkedHashMap<>();

    /** @param maxAge since the work on an answer began */
    SharedAnswers(Duration maxAge) {
        maxAgeNanos = maxAge.toNanos();
    }

    A get(Q question, Supplier<A> work) {
        long asked = System.nanoTime();
        oneAtATime.lock();
        try {
            Known<A> last = known.get(question);
            if (last != null && (last.ended() - asked > 0 || asked - last.began() < maxAgeNanos)) {
                return last.answer();
            }
            known.remove(question);
            long began = System.nanoTime();
            A answer = work.get();
            known.put(question, new Known<>(answer, began, System.nanoTime()));
            if (known.size() > KEPT) {
                known.remove(known.keySet().iterator().next());
            }
            return answer;
        } finally {
            oneAtATime.unlock();
        }
    }
}
