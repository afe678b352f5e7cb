package pipeline.streaming.tree;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import pipeline.events.output.LedgerFormatException;
import pipeline.events.output.LedgerJson;
import pipeline.events.output.LedgerRecord;
import pipeline.events.output.OutputTree;
import pipeline.events.settings.Settings;
import pipeline.streaming.lifecycle.CannotContinueException;

/** The commit records of one run: the only source of truth about what is published. */
record Ledger(RunLayout layout) {

    /**
     * Returns the newest record, or nothing in a new run.
     *
     * @throws CannotContinueException when it is damaged
     */
    Optional<LedgerRecord> last() throws IOException {
        Optional<Path> newest;
        try (Stream<Path> files = Files.list(layout.ledger())) {
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
            throw new CannotContinueException("The newest ledger record is damaged: " + file + " (" + e.getMessage()
                    + "). Restore it from a copy, or set " + Settings.RUN_ID
                    + " to another name to start a new run from what Kafka still has.");
        }
    }

    boolean has(long seq) {
        return Files.exists(path(seq));
    }

    /** Commits the batch atomically. */
    void commit(LedgerRecord record) throws IOException {
        Path aside = layout.staging().resolve(OutputTree.padded(record.seq()) + ".commit");
        AtomicFiles.write(path(record.seq()), aside, LedgerJson.encode(record));
    }

    private Path path(long seq) {
        return layout.ledger().resolve(OutputTree.recordName(seq));
    }
}
