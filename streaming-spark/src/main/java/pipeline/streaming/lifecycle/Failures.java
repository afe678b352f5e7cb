package pipeline.streaming.lifecycle;

import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import pipeline.events.kafka.KafkaFailures;

/** Finds the cause of a failed query, which Spark wraps several times. */
public final class Failures {
    private static final Pattern LOST_WORKING_FILE =
            Pattern.compile("(?:NoSuchFileException|FileNotFoundException): (.*?/blockmgr-[0-9a-f-]+)");
    /** Java puts the path in front of the system's reason, which on Linux begins with the path. */
    private static final Pattern UNUSABLE_LIBRARY =
            Pattern.compile("UnsatisfiedLinkError: (.+?[.](?:so|dylib|jnilib)): (?:\\1: )?(.*)");

    /**
     * A native library that could not be loaded from Java's folder for temporary files.
     *
     * @param reason what the system says
     */
    public record UnusableLibrary(String file, String reason) {}

    private Failures() {}

    /** Returns whether the failure may go away once the broker answers again, or somebody has changed its settings. */
    public static boolean isAboutKafka(Throwable failure) {
        return KafkaFailures.kind(failure).isRecoverable();
    }

    /** Searches the messages, since Spark passes on the failure of a task as text. */
    public static boolean isDiskFull(Throwable failure) {
        return find(failure, cause -> String.valueOf(cause.getMessage()).contains("No space left on device"))
                .isPresent();
    }

    /** Returns the folder of Spark's working files if the failure is that somebody has deleted it. */
    public static Optional<String> lostWorkingFiles(Throwable failure) {
        return find(failure, LOST_WORKING_FILE).map(found -> found.group(1));
    }

    /** Returns the library that could not be loaded, if that is the failure. */
    public static Optional<UnusableLibrary> unusableLibrary(Throwable failure) {
        return find(failure, UNUSABLE_LIBRARY).map(found -> new UnusableLibrary(found.group(1), found.group(2)));
    }

    /** Searches the messages, since Spark passes on the failure of a task as text. */
    private static Optional<Matcher> find(Throwable failure, Pattern message) {
        return causes(failure)
                .map(cause -> message.matcher(cause.toString()))
                .filter(Matcher::find)
                .findFirst();
    }

    /** Returns whether a {@link NoRecordsException} is the cause. Searches the messages, since a task's failure may be text. */
    public static boolean isWithoutRecords(Throwable failure) {
        return find(
                        failure,
                        cause -> cause instanceof NoRecordsException
                                || String.valueOf(cause.getMessage()).contains(NoRecordsException.class.getName()))
                .isPresent();
    }

    /** Returns the job's own reason to stop, if there is one. */
    public static Optional<CannotContinueException> cannotContinue(Throwable failure) {
        return find(failure, CannotContinueException.class::isInstance).map(CannotContinueException.class::cast);
    }

    /** Returns one line: the innermost exception, without the stack traces that Spark puts into messages. */
    public static String describe(Throwable failure) {
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
