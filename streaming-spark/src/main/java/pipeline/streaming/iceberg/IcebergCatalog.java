package pipeline.streaming.iceberg;

import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.CatalogUtil;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.SupportsNamespaces;
import org.apache.iceberg.catalog.TableIdentifier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import pipeline.events.kafka.TopicWait;
import pipeline.events.output.OutputTree;
import pipeline.events.settings.InvalidSettingException;
import pipeline.streaming.lifecycle.Failures;

/** The catalog that a file configures. */
final class IcebergCatalog implements Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(IcebergCatalog.class);

    /** The catalog's database tells catalogs apart by their names, so other readers have to use this one. */
    static final String NAME = "pipeline";

    /** How much a writer buffers for each open file before it writes. */
    private static final int ROW_GROUP_BYTES = 16 << 20;

    private static final int KEPT_METADATA_FILES = 10;

    /** SQL states: no connection; the server shuts down, has crashed, or is starting. */
    private static final Pattern INTERRUPTION = Pattern.compile("08...|57P0[123]");

    private final CatalogFile file;
    private final Catalog catalog;
    private final TopicWait wait;

    private IcebergCatalog(CatalogFile file, Catalog catalog) {
        this.file = file;
        this.catalog = catalog;
        this.wait = new TopicWait(problem -> LOG.warn("Waiting for the catalog {}: {}", file.uri(), problem));
    }

    /** @throws InvalidSettingException in one line when the file is wrong, or the catalog does not answer */
    static IcebergCatalog open(Path config) {
        CatalogFile file = CatalogFile.read(config);
        try {
            Catalog catalog = CatalogUtil.buildIcebergCatalog(NAME, file.properties(), new Configuration());
            return new IcebergCatalog(file, catalog);
        } catch (RuntimeException e) {
            throw unusable(file, e);
        }
    }

    /**
     * Returns a table, which is created if there is none.
     *
     * @throws InvalidSettingException in one line when that fails, for example because a right is missing
     */
    Table table(String namespace, String name, Schema schema, PartitionSpec spec) {
        TableIdentifier id = TableIdentifier.of(namespace, name);
        try {
            if (!catalog.tableExists(id)) {
                create(id, schema, spec);
            }
            return catalog.loadTable(id);
        } catch (RuntimeException e) {
            throw invalid(file, "table " + id + " cannot be opened or created", e);
        }
    }

    private void create(TableIdentifier id, Schema schema, PartitionSpec spec) {
        createNamespace(id.namespace());
        unlessOthersDo(() -> catalog.createTable(id, schema, spec, null, properties()), () -> catalog.tableExists(id));
    }

    private void createNamespace(Namespace namespace) {
        SupportsNamespaces namespaces = (SupportsNamespaces) catalog;
        if (!namespaces.namespaceExists(namespace)) {
            unlessOthersDo(() -> namespaces.createNamespace(namespace), () -> namespaces.namespaceExists(namespace));
        }
    }

    /** Another job may start at the same time. */
    private static void unlessOthersDo(Runnable create, BooleanSupplier exists) {
        try {
            create.run();
        } catch (RuntimeException e) {
            if (!exists.getAsBoolean()) {
                throw e;
            }
        }
    }

    private static Map<String, String> properties() {
        return Map.of(
                TableProperties.FORMAT_VERSION,
                "2",
                TableProperties.DEFAULT_FILE_FORMAT,
                "parquet",
                TableProperties.PARQUET_ROW_GROUP_SIZE_BYTES,
                Integer.toString(ROW_GROUP_BYTES),
                // So that months of batches do not leave a metadata file each.
                TableProperties.METADATA_DELETE_AFTER_COMMIT_ENABLED,
                "true",
                TableProperties.METADATA_PREVIOUS_VERSIONS_MAX,
                Integer.toString(KEPT_METADATA_FILES),
                // By default only the first hundred columns have bounds.
                TableProperties.METRICS_MODE_COLUMN_CONF_PREFIX + OutputTree.KAFKA_PARTITION,
                "full",
                TableProperties.METRICS_MODE_COLUMN_CONF_PREFIX + OutputTree.KAFKA_OFFSET,
                "full");
    }

    /**
     * Reads from the catalog, and waits while its database does not answer.
     *
     * @throws InvalidSettingException in one line when it answers, but cannot be used
     */
    void await(Runnable reading) throws InterruptedIOException {
        try {
            wait.await(() -> problem(reading), () -> false);
        } catch (InterruptedException e) {
            throw (InterruptedIOException) new InterruptedIOException().initCause(e);
        }
    }

    private Optional<String> problem(Runnable reading) {
        try {
            reading.run();
            return Optional.empty();
        } catch (RuntimeException e) {
            if (isInterruption(e)) {
                return Optional.of(file.withoutSecrets(Failures.describe(e)));
            }
            throw unusable(file, e);
        }
    }

    /** Returns whether the catalog's database is down or starting, or another program keeps SQLite's lock. */
    static boolean isInterruption(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .filter(SQLException.class::isInstance)
                .anyMatch(cause -> INTERRUPTION
                                .matcher(String.valueOf(((SQLException) cause).getSQLState()))
                                .matches()
                        || String.valueOf(cause.getMessage()).contains("SQLITE_BUSY"));
    }

    private static InvalidSettingException unusable(CatalogFile file, RuntimeException e) {
        return invalid(file, "the catalog " + file.uri() + " cannot be used", e);
    }

    private static InvalidSettingException invalid(CatalogFile file, String what, RuntimeException e) {
        return file.invalid(what + " (" + file.withoutSecrets(Failures.describe(e)) + ")");
    }

    @Override
    public void close() throws IOException {
        if (catalog instanceof Closeable closeable) {
            closeable.close();
        }
    }
}
