package pipeline.streaming.tree;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import pipeline.events.output.LedgerFormatException;
import pipeline.events.output.LedgerJson;
import pipeline.events.output.LedgerRecord;
import pipeline.events.output.OutputTree;
import pipeline.events.output.PreparedBatch;
import pipeline.events.settings.Settings;
import pipeline.streaming.lifecycle.CannotContinueException;
import pipeline.streaming.lifecycle.RunLock;

/** Brings a run's folders from any state that a crash can leave to the state right after a commit. */
record RunRecovery(RunLayout layout, Clock clock) {
    private static final Logger LOG = LoggerFactory.getLogger(RunRecovery.class);

    /**
     * Finishes a prepared batch, clears the staging folder, and returns the newest ledger record.
     *
     * @throws CannotContinueException when the folders are in a state that a crash cannot cause
     */
    Optional<LedgerRecord> recover() throws IOException {
        Optional<LedgerRecord> last = new Ledger(layout).last();
        for (Path file : preparedFiles()) {
            last = recover(file, last);
        }
        wipeStaging();
        requireNothingAfter(last);
        return last;
    }

    private List<Path> preparedFiles() throws IOException {
        try (Stream<Path> files = Files.list(layout.staging())) {
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
            LOG.warn("Dropping the damaged {} ({}); its batch is read from Kafka again", file, e.getMessage());
            return last;
        }
        long seq = batch.record().seq();
        if (seq < next(last)) {
            return last;
        }
        if (seq > next(last)) {
            throw new CannotContinueException("Batch " + seq + " is prepared in " + file + ", but the ledger in "
                    + layout.ledger() + " has no record before " + next(last)
                    + ". Put the missing ledger records back, or set " + Settings.RUN_ID + " to another name.");
        }
        LedgerRecord record = new Publication(layout, clock, step -> {}).rollForward(batch);
        LOG.info("Finished batch {}, which an earlier job had prepared", seq);
        return Optional.of(record);
    }

    private static long next(Optional<LedgerRecord> last) {
        return last.map(record -> record.seq() + 1).orElse(0L);
    }

    private void wipeStaging() throws IOException {
        try (Stream<Path> files = Files.list(layout.staging())) {
            for (Path file : files.toList()) {
                if (!file.endsWith(RunLock.NAME)) {
                    FileUtils.forceDelete(file.toFile());
                }
            }
        }
    }

    /** Events of a visible file without a ledger record would become visible twice once their batch is published again. */
    private void requireNothingAfter(Optional<LedgerRecord> last) throws IOException {
        for (Path root : List.of(layout.parquet(), layout.rejected())) {
            Optional<Path> stray = firstFrom(next(last), root);
            if (stray.isPresent()) {
                throw new CannotContinueException(stray.get() + " belongs to batch " + batch(stray.get())
                        + ", but the ledger in " + layout.ledger() + " ends "
                        + last.map(record -> "with batch " + record.seq()).orElse("before the first batch")
                        + ". Put the missing ledger records back, or set " + Settings.RUN_ID + " to another name.");
            }
        }
    }

    /** Returns a file of this batch or a later one. Leaves out Spark's checkpoints, whose files may vanish while they are listed. */
    private Optional<Path> firstFrom(long seq, Path root) throws IOException {
        AtomicReference<Path> found = new AtomicReference<>();
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                return folder.equals(layout.checkpoints()) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (batch(file) < seq) {
                    return FileVisitResult.CONTINUE;
                }
                found.set(file);
                return FileVisitResult.TERMINATE;
            }
        });
        return Optional.ofNullable(found.get());
    }

    /** Returns the batch of a published file, or -1 for any other file. */
    private static long batch(Path file) {
        return OutputTree.batchOf(file.getFileName().toString()).orElse(-1);
    }
}
