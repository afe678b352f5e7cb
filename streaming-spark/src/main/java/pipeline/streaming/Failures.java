package pipeline.streaming;

import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.kafka.common.errors.RetriableException;

/** What a failed query's exception, wrapped several times by Spark, is about. */
final class Failures {
    private Failures() {}

    /** Whether it may pass by itself once the broker answers again. */
    static boolean isKafkaAway(Throwable failure) {
        return find(failure, cause -> cause instanceof RetriableException || cause instanceof TimeoutException)
                .isPresent();
    }

    /** Spark hands on the failure of a task as text. */
    static boolean isDiskFull(Throwable failure) {
        return find(failure, cause -> String.valueOf(cause.getMessage()).contains("No space left on device"))
                .isPresent();
    }

    /** Returns the job's own word on why it must not go on, where there is one. */
    static Optional<CannotContinueException> cannotContinue(Throwable failure) {
        return find(failure, CannotContinueException.class::isInstance).map(CannotContinueException.class::cast);
    }

    /** Returns one line: the innermost exception, without the stack traces that Spark puts into messages. */
    static String describe(Throwable failure) {
        Throwable root = causes(failure).reduce((outer, inner) -> inner).orElse(failure);
        String message =
                String.valueOf(root.getMessage()).strip().lines().findFirst().orElse("");
        return root.getClass().getSimpleName() + ": " + message;
    }

    private static Optional<Throwable> find(Throwable failure, Predicate<Throwable> predicate) {
        return causes(failure).filter(predicate).findFirst();
    }

    private static Stream<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause);
    }
}
