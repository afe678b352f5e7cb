package pipeline.streaming;

import pipeline.events.output.LedgerFormatException;
import pipeline.events.output.LedgerJson;
import pipeline.events.output.LedgerRecord;
import pipeline.events.output.OutputTree;
import pipeline.events.output.PreparedBatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings a run's folders from whatever a crash left to the state right behind a commit. */
final class RunRecovery {
    private static final Logger LOG = LoggerFactory.getLogger(RunRecovery.class);
    private static final Pattern PART = Pattern.compile("part-(\\d{10})-\\d+\\..+");

    private final RunFolders folders;
    private final Ledger ledger;
    private final Publication publication;

    RunRecovery(RunFolders folders, Clock clock) {
        this.folders = folders;
        this.ledger = new Ledger(folders);
        this.publication = new Publication(folders, clock, step -> {});
    }

    /**
     * Finishes a prepared batch, clears the staging folder, and returns the newest ledger record.
     *
     * @throws CannotContinueException when the folders hold what no crash leaves behind
     */
    Optional<LedgerRecord> recover() throws IOException {
        Optional<LedgerRecord> last = ledger.last();
        for (Path file : preparedFiles()) {
            last = recover(file, last);
        }
        wipeStaging();
        requireNothingBehind(last);
        return last;
    }

    private List<Path> preparedFiles() throws IOException {
        try (Stream<Path> files = Files.list(folders.staging())) {
            return files.filter(file -> file.toString().endsWith(OutputTree.RECORD_SUFFIX))
                    .sorted()
                    .toList();
        }
    }

    private Optional<LedgerRecord> recover(Path file, Optional<LedgerRecord> last) throws IOException {
        PreparedBatch batch;
        try {
            batch = LedgerJson.decodePrepared(Files.readAllBytes(file));
        } catch (LedgerFormatException e) {
            LOG.warn("Dropping the damaged {} ({}): its batch is taken from Kafka again", file, e.getMessage());
            return last;
        }
        long seq = batch.record().seq();
        if (seq < next(last)) {
            return last;
        }
        if (seq > next(last)) {
            throw new CannotContinueException("Batch " + seq + " is prepared in " + file + ", but the ledger in "
                    + folders.ledger() + " has no record before " + next(last)
                    + ". Put the missing ledger records back, or set RUN_ID to another name.");
        }
        LedgerRecord record = publication.rollForward(batch);
        LOG.info("Finished batch {} that an earlier job had prepared", seq);
        return Optional.of(record);
    }

    private static long next(Optional<LedgerRecord> last) {
        return last.map(record -> record.seq() + 1).orElse(0L);
    }

    private void wipeStaging() throws IOException {
        try (Stream<Path> files = Files.list(folders.staging())) {
            for (Path file : files.toList()) {
                if (!file.endsWith(RunLock.NAME)) {
                    DurableFiles.deleteTree(file);
                }
            }
        }
    }

    /** A visible file of a batch that the ledger does not have would be read twice once the batch comes again. */
    private void requireNothingBehind(Optional<LedgerRecord> last) throws IOException {
        for (Path root : List.of(folders.parquet(), folders.rejected())) {
            try (Stream<Path> files = Files.find(root, 2, (file, attributes) -> seq(file) >= next(last))) {
                Optional<Path> stray = files.findFirst();
                if (stray.isPresent()) {
                    throw new CannotContinueException(stray.get() + " belongs to batch " + seq(stray.get())
                            + ", but the ledger in " + folders.ledger() + " ends "
                            + last.map(record -> "with batch " + record.seq()).orElse("before the first batch")
                            + ". Put the missing ledger records back, or set RUN_ID to another name.");
                }
            }
        }
    }

    /** Returns the batch that a published file belongs to, or -1 for any other file. */
    private static long seq(Path file) {
        Matcher part = PART.matcher(file.getFileName().toString());
        return part.matches() ? Long.parseLong(part.group(1)) : -1;
    }
}
