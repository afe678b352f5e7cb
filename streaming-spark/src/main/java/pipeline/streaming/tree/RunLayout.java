package pipeline.streaming.tree;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import pipeline.events.output.OutputTree;
import pipeline.events.settings.InvalidSettingException;
import pipeline.events.settings.Settings;
import pipeline.streaming.lifecycle.Checkpoint;

/** Where one run keeps its files. */
public record RunLayout(OutputTree tree, String runId) {

    Path parquet() {
        return tree.run(runId);
    }

    Path rejected() {
        return tree.rejected(runId);
    }

    Path ledger() {
        return tree.ledger(runId);
    }

    Path schema(String name) {
        return tree.schema(runId, name);
    }

    Path stopped() {
        return tree.stopped(runId);
    }

    public Path staging() {
        return tree.staging(runId);
    }

    /** Spark's working memory. */
    Path checkpoints() {
        return tree.checkpoints(runId);
    }

    Checkpoint checkpoint(String query) {
        return Checkpoint.in(checkpoints().resolve(query));
    }

    Path prepared(long seq) {
        return staging().resolve(OutputTree.recordName(seq));
    }

    /**
     * Creates the folders, and checks that files can be linked in staging, and moved to each place where they are published.
     *
     * @throws InvalidSettingException naming {@code OUTPUT_DIR} when that fails
     */
    void prepare() {
        try {
            for (Path folder : List.of(staging(), ledger(), rejected())) {
                AtomicFiles.createFolders(folder);
            }
        } catch (IOException e) {
            throw invalid("the job cannot create its folders there: " + reason(e));
        }
        requireHardLinks();
        for (Path target : List.of(ledger(), parquet(), rejected())) {
            requireMovable(target);
        }
    }

    /** See {@link AtomicFiles#writeExclusively}. */
    private void requireHardLinks() {
        Path file = staging().resolve(".probe-" + UUID.randomUUID());
        Path link = file.resolveSibling(file.getFileName() + ".link");
        try {
            try {
                Files.createFile(file);
                requireLink(link, file);
            } finally {
                Files.deleteIfExists(link);
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw cannotWrite(e);
        }
    }

    private void requireLink(Path link, Path file) {
        try {
            Files.createLink(link, file);
        } catch (UnsupportedOperationException | IOException e) {
            String reason = e instanceof IOException failed
                    ? reason(failed)
                    : e.getClass().getSimpleName();
            throw invalid(
                    "the file system of " + staging() + " has no hard links (" + reason
                            + "), which the job needs to commit a batch; use one that has them, such as ext4, XFS, APFS or NFS");
        }
    }

    private void requireMovable(Path target) {
        String name = ".probe-" + UUID.randomUUID();
        Path source = staging().resolve(name);
        Path moved = target.resolve(name);
        try {
            try {
                Files.createFile(source);
                AtomicFiles.move(source, moved);
            } finally {
                Files.deleteIfExists(source);
                Files.deleteIfExists(moved);
            }
        } catch (java.nio.file.AtomicMoveNotSupportedException e) {
            throw invalid("a file cannot be moved atomically from " + staging() + " to " + target
                    + ": both must be on the same mount");
        } catch (IOException e) {
            throw cannotWrite(e);
        }
    }

    private InvalidSettingException cannotWrite(IOException e) {
        return invalid("the job cannot write there: " + reason(e));
    }

    private InvalidSettingException invalid(String what) {
        return new InvalidSettingException(
                Settings.OUTPUT_DIR.name(), tree.root().toString(), what);
    }

    /** The message of a NIO exception is often only the file's name. */
    private static String reason(IOException e) {
        String kind = e.getClass().getSimpleName().replace("Exception", "");
        if (e instanceof FileSystemException file) {
            return file.getFile() + " (" + (file.getReason() == null ? kind : file.getReason()) + ")";
        }
        return e.getMessage() + " (" + kind + ")";
    }
}
