package pipeline.streaming.lifecycle;

import java.io.IOException;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The folder of Spark's checkpoint of a query, which is only working memory: it can be deleted whenever the query does not run.
 *
 * @param folder on a file system that the driver and all executors reach
 */
public record Checkpoint(Path folder) {

    /** Returns the one in a folder of this machine. */
    public static Checkpoint in(java.nio.file.Path folder) {
        // Not from its URI, which ends with a slash if the folder exists.
        return new Checkpoint(new Path("file", null, folder.toString()));
    }

    /** Returns what Spark's option {@code checkpointLocation} takes. */
    public String location() {
        return folder.toString();
    }

    /** Returns whether it has a log of offsets. Spark creates the folder of this log only when a query starts. */
    public boolean hasOffsets(Configuration hadoop) throws IOException {
        return files(hadoop).exists(new Path(folder, "offsets"));
    }

    public void delete(Configuration hadoop) throws IOException {
        delete(folder, hadoop);
    }

    /** Moves it aside, in place of what was set aside before, and returns where it is then; empty if there is none. */
    public Optional<Path> setAside(Configuration hadoop) throws IOException {
        if (!files(hadoop).exists(folder)) {
            return Optional.empty();
        }
        Path aside = folder.suffix(".unusable");
        delete(aside, hadoop);
        if (!files(hadoop).rename(folder, aside)) {
            throw new IOException("cannot rename " + folder + " to " + aside);
        }
        return Optional.of(Path.getPathWithoutSchemeAndAuthority(aside));
    }

    private void delete(Path path, Configuration hadoop) throws IOException {
        if (!files(hadoop).delete(path, true) && files(hadoop).exists(path)) {
            throw new IOException("cannot delete " + path);
        }
    }

    private FileSystem files(Configuration hadoop) throws IOException {
        return folder.getFileSystem(hadoop);
    }
}
