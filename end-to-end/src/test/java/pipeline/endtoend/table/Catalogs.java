package pipeline.endtoend.table;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import pipeline.endtoend.system.SystemUnderTest;
import pipeline.events.settings.Settings;

/** Files with the properties of a catalog, whose warehouse is beside them. */
final class Catalogs {
    private Catalogs() {}

    static Path sqlite(Path folder) throws IOException {
        return write(folder, "uri=jdbc:sqlite:" + folder.resolve("catalog.db"));
    }

    static Path postgres(Path folder, PostgresServer server) throws IOException {
        return write(folder, "uri=" + server.url() + "\njdbc.user=" + PostgresServer.USER);
    }

    private static Path write(Path folder, String database) throws IOException {
        return Files.writeString(
                folder.resolve("catalog.properties"),
                "type=jdbc\n" + database + "\nwarehouse=file://" + folder.resolve("lake") + "\n");
    }

    /** Returns a system whose runs are tables of a catalog. */
    static SystemUnderTest system(Path folder, Path catalog, Map<String, String> settings) throws IOException {
        Map<String, String> all = new HashMap<>(settings);
        all.put(Settings.ICEBERG_CONFIG_FILE.name(), catalog.toString());
        return new SystemUnderTest(folder, all);
    }
}
