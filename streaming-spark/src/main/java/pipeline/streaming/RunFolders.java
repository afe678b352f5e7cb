package pipeline.streaming;

import pipeline.events.output.OutputTree;
import pipeline.events.settings.InvalidSettingException;
import pipeline.events.settings.Settings;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;

/** The folders of one run. */
record RunFolders(OutputTree tree, String runId) {

    Path parquet() {
        return tree.run(runId);
    }

    Path rejected() {
        return tree.rejected(runId);
    }

    Path ledger() {
        return tree.ledger(runId);
    }

    Path staging() {
        return tree.staging(runId);
    }

    Path publisherCheckpoint() {
        return tree.checkpoints(runId).resolve("publisher");
    }

    Path averagesCheckpoint() {
        return tree.checkpoints(runId).resolve("averages");
    }

    Path prepared(long seq) {
        return staging().resolve(OutputTree.recordName(seq));
    }

    /**
     * Makes the folders, and moves a file from staging to each place where files are published.
     *
     * @throws InvalidSettingException naming {@code OUTPUT_DIR} when that can't be done
     */
    void prepare() {
        try {
            for (Path folder : List.of(staging(), ledger(), rejected())) {
                Files.createDirectories(folder);
            }
        } catch (IOException e) {
            throw invalid("the job cannot make its folders there: " + reason(e));
        }
        for (Path target : List.of(ledger(), parquet(), rejected())) {
            requireMovable(target);
        }
    }

    private void requireMovable(Path target) {
        String name = ".probe-" + UUID.randomUUID();
        Path source = staging().resolve(name);
        Path moved = target.resolve(name);
        try {
            try {
                Files.createFile(source);
                DurableFiles.move(source, moved);
            } finally {
                Files.deleteIfExists(source);
                Files.deleteIfExists(moved);
            }
        } catch (java.nio.file.AtomicMoveNotSupportedException e) {
            throw invalid("a file cannot be moved in one step from " + staging() + " to " + target
                    + ": both must be on the same mount");
        } catch (IOException e) {
            throw invalid("the job cannot write there: " + reason(e));
        }
    }

    private InvalidSettingException invalid(String what) {
        return new InvalidSettingException(Settings.OUTPUT_DIR, tree.root().toString(), what);
    }

    /** The messages of NIO's exceptions are often nothing but the file's name. */
    private static String reason(IOException e) {
        String kind = e.getClass().getSimpleName().replace("Exception", "");
        if (e instanceof FileSystemException file) {
            return file.getFile() + " (" + (file.getReason() == null ? kind : file.getReason()) + ")";
        }
        return e.getMessage() + " (" + kind + ")";
    }
}
