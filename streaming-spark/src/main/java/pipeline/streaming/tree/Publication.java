package pipeline.streaming.tree;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import pipeline.events.output.LedgerFile;
import pipeline.events.output.LedgerJson;
import pipeline.events.output.LedgerRecord;
import pipeline.events.output.OutputTree;
import pipeline.events.output.PreparedBatch;
import pipeline.streaming.lifecycle.CannotContinueException;
import pipeline.streaming.publish.PublicationStep;

/**
 * The second half of the protocol, from staged and counted files to a committed batch. Each step can be repeated after a
 * crash: {@link RunRecovery} resumes with {@link #rollForward} where the job died.
 */
record Publication(RunLayout layout, Clock clock, PublicationStep.Listener steps) {

    /**
     * Takes a batch from its staged and counted files to its ledger record, which it returns.
     *
     * @throws CannotContinueException when another job has prepared or committed this batch
     */
    LedgerRecord publish(PreparedBatch batch) throws IOException {
        prepare(batch);
        return rollForward(batch);
    }

    private void prepare(PreparedBatch batch) throws IOException {
        syncStaged(batch);
        long seq = batch.record().seq();
        Path aside = layout.staging().resolve(OutputTree.padded(seq) + "-" + UUID.randomUUID() + ".prepared");
        try {
            AtomicFiles.writeExclusively(layout.prepared(seq), aside, LedgerJson.encode(batch));
        } catch (FileAlreadyExistsException e) {
            throw otherJob("prepared", seq);
        }
        // The other job may have prepared and committed it since we last read the ledger.
        if (new Ledger(layout).has(seq)) {
            Files.delete(layout.prepared(seq));
            throw otherJob("committed", seq);
        }
        steps.reached(PublicationStep.PREPARED);
    }

    /** The files, and the folders of this attempt that list them. */
    private void syncStaged(PreparedBatch batch) throws IOException {
        Set<Path> folders = new LinkedHashSet<>();
        for (String source : batch.sources()) {
            Path file = layout.staging().resolve(source);
            AtomicFiles.sync(file);
            for (Path folder = file.getParent(); !folder.equals(layout.staging()); folder = folder.getParent()) {
                folders.add(folder);
            }
        }
        for (Path folder : folders) {
            AtomicFiles.sync(folder);
        }
    }

    private CannotContinueException otherJob(String did, long seq) {
        return new CannotContinueException("Another job has " + did + " batch " + seq + " of run " + layout.runId()
                + ": two jobs write " + layout.parquet() + ". Stop one of them, then start this one again.");
    }

    /** Publishes and commits a prepared batch, skipping what is already done, and returns its ledger record. */
    LedgerRecord rollForward(PreparedBatch batch) throws IOException {
        moveFiles(batch);
        LedgerRecord record = batch.record().committed(clock.instant());
        new Ledger(layout).commit(record);
        steps.reached(PublicationStep.COMMITTED);
        Files.delete(layout.prepared(record.seq()));
        steps.reached(PublicationStep.CLEANED);
        return record;
    }

    private void moveFiles(PreparedBatch batch) throws IOException {
        Set<Path> touched = new LinkedHashSet<>();
        for (Iterator<Move> moves = moves(batch).iterator(); moves.hasNext(); ) {
            Move move = moves.next();
            touched.add(move.target.getParent());
            moveFile(move, batch.record().seq());
            if (moves.hasNext()) {
                steps.reached(PublicationStep.PARTLY_PUBLISHED);
            }
        }
        for (Path folder : touched) {
            AtomicFiles.sync(folder);
        }
        steps.reached(PublicationStep.PUBLISHED);
    }

    private record Move(Path source, Path target, long bytes) {}

    private List<Move> moves(PreparedBatch batch) {
        List<Move> moves = new ArrayList<>();
        Iterator<String> sources = batch.sources().iterator();
        for (LedgerFile file : batch.record().files()) {
            moves.add(move(sources.next(), layout.parquet(), file.path(), file.bytes()));
        }
        for (LedgerFile file : batch.record().rejectedFiles()) {
            moves.add(move(sources.next(), layout.rejected(), file.path(), file.bytes()));
        }
        batch.record()
                .read()
                .absent()
                .ifPresent(absent -> moves.add(move(sources.next(), layout.ledger(), absent.file(), absent.bytes())));
        return moves;
    }

    private Move move(String source, Path folder, String path, long bytes) {
        return new Move(layout.staging().resolve(source), folder.resolve(path), bytes);
    }

    private void moveFile(Move move, long seq) throws IOException {
        boolean staged = Files.exists(move.source);
        boolean visible = Files.exists(move.target);
        Path present = staged ? move.source : move.target;
        if (staged == visible || Files.size(present) != move.bytes) {
            throw new CannotContinueException(notAsPrepared(move, seq, staged, visible));
        }
        if (staged) {
            AtomicFiles.createFolders(move.target.getParent());
            AtomicFiles.move(move.source, move.target);
        }
    }

    private String notAsPrepared(Move move, long seq, boolean staged, boolean visible) {
        String found = staged && visible
                ? "both " + move.source + " and " + move.target + " exist"
                : !staged && !visible
                        ? "neither " + move.source + " nor " + move.target + " exists"
                        : (staged ? move.source : move.target) + " does not have " + move.bytes + " bytes";
        return "Batch " + seq + " cannot be published as it was prepared: " + found
                + ". Somebody else changed these folders. To take the batch from Kafka again, stop all jobs of this run and remove "
                + layout.prepared(seq) + ", every part-" + OutputTree.padded(seq) + "-* below " + layout.parquet()
                + " and " + layout.rejected() + ", and " + OutputTree.absentName(seq) + " in " + layout.ledger()
                + ", then start again.";
    }
}
