package pipeline.streaming.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.FileNotFoundException;
import java.nio.file.NoSuchFileException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.junit.jupiter.api.Test;
import pipeline.streaming.lifecycle.Failures.UnusableLibrary;

class FailuresTest {

    @Test
    void recognizesAnAbsentBrokerHoweverDeeplyItIsWrapped() {
        Throwable failure = wrapped(new org.apache.kafka.common.errors.TimeoutException("no answer"));

        assertThat(Failures.isAboutKafka(failure)).isTrue();
        assertThat(Failures.isAboutKafka(wrapped(new java.util.concurrent.TimeoutException())))
                .isTrue();
    }

    @Test
    void recognizesARightThatIsMissing() {
        assertThat(Failures.isAboutKafka(wrapped(new TopicAuthorizationException("events"))))
                .isTrue();
    }

    @Test
    void doesNotMistakeOtherFailuresForAnAbsentBroker() {
        assertThat(Failures.isAboutKafka(wrapped(new IllegalStateException("offsets are gone"))))
                .isFalse();
    }

    @Test
    void findsTheJobsOwnReasonToStop() {
        CannotContinueException reason = new CannotContinueException("set RUN_ID");

        assertThat(Failures.cannotContinue(wrapped(reason))).containsSame(reason);
        assertThat(Failures.cannotContinue(wrapped(new IllegalStateException())))
                .isEmpty();
    }

    @Test
    void recognizesAFullDiskInTheTextOfATaskFailure() {
        assertThat(Failures.isDiskFull(wrapped(new IllegalStateException(
                        "Lost task 0.0: java.io.IOException: No space left on device\n\tat a.b.C(C.java:1)"))))
                .isTrue();
        assertThat(Failures.isDiskFull(wrapped(new IllegalStateException()))).isFalse();
    }

    @Test
    void findsWorkingFilesThatWereDeleted() {
        String folder = "/tmp/blockmgr-ef4289bf-f474-4666-adee-1654daccb7b2";
        String task = "Job aborted: Lost task 0.0: java.nio.file.NoSuchFileException: " + folder
                + "/25\n\tat a.b.C(C.java:1)";

        assertThat(Failures.lostWorkingFiles(wrapped(new NoSuchFileException(folder + "/1b"))))
                .contains(folder);
        assertThat(Failures.lostWorkingFiles(new IllegalStateException(task))).contains(folder);
        // Once the folder has all of its subfolders, Spark creates none of them again.
        assertThat(Failures.lostWorkingFiles(
                        wrapped(new FileNotFoundException(folder + "/0c/temp_shuffle_1 (No such file or directory)"))))
                .contains(folder);
        assertThat(Failures.lostWorkingFiles(wrapped(new NoSuchFileException("/data/_chk/offsets/0"))))
                .isEmpty();
    }

    @Test
    void findsALibraryThatCannotBeLoaded() {
        UnusableLibrary library = new UnusableLibrary(
                "/tmp/libzstd-jni-1.5.5-42107290188151349640.so", "failed to map segment from shared object");
        String message = library.file() + ": " + library.file() + ": " + library.reason() + "\nno zstd-jni in /usr/lib";

        assertThat(Failures.unusableLibrary(wrapped(new UnsatisfiedLinkError(message))))
                .contains(library);
        assertThat(Failures.unusableLibrary(
                        new IllegalStateException("Lost task 0.0: java.lang.UnsatisfiedLinkError: " + message)))
                .contains(library);
        assertThat(Failures.unusableLibrary(wrapped(new IllegalStateException())))
                .isEmpty();
    }

    @Test
    void findsThatNoRecordsCameInTheFailureOfATaskToo() {
        assertThat(Failures.isWithoutRecords(wrapped(new NoRecordsException("none"))))
                .isTrue();
        assertThat(
                        Failures.isWithoutRecords(
                                new IllegalStateException(
                                        "Lost task 0.0: pipeline.streaming.lifecycle.NoRecordsException: no records of events for 60 s")))
                .isTrue();
        assertThat(Failures.isWithoutRecords(wrapped(new TimeoutException("of another request"))))
                .isFalse();
        assertThat(Failures.isAboutKafka(wrapped(new NoRecordsException("none"))))
                .isTrue();
    }

    @Test
    void describesTheInnermostFailureInOneLine() {
        assertThat(Failures.describe(wrapped(new IllegalStateException("disk is full\n\tat a.b.C(C.java:1)"))))
                .isEqualTo("IllegalStateException: disk is full");
        assertThat(Failures.describe(new IllegalStateException())).isEqualTo("IllegalStateException: null");
    }

    private static Throwable wrapped(Throwable cause) {
        return new RuntimeException("Query terminated", new RuntimeException("Job aborted", cause));
    }
}
