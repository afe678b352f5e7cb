package pipeline.endtoend.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import pipeline.endtoend.faults.Observer;
import pipeline.endtoend.faults.SteadySender;
import pipeline.endtoend.faults.TopicComparison;
import pipeline.endtoend.faults.Workload;
import pipeline.endtoend.system.SystemUnderTest;
import pipeline.endtoend.system.TransactionalSender;
import pipeline.events.SampleEvents;

/** Built-in events for a run in tables, with invalid ones, and with transactions that are aborted. */
final class TableWorkload implements Workload, AutoCloseable {
    private static final Duration PAUSE = Duration.ofMillis(200);
    private static final int KILLS_BETWEEN_TRANSACTIONS = 5;
    private static final int PARTITIONS = 3;

    private static final List<String> INVALID = List.of("oops", "", SampleEvents.jsonWith("id", "5"));

    private final SystemUnderTest system;
    private final TableReaders readers;
    private final Optional<PostgresServer> server;
    private TableReaders.Counter counter;

    /** @param server of the catalog, which is killed, too */
    TableWorkload(SystemUnderTest system, TableReaders readers, Optional<PostgresServer> server) {
        this.system = system;
        this.readers = readers;
        this.server = server;
    }

    @Override
    public SteadySender start(SystemUnderTest started) {
        return new SteadySender(started.kafka(), PAUSE, n -> INVALID.get((int) (n % INVALID.size()))
                .getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void prepare(int kills) {
        server.ifPresent(PostgresServer::killAndRestart);
        if (kills % KILLS_BETWEEN_TRANSACTIONS == 0) {
            try (TransactionalSender sender =
                    new TransactionalSender(system.bootstrapServers(), system.topicName(), "aborts", PARTITIONS)) {
                sender.abort(PARTITIONS, "aborted");
            }
        }
    }

    @Override
    public boolean disturb() {
        server.ifPresent(PostgresServer::killAndRestart);
        return server.isPresent();
    }

    @Override
    public Observer reader(SystemUnderTest started) {
        try {
            counter = readers.counter();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new TableCounts(counter);
    }

    /** It reads trees. */
    @Override
    public boolean isForValidator() {
        return false;
    }

    /** Returns what PyIceberg sees; Spark has to see the same. */
    @Override
    public TopicComparison<?> output(SystemUnderTest stopped) throws IOException {
        TableOutput spark = TableOutput.read(stopped, readers, "spark");
        spark.assertIsRight();
        System.out.println("  " + spark.summary());
        TableOutput output = TableOutput.read(stopped, readers, "pyiceberg");
        assertThat(output.rejected()).isNotEmpty();
        return output;
    }

    @Override
    public void close() {
        if (counter != null) {
            counter.close();
        }
    }
}
