package pipeline.streaming.iceberg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static pipeline.streaming.KafkaRecords.events;
import static pipeline.streaming.iceberg.Lake.offsets;
import static pipeline.streaming.iceberg.Lake.withRejected;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLNonTransientConnectionException;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.CommitStateUnknownException;
import org.apache.iceberg.jdbc.UncheckedSQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import pipeline.events.output.OutputTables;
import pipeline.events.schema.file.SchemaFile;
import pipeline.streaming.iceberg.Lake.Job;
import pipeline.streaming.lifecycle.RunLock;

/** A commit whose answer the job does not get. */
class UnknownCommitTest {

    private enum Answer {
        UNKNOWN,
        CUT,
        /** What a JDBC catalog says that repeats an update without knowing that the first one succeeded. */
        FAILED;

        RuntimeException failure() {
            return switch (this) {
                case UNKNOWN -> new CommitStateUnknownException(new IOException("cut"));
                case CUT -> new UncheckedSQLException(new SQLNonTransientConnectionException("cut"), "cut");
                case FAILED -> new CommitFailedException("the table has changed");
            };
        }
    }

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    void isPublishedOnceIfTheCatalogHasTakenIt(Answer answer) throws IOException {
        Lake lake = new Lake(folder);
        lake.start().close();

        try (Job job = start(lake, ops -> afterwards(ops, answer, false))) {
            job.publish(withRejected(0));
            job.publish(withRejected(10));
        }

        assertThat(lake.offsets()).isEqualTo(offsets(20));
        assertThat(lake.record().orElseThrow().commit().seq()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void isPublishedOnceIfTheCatalogIsGoneAfterIt(Answer answer) throws IOException {
        Lake lake = new Lake(folder);
        lake.start().close();
        try (Job job = start(lake, ops -> afterwards(ops, answer, true))) {
            assertThatThrownBy(() -> job.publish(withRejected(0))).hasMessageContaining("cut");
        }

        try (Job next = lake.start()) {
            assertThat(next.publisher().next().seq()).isEqualTo(1);
            next.publish(withRejected(10));
        }

        assertThat(lake.offsets()).isEqualTo(offsets(20));
    }

    @Test
    void isReadAgainIfTheCatalogHasNotTakenIt() throws IOException {
        Lake lake = new Lake(folder);
        lake.start().close();
        try (Job job = start(lake, ops -> instead(ops, Answer.UNKNOWN))) {
            assertThatThrownBy(() -> job.publish(withRejected(0))).isInstanceOf(CommitStateUnknownException.class);
        }
        // It may still take it.
        assertThat(files(".parquet")).hasSize(6);
        assertThat(files("-m0.avro")).hasSize(1);

        try (Job next = lake.start()) {
            assertThat(next.publisher().next().seq()).isZero();
            next.publish(withRejected(0));
        }

        assertThat(lake.offsets()).isEqualTo(offsets(10));
    }

    private List<Path> files(String suffix) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(suffix)).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts a job that reaches both tables through these operations. */
    private Job start(Lake lake, Function<TableOperations, TableOperations> through) throws IOException {
        Table events = new BaseTable(through.apply(((BaseTable) lake.events()).operations()), "events");
        Table rejected = new BaseTable(through.apply(((BaseTable) lake.rejected()).operations()), "rejected");
        IcebergTable sink = new IcebergTable(
                IcebergCatalog.open(lake.config),
                new EventsTable(new FencedTable(events, OutputTables.RECORD), "1", SchemaFile.builtIn()),
                new RejectedTable(new FencedTable(rejected, OutputTables.BATCH)),
                folder,
                RunLock.take("1", folder, folder),
                step -> {});
        return lake.start(sink, SchemaFile.builtIn(), step -> {});
    }

    /** Returns operations that commit, but do not answer, nor do they answer any later call if the catalog is gone then. */
    private static TableOperations afterwards(TableOperations real, Answer answer, boolean isGone) {
        boolean[] gone = {false};
        return intercepted(real, (method, call) -> {
            if (gone[0] && !method.equals("io")) {
                throw Answer.CUT.failure();
            }
            Object result = call.make();
            if (method.equals("commit")) {
                gone[0] = isGone;
                throw answer.failure();
            }
            return result;
        });
    }

    private static TableOperations instead(TableOperations real, Answer answer) {
        return intercepted(real, (method, call) -> {
            if (method.equals("commit")) {
                throw answer.failure();
            }
            return call.make();
        });
    }

    private interface Call {
        Object make() throws Throwable;
    }

    private interface Interception {
        Object around(String method, Call call) throws Throwable;
    }

    private static TableOperations intercepted(TableOperations real, Interception interception) {
        return (TableOperations) Proxy.newProxyInstance(
                TableOperations.class.getClassLoader(),
                new Class<?>[] {TableOperations.class},
                (proxy, method, arguments) -> interception.around(method.getName(), () -> {
                    try {
                        return method.invoke(real, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }
}
