package pipeline.endtoend.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import pipeline.endtoend.system.KillableProcess;
import pipeline.launcher.process.ProcessSpec;
import pipeline.launcher.setup.Ports;

/** A PostgreSQL server as a process, from the machine's package {@code postgresql}. */
final class PostgresServer implements AutoCloseable {
    static final String USER = "pipeline";

    private static final Path PACKAGES = Path.of("/usr/lib/postgresql");
    /** The server refuses to run as root; the package creates this user. */
    private static final List<String> AS_POSTGRES =
            List.of("setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups");

    private final Path binaries;
    private final Path data;
    private final int port = Ports.free();
    private final KillableProcess process;
    private int kills;

    private PostgresServer(Path binaries, Path logs) throws IOException {
        this.binaries = binaries;
        // Not below a folder of the test, which only its owner may enter.
        this.data = Files.createTempDirectory("postgres");
        initialize();
        this.process = new KillableProcess(
                spec(
                        "postgres",
                        "-D",
                        data.toString(),
                        "-p",
                        Integer.toString(port),
                        "-c",
                        "listen_addresses=127.0.0.1",
                        "-c",
                        "unix_socket_directories="),
                logs);
    }

    /** Without the package, the test is skipped. */
    static PostgresServer start(Path logs) throws IOException {
        Optional<Path> binaries = binaries();
        if (binaries.isEmpty()) {
            String reason = "SKIPPED: the tests with PostgreSQL need its server in " + PACKAGES
                    + " (Debian: apt install postgresql)";
            System.out.println(reason);
            Assumptions.abort(reason);
        }
        PostgresServer server = new PostgresServer(binaries.get(), logs);
        server.awaitStart();
        return server;
    }

    private static Optional<Path> binaries() throws IOException {
        if (!Files.isDirectory(PACKAGES)) {
            return Optional.empty();
        }
        try (Stream<Path> versions = Files.list(PACKAGES)) {
            return versions.map(version -> version.resolve("bin"))
                    .filter(folder -> Files.isExecutable(folder.resolve("initdb")))
                    .max(Comparator.naturalOrder());
        }
    }

    private void initialize() throws IOException {
        if (isRoot()) {
            Files.setOwner(
                    data, data.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("postgres"));
        }
        List<String> command =
                spec("initdb", "-D", data.toString(), "-U", USER, "-A", "trust").command();
        Process process = new ProcessBuilder(command)
                .directory(data.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.onExit().join().exitValue()).as(output).isZero();
    }

    private ProcessSpec spec(String program, String... arguments) {
        List<String> command = new ArrayList<>(isRoot() ? AS_POSTGRES : List.of());
        command.add(binaries.resolve(program).toString());
        command.addAll(List.of(arguments));
        return new ProcessSpec(program, command, Map.of("LC_ALL", "C.UTF-8"), data, line -> true, "", false);
    }

    private static boolean isRoot() {
        return System.getProperty("user.name").equals("root");
    }

    String url() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
    }

    /** Kills it with SIGKILL, and returns once it has recovered. */
    void killAndRestart() {
        process.kill();
        kills++;
        awaitStart();
    }

    int kills() {
        return kills;
    }

    /** Until the last process of a connection has noticed that the server is gone, a start fails. */
    private void awaitStart() {
        await("PostgreSQL, see " + process.log()).atMost(Duration.ofMinutes(1)).until(() -> {
            if (!process.isAlive()) {
                process.start();
            }
            return answers();
        });
    }

    private boolean answers() {
        try {
            DriverManager.getConnection(url(), USER, "").close();
            return true;
        } catch (SQLException e) {
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        process.kill();
        try (Stream<Path> files = Files.walk(data)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        }
    }
}
