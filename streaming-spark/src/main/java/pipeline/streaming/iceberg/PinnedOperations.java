package pipeline.streaming.iceberg;

import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.encryption.EncryptionManager;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.LocationProvider;

/**
 * One attempt to commit, on top of the metadata that the table had when the attempt began. By itself, Iceberg moves an attempt that
 * lost a race on top of the winner's commit, which would commit a batch twice. And it deletes the attempt's files, although the
 * catalog may have taken them: a JDBC catalog repeats an update whose answer was lost, and then finds the table changed.
 *
 * @param table the table's own operations
 * @param base the metadata
 */
record PinnedOperations(TableOperations table, TableMetadata base) implements TableOperations {

    /** Another commit came first, unless it was this one. Not a failure after which Iceberg retries, or deletes files. */
    static final class LostRaceException extends RuntimeException {
        private static final long serialVersionUID = 1;

        LostRaceException(CommitFailedException cause) {
            super(cause);
        }
    }

    @Override
    public TableMetadata current() {
        return base;
    }

    @Override
    public TableMetadata refresh() {
        return base;
    }

    @Override
    public void commit(TableMetadata from, TableMetadata to) {
        try {
            table.commit(from, to);
        } catch (CommitFailedException e) {
            throw new LostRaceException(e);
        }
    }

    @Override
    public FileIO io() {
        return table.io();
    }

    @Override
    public EncryptionManager encryption() {
        return table.encryption();
    }

    @Override
    public String metadataFileLocation(String name) {
        return table.metadataFileLocation(name);
    }

    @Override
    public LocationProvider locationProvider() {
        return table.locationProvider();
    }

    @Override
    public TableOperations temp(TableMetadata uncommitted) {
        return table.temp(uncommitted);
    }

    @Override
    public long newSnapshotId() {
        return table.newSnapshotId();
    }
}
