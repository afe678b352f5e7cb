package pipeline.streaming.iceberg;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.iceberg.CatalogProperties;
import org.apache.iceberg.CatalogUtil;
import org.apache.iceberg.io.FileIO;
import pipeline.events.settings.InvalidSettingException;
import pipeline.events.settings.Settings;

/**
 * A properties file with the properties of Iceberg's catalog, as Iceberg's documentation spells them. Values may be secrets:
 * neither a message nor {@link #toString} has one.
 */
final class CatalogFile {
    private static final String JDBC_SCHEMA = "jdbc.schema-version";
    private static final String SQLITE = "jdbc:sqlite:";

    /** How long SQLite waits for another writer, in milliseconds, before it fails. */
    private static final String BUSY_TIMEOUT = "busy_timeout";

    private static final Pattern SCHEME = Pattern.compile("^[A-Za-z][A-Za-z0-9+.-]+:.*");
    private static final Pattern PASSWORD =
            Pattern.compile("(?i)[?&;][^=]*(password|secret|token)[^=]*=|//[^/]*:[^/]*@");

    private static final Pattern SECRET = Pattern.compile("(?i).*(password|secret|token|credential|key).*");

    private final Path file;
    private final Map<String, String> properties;

    private CatalogFile(Path file, Map<String, String> properties) {
        this.file = file;
        this.properties = properties;
    }

    /** @throws InvalidSettingException that says why the file cannot be used */
    static CatalogFile read(Path file) {
        CatalogFile catalog = new CatalogFile(file, load(file));
        catalog.requireJdbc();
        catalog.require(CatalogProperties.WAREHOUSE_LOCATION, "the folder of the tables, such as /data/lake");
        catalog.complete();
        catalog.requireFileIO();
        return catalog;
    }

    private static Map<String, String> load(Path file) {
        if (!Files.isRegularFile(file)) {
            throw invalid(
                    file,
                    (Files.exists(file) ? "this is not a file" : "there is no such file")
                            + "; a properties file with the properties of Iceberg's catalog is needed");
        }
        Properties loaded = new Properties();
        try (InputStream in = Files.newInputStream(file)) {
            loaded.load(in);
        } catch (IOException e) {
            throw invalid(file, "this file cannot be read (" + e.getClass().getSimpleName() + ")");
        } catch (IllegalArgumentException e) {
            throw invalid(file, "it has a malformed \\u escape; it needs four hex digits");
        }
        Map<String, String> properties = new TreeMap<>();
        loaded.stringPropertyNames()
                .forEach(key -> properties.put(key, loaded.getProperty(key).strip()));
        return properties;
    }

    private void requireJdbc() {
        require(CatalogUtil.ICEBERG_CATALOG_TYPE, CatalogUtil.ICEBERG_CATALOG_TYPE_JDBC);
        if (!type().equals(CatalogUtil.ICEBERG_CATALOG_TYPE_JDBC)
                || properties.containsKey(CatalogProperties.CATALOG_IMPL)) {
            throw invalid("type must be jdbc, without catalog-impl: no other catalog was shown to keep two jobs from"
                    + " committing the same events");
        }
        require(CatalogProperties.URI, "the URL of the catalog's database, such as jdbc:sqlite:/data/lake/catalog.db");
        if (!uri().startsWith("jdbc:")) {
            throw invalid("uri must begin with jdbc:");
        }
        if (PASSWORD.matcher(uri()).find()) {
            throw invalid(
                    "uri has a password or another secret, which would show in messages; use jdbc.user, jdbc.password"
                            + " and the like");
        }
    }

    private void require(String key, String example) {
        if (properties.getOrDefault(key, "").isEmpty()) {
            throw invalid(key + " is missing: " + example);
        }
    }

    private void complete() {
        properties.putIfAbsent(JDBC_SCHEMA, "V1");
        if (uri().startsWith(SQLITE)) {
            // More connections would only wait for each other.
            properties.putIfAbsent(CatalogProperties.CLIENT_POOL_SIZE, "1");
            if (!uri().contains(BUSY_TIMEOUT)) {
                properties.put(
                        CatalogProperties.URI, uri() + (uri().contains("?") ? "&" : "?") + BUSY_TIMEOUT + "=10000");
            }
        }
        String warehouse = properties.get(CatalogProperties.WAREHOUSE_LOCATION);
        if (!SCHEME.matcher(warehouse).matches()) {
            // Tables have their full path in them.
            properties.put(CatalogProperties.WAREHOUSE_LOCATION, LocalFileIO.SCHEME + "//" + absolute(warehouse));
        }
        if (properties.get(CatalogProperties.WAREHOUSE_LOCATION).startsWith(LocalFileIO.SCHEME)) {
            properties.putIfAbsent(CatalogProperties.FILE_IO_IMPL, LocalFileIO.class.getName());
        }
    }

    /** Otherwise Iceberg would only say that it cannot find a constructor. */
    private void requireFileIO() {
        String name = properties.get(CatalogProperties.FILE_IO_IMPL);
        try {
            if (name != null && !FileIO.class.isAssignableFrom(Class.forName(name))) {
                throw invalid("io-impl " + name + " is not a FileIO of Iceberg");
            }
        } catch (ClassNotFoundException | LinkageError e) {
            throw invalid("io-impl " + name + " cannot be loaded ("
                    + e.getClass().getSimpleName() + "): put its jars on the class path");
        }
    }

    private Path absolute(String warehouse) {
        try {
            return Path.of(warehouse).toAbsolutePath().normalize();
        } catch (InvalidPathException e) {
            throw invalid("warehouse is not a path");
        }
    }

    private String type() {
        return properties.get(CatalogUtil.ICEBERG_CATALOG_TYPE);
    }

    /** Returns the URL of the catalog's database, which has no secrets. */
    String uri() {
        return properties.get(CatalogProperties.URI);
    }

    /** Returns the properties with their defaults, including secrets. */
    Map<String, String> properties() {
        return properties;
    }

    /** Returns a message of a library without the secrets that it may have. */
    String withoutSecrets(String message) {
        String safe = message;
        for (Map.Entry<String, String> property : properties.entrySet()) {
            if (SECRET.matcher(property.getKey()).matches()
                    && !property.getValue().isEmpty()) {
                safe = safe.replace(property.getValue(), "***");
            }
        }
        return safe;
    }

    /** Returns a failure that names the setting and the file. */
    InvalidSettingException invalid(String what) {
        return invalid(file, what);
    }

    private static InvalidSettingException invalid(Path file, String what) {
        return new InvalidSettingException(Settings.ICEBERG_CONFIG_FILE.name(), file.toString(), what);
    }

    @Override
    public String toString() {
        return file + " " + properties.keySet();
    }
}
