package pipeline.streaming.iceberg;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.iceberg.jdbc.UncheckedSQLException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import pipeline.events.schema.file.SchemaFile;
import pipeline.events.settings.InvalidSettingException;
import pipeline.streaming.KafkaRecords;

class IcebergCatalogTest {
    @TempDir
    Path folder;

    private Lake lake;

    @BeforeEach
    void createLake() {
        lake = new Lake(folder);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            uri=jdbc:sqlite:FOLDER/c.db;warehouse=/w | type is missing: jdbc
            type=rest;uri=http://localhost/;warehouse=w | type must be jdbc, without catalog-impl: no other catalog was shown to keep two jobs from committing the same events
            type=jdbc;catalog-impl=x.Y;uri=jdbc:sqlite:c;warehouse=w | type must be jdbc, without catalog-impl: no other catalog was shown to keep two jobs from committing the same events
            type=jdbc;warehouse=w | uri is missing: the URL of the catalog's database, such as jdbc:sqlite:/data/lake/catalog.db
            type=jdbc;uri=sqlite:c.db;warehouse=w | uri must begin with jdbc:
            type=jdbc;uri=jdbc:postgresql://h/d?user=u&password=geheim;warehouse=w | uri has a password or another secret, which would show in messages; use jdbc.user, jdbc.password and the like
            type=jdbc;uri=jdbc:postgresql://u:geheim@h/d;warehouse=w | uri has a password or another secret, which would show in messages; use jdbc.user, jdbc.password and the like
            type=jdbc;uri=jdbc:sqlite:c.db;warehouse= | warehouse is missing: the folder of the tables, such as /data/lake
            type=\\u12 | it has a malformed \\u escape; it needs four hex digits
            type=jdbc;uri=jdbc:nobody:x;warehouse=w;jdbc.password=geheim | the catalog jdbc:nobody:x cannot be used (SQLException: No suitable driver found for jdbc:nobody:x)
            type=jdbc;uri=jdbc:postgresql://localhost:PORT/d;warehouse=w;jdbc.user=u;jdbc.password=geheim | the catalog jdbc:postgresql://localhost:PORT/d cannot be used (ConnectException: Connection refused)
            type=jdbc;uri=jdbc:sqlite:FOLDER/none/c.db;warehouse=w | the catalog jdbc:sqlite:FOLDER/none/c.db?busy_timeout=10000 cannot be used (SQLiteException: [SQLITE_CANTOPEN] Unable to open the database file (unable to open database file))
            type=jdbc;uri=jdbc:sqlite:FOLDER/c.db;warehouse=FOLDER/catalog.properties | table pipeline.run_1 cannot be opened or created (FileAlreadyExistsException: FOLDER/catalog.properties)
            type=jdbc;uri=jdbc:sqlite:FOLDER/c.db;warehouse=w;io-impl=java.lang.String | io-impl java.lang.String is not a FileIO of Iceberg
            type=jdbc;uri=jdbc:sqlite:FOLDER/c.db;warehouse=w;io-impl=x.Y | io-impl x.Y cannot be loaded (ClassNotFoundException): put its jars on the class path
            type=jdbc;uri=jdbc:sqlite:FOLDER/c.db;warehouse=s3://b/w;io-impl=org.apache.iceberg.aws.s3.S3FileIO;s3.secret-access-key=geheim | io-impl org.apache.iceberg.aws.s3.S3FileIO cannot be loaded (NoClassDefFoundError): put its jars on the class path
            """)
    void saysInOneLineWhatIsWrong(String lines, String problem) throws IOException {
        String port = Integer.toString(closedPort());
        lake.write(lines.replace(";", "\n").replace("FOLDER", folder.toString()).replace("PORT", port));

        Throwable failure = catchThrowable(() -> lake.open(SchemaFile.builtIn(), step -> {}));

        assertThat(failure)
                .isInstanceOf(InvalidSettingException.class)
                .hasMessage("ICEBERG_CONFIG_FILE=" + lake.config + " is not allowed: "
                        + problem.replace("FOLDER", folder.toString()).replace("PORT", port))
                .hasNoCause();
        assertThat(failure.getMessage()).doesNotContain("geheim").doesNotContain("\n");
    }

    private static int closedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    @Test
    void needsAFile() throws IOException {
        Files.delete(lake.config);
        assertRefused("there is no such file; a properties file with the properties of Iceberg's catalog is needed");
        Files.createDirectory(lake.config);
        assertRefused("this is not a file; a properties file with the properties of Iceberg's catalog is needed");
    }

    private void assertRefused(String problem) {
        assertThatThrownBy(() -> lake.open(SchemaFile.builtIn(), step -> {}))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessage("ICEBERG_CONFIG_FILE=" + lake.config + " is not allowed: " + problem);
    }

    @Test
    void hasDefaultsForWhatACatalogOnThisMachineNeeds() {
        lake.write("type=jdbc\nuri=jdbc:sqlite:c.db\nwarehouse=lake");

        CatalogFile file = CatalogFile.read(lake.config);

        assertThat(file.properties())
                .isEqualTo(Map.of(
                        "type", "jdbc",
                        "uri", "jdbc:sqlite:c.db?busy_timeout=10000",
                        "warehouse", "file://" + Path.of("lake").toAbsolutePath(),
                        "io-impl", LocalFileIO.class.getName(),
                        "jdbc.schema-version", "V1",
                        "clients", "1"));
        assertThat(file).hasToString(lake.config + " [clients, io-impl, jdbc.schema-version, type, uri, warehouse]");
    }

    @Test
    void leavesWhatTheFileSets() {
        lake.write(
                "type=jdbc\nuri=jdbc:sqlite:c.db?busy_timeout=1\nwarehouse=s3://b/w \nclients=3\njdbc.schema-version=V0");

        assertThat(CatalogFile.read(lake.config).properties())
                .isEqualTo(Map.of(
                        "type", "jdbc",
                        "uri", "jdbc:sqlite:c.db?busy_timeout=1",
                        "warehouse", "s3://b/w",
                        "jdbc.schema-version", "V0",
                        "clients", "3"));
    }

    @Test
    void showsNoSecretOfALibrarysMessage() {
        lake.write(
                "type=jdbc\nuri=jdbc:sqlite:c.db\nwarehouse=w\njdbc.password=geheim\njdbc.user=u\ns3.secret-access-key=auch");

        assertThat(CatalogFile.read(lake.config).withoutSecrets("u geheim is wrong, auch not right"))
                .isEqualTo("u *** is wrong, *** not right");
    }

    @Test
    void saysInOneLineThatARightIsMissing() throws IOException {
        lake.start().close();
        String uri = "jdbc:sqlite:" + folder.resolve("catalog.db") + "?open_mode=1";
        lake.write("type=jdbc\nwarehouse=" + folder.resolve("lake") + "\nuri=" + uri);

        assertThatThrownBy(() -> IcebergTable.open(
                        lake.config, "pipeline", "2", SchemaFile.builtIn(), folder.resolve("checkpoints"), step -> {}))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessage("ICEBERG_CONFIG_FILE=" + lake.config
                        + " is not allowed: table pipeline.run_2 cannot be opened or"
                        + " created (SQLiteException: [SQLITE_READONLY] Attempt to write a readonly database (attempt to"
                        + " write a readonly database))");
    }

    @Test
    void saysInOneLineThatTheCatalogIsGone() throws Exception {
        String uri = "jdbc:sqlite:" + folder.resolve("catalog.db");
        try (Lake.Job job = lake.start()) {
            try (Connection connection = DriverManager.getConnection(uri);
                    Statement statement = connection.createStatement()) {
                statement.execute("DROP TABLE iceberg_tables");
            }

            assertThatThrownBy(() -> job.sink().requireUsable())
                    .isInstanceOf(InvalidSettingException.class)
                    .hasMessage("ICEBERG_CONFIG_FILE=" + lake.config + " is not allowed: the catalog " + uri
                            + "?busy_timeout=10000 cannot be used (SQLiteException: [SQLITE_ERROR] SQL error or missing"
                            + " database (no such table: iceberg_tables))");
        }
    }

    @Test
    void waitsWhileAnotherProgramKeepsTheLock() throws Exception {
        String uri = "jdbc:sqlite:" + folder.resolve("catalog.db");
        lake.write("type=jdbc\nwarehouse=" + folder.resolve("lake") + "\nuri=" + uri + "?busy_timeout=1");
        try (Lake.Job job = lake.start();
                Connection other = DriverManager.getConnection(uri);
                Statement statement = other.createStatement()) {
            statement.execute("BEGIN EXCLUSIVE");
            Throwable failure =
                    catchThrowable(() -> job.publish(List.of(KafkaRecords.record(0, 0, "{}".getBytes(UTF_8)))));
            FutureTask<Boolean> usable = new FutureTask<>(() -> {
                job.sink().requireUsable();
                return true;
            });
            new Thread(usable).start();

            assertThat(job.sink().isInterruption(new IllegalStateException(failure)))
                    .isTrue();
            assertThatThrownBy(() -> usable.get(1, TimeUnit.SECONDS)).isInstanceOf(TimeoutException.class);
            statement.execute("ROLLBACK");
            assertThat(usable.get(30, TimeUnit.SECONDS)).isTrue();
            job.sink().recover();
            job.publish(List.of(KafkaRecords.record(0, 0, "{}".getBytes(UTF_8))));
            assertThat(lake.offsets()).containsExactly("0/0");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "08001, true",
        "08006, true",
        "57P01, true",
        "57P02, true",
        "57P03, true",
        "57P04, false",
        "42P01, false",
        ", false"
    })
    void waitsOnlyForWhatMayAnswerLater(String state, boolean isInterruption) {
        RuntimeException failure = new UncheckedSQLException(new SQLException("failed", state), "failed");

        assertThat(IcebergCatalog.isInterruption(new IllegalStateException(failure)))
                .isEqualTo(isInterruption);
    }
}
