package pipeline.streaming;

import pipeline.events.output.LedgerFile;
import pipeline.events.output.LedgerJson;
import pipeline.events.output.LedgerRecord;
import pipeline.events.output.OutputTree;
import pipeline.events.output.PreparedBatch;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * The second half of the protocol, from staged and counted files to a committed batch. Each step can be done again after a
 * crash: {@link RunRecovery} goes on with {@link #rollForward} where the dead job stopped.
 */
final class Publication {
    private final RunFolders folders;
    private final Ledger ledger;
    private final Clock clock;
    private final PublicationStep.Listener steps;

    Publication(RunFolders folders, Clock clock, PublicationStep.Listener steps) {
        this.folders = folders;
        this.ledger = new Ledger(folders);
        this.clock = clock;
        this.steps = steps;
    }

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
        for (String source : batch.sources()) {
            DurableFiles.sync(folders.staging().resolve(source));
        }
        long seq = batch.record().seq();
        Path aside = folders.staging().resolve(attemptFolder(batch) + ".prepared");
        try {
            DurableFiles.writeExclusively(folders.prepared(seq), aside, LedgerJson.encode(batch));
        } catch (FileAlreadyExistsException e) {
            throw otherJob("prepared", seq);
        }
        // The other job may have come and gone between our last look at the ledger and our record.
        if (ledger.has(seq)) {
            Files.delete(folders.prepared(seq));
            throw otherJob("committed", seq);
        }
        steps.reached(PublicationStep.PREPARED);
    }

    private CannotContinueException otherJob(String did, long seq) {
        return new CannotContinueException("Another job has " + did + " batch " + seq + " of run " + folders.runId()
                + ": two jobs write " + folders.parquet() + ". Stop one of them, then start this one again.");
    }

    private static String attemptFolder(PreparedBatch batch) {
        String source = batch.sources().get(0);
        return source.substring(0, source.indexOf('/'));
    }

    /** Publishes and commits a prepared batch, whatever part of that is done already, and returns its ledger record. */
    LedgerRecord rollForward(PreparedBatch batch) throws IOException {
        moveFiles(batch);
        LedgerRecord record = batch.record().committed(clock.instant());
        ledger.commit(record);
        steps.reached(PublicationStep.COMMITTED);
        Files.delete(folders.prepared(record.seq()));
        steps.reached(PublicationStep.CLEANED);
        DurableFiles.deleteTree(folders.staging().resolve(attemptFolder(batch)));
        return record;
    }

    private void moveFiles(PreparedBatch batch) throws IOException {
        Set<Path> touched = new LinkedHashSet<>();
        Iterator<Map.Entry<String, Target>> moves = moves(batch).entrySet().iterator();
        while (moves.hasNext()) {
            Map.Entry<String, Target> move = moves.next();
            Target target = move.getValue();
            touched.add(target.path().getParent());
            moveFile(
                    folders.staging().resolve(move.getKey()),
                    target,
                    batch.record().seq());
            if (moves.hasNext()) {
                steps.reached(PublicationStep.PARTLY_PUBLISHED);
            }
        }
        for (Path folder : touched) {
            DurableFiles.sync(folder);
        }
        steps.reached(PublicationStep.PUBLISHED);
    }

    private record Target(Path path, long bytes) {}

    private Map<String, Target> moves(PreparedBatch batch) {
        Map<String, Target> moves = new LinkedHashMap<>();
        Iterator<String> sources = batch.sources().iterator();
        for (LedgerFile file : batch.record().files()) {
            moves.put(sources.next(), new Target(folders.parquet().resolve(file.path()), file.bytes()));
        }
        for (LedgerFile file : batch.record().rejectedFiles()) {
            moves.put(sources.next(), new Target(folders.rejected().resolve(file.path()), file.bytes()));
        }
        return moves;
    }

    private void moveFile(Path source, Target target, long seq) throws IOException {
        boolean staged = Files.exists(source);
        boolean visible = Files.exists(target.path());
        Path present = staged ? source : target.path();
        if (staged == visible || Files.size(present) != target.bytes()) {
            throw new CannotContinueException(notAsPrepared(source, target, seq, staged, visible));
        }
        if (staged) {
            Files.createDirectories(target.path().getParent());
            DurableFiles.move(source, target.path());
        }
    }

    private String notAsPrepared(Path source, Target target, long seq, boolean staged, boolean visible) {
        String found = staged && visible
                ? "both " + source + " and " + target.path() + " are there"
                : !staged && !visible
                        ? "neither " + source + " nor " + target.path() + " is there"
                        : (staged ? source : target.path()) + " does not have " + target.bytes() + " bytes";
        return "Batch " + seq + " cannot be published as it was prepared: " + found
                + ". Somebody else changed these folders. To take the batch from Kafka again, stop all jobs of this run and remove "
                + folders.prepared(seq) + " and every part-" + OutputTree.padded(seq) + "-* below " + folders.parquet()
                + " and " + folders.rejected() + ", then start again.";
    }
}
