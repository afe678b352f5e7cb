package pipeline.streaming.iceberg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;

/** A PostgreSQL server of Debian's package as a child process, with an empty database. */
final class Postgres implements AutoCloseable {
    static final String PASSWORD = "geheim";

    private static final Path INSTALLED = Path.of("/usr/lib/postgresql");

    private final Path folder;
    private final Path programs;
    private final int port;
    private Process server;

    private Postgres(Path programs) throws IOException, InterruptedException {
        // Not a folder of the test, which other users cannot enter.
        this.folder = Files.createTempDirectory("postgres");
        this.programs = programs;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            this.port = socket.getLocalPort();
        }
        Path password = Files.writeString(folder.resolve("password"), PASSWORD);
        own(folder);
        own(password);
        run("initdb", "-D", data(), "-U", "pipeline", "-A", "scram-sha-256", "--pwfile=" + password)
                .waitFor();
        start();
    }

    /** Returns a running server, or nothing where the package is not installed. */
    static Optional<Postgres> installed() throws IOException, InterruptedException {
        Optional<Path> programs = programs();
        return programs.isEmpty() ? Optional.empty() : Optional.of(new Postgres(programs.get()));
    }

    private static Optional<Path> programs() throws IOException {
        if (!Files.isDirectory(INSTALLED)) {
            return Optional.empty();
        }
        try (Stream<Path> versions = Files.list(INSTALLED)) {
            return versions.map(version -> version.resolve("bin"))
                    .filter(bin -> Files.isExecutable(bin.resolve("postgres")))
                    .max(Path::compareTo);
        }
    }

    private String data() {
        return folder.resolve("data").toString();
    }

    /** PostgreSQL refuses to run as root. */
    private static boolean isRoot() {
        return System.getProperty("user.name").equals("root");
    }

    private static void own(Path path) throws IOException {
        if (isRoot()) {
            Files.setOwner(
                    path, path.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("postgres"));
        }
    }

    private Process run(String program, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        if (isRoot()) {
            command.addAll(List.of("setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"));
        }
        command.add(programs.resolve(program).toString());
        command.addAll(List.of(arguments));
        File log = folder.resolve(program + ".log").toFile();
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log))
                .start();
    }

    void start() throws IOException {
        server = run("postgres", "-D", data(), "-p", Integer.toString(port), "-k", "", "-h", "127.0.0.1");
        await().atMost(Duration.ofMinutes(1)).until(this::answers);
    }

    private boolean answers() {
        assertThat(server.isAlive()).as("see %s", folder).isTrue();
        try (Connection connection = DriverManager.getConnection(url(), "pipeline", PASSWORD)) {
            return connection.isValid(1);
        } catch (SQLException e) {
            return false;
        }
    }

    void kill() {
        server.descendants().forEach(ProcessHandle::destroyForcibly);
        server.destroyForcibly().onExit().join();
    }

    String url() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
    }

    /** Returns the properties of the catalog, without its warehouse. */
    String properties() {
        return "type=jdbc\nuri=" + url() + "\njdbc.user=pipeline\njdbc.password=" + PASSWORD + "\n";
    }

    @Override
    public void close() throws IOException {
        kill();
        FileUtils.deleteDirectory(folder.toFile());
    }
}
