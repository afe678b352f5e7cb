package pipeline.endtoend.system;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Properties;
import pipeline.events.output.OutputTables;
import pipeline.events.output.TableRecord;
import pipeline.events.output.TableRecordJson;

/**
 * The record of a run's newest batch, read without Iceberg: the database of the JDBC catalog says where the newest metadata of the
 * run's table is, and this file has the table's properties.
 */
record TableRecords(Path config, String runId) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TABLES = "iceberg_tables";

    /** Returns nothing before the first batch. */
    Optional<TableRecord> newest() throws IOException {
        Properties catalog = new Properties();
        try (InputStream in = Files.newInputStream(config)) {
            catalog.load(in);
        }
        Properties login = new Properties();
        login.setProperty("user", catalog.getProperty("jdbc.user", ""));
        login.setProperty("busy_timeout", "10000");
        try (Connection database = DriverManager.getConnection(catalog.getProperty("uri"), login)) {
            return metadata(database).map(this::record);
        } catch (SQLException e) {
            throw new IOException("The catalog does not answer", e);
        }
    }

    private Optional<String> metadata(Connection database) throws SQLException {
        try (ResultSet tables = database.getMetaData().getTables(null, null, TABLES, null)) {
            if (!tables.next()) {
                return Optional.empty();
            }
        }
        try (PreparedStatement query =
                database.prepareStatement("SELECT metadata_location FROM " + TABLES + " WHERE table_name = ?")) {
            query.setString(1, OutputTables.events(runId));
            try (ResultSet found = query.executeQuery()) {
                return found.next() ? Optional.of(found.getString(1)) : Optional.empty();
            }
        }
    }

    private TableRecord record(String metadata) {
        try {
            JsonNode properties =
                    JSON.readTree(Path.of(URI.create(metadata)).toFile()).get("properties");
            return properties.has(OutputTables.RECORD)
                    ? TableRecordJson.decode(properties.get(OutputTables.RECORD).asText())
                    : null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
