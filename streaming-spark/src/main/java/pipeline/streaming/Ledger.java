package pipeline.streaming;

import pipeline.events.output.LedgerFormatException;
import pipeline.events.output.LedgerJson;
import pipeline.events.output.LedgerRecord;
import pipeline.events.output.OutputTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/** The commit records of one run, the only truth about what is published. */
final class Ledger {
    private final RunFolders folders;

    Ledger(RunFolders folders) {
        this.folders = folders;
    }

    /**
     * Returns the newest record, or nothing in a new run.
     *
     * @throws CannotContinueException when it can't be read as one
     */
    Optional<LedgerRecord> last() throws IOException {
        Optional<Path> newest;
        try (Stream<Path> files = Files.list(folders.ledger())) {
            newest = files.filter(file -> file.toString().endsWith(OutputTree.RECORD_SUFFIX))
                    .max(Comparator.comparing(Path::getFileName));
        }
        return newest.isEmpty() ? Optional.empty() : Optional.of(read(newest.get()));
    }

    private LedgerRecord read(Path file) throws IOException {
        try {
            LedgerRecord record = LedgerJson.decode(Files.readAllBytes(file));
            if (!file.equals(path(record.seq()))) {
                throw new LedgerFormatException("seq is " + record.seq());
            }
            return record;
        } catch (LedgerFormatException e) {
            throw new CannotContinueException(
                    "The newest ledger record is damaged: " + file + " (" + e.getMessage()
                            + "). Put back a good copy of it; or set RUN_ID to another name, for a new run from what Kafka has.");
        }
    }

    boolean has(long seq) {
        return Files.exists(path(seq));
    }

    /** Makes the batch a committed one, in one step. */
    void commit(LedgerRecord record) throws IOException {
        Path aside = folders.staging().resolve(OutputTree.padded(record.seq()) + ".commit");
        DurableFiles.write(path(record.seq()), aside, LedgerJson.encode(record));
    }

    private Path path(long seq) {
        return folders.ledger().resolve(OutputTree.recordName(seq));
    }
}
