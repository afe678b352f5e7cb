package pipeline.streaming;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.DelegateToFileSystem;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;

/**
 * Hadoop's local file system as Spark uses it here: without {@code .crc} files, and without the {@code chmod} and {@code
 * readlink} processes that Hadoop starts for each file when its native library is missing.
 */
public final class LeanLocalFileSystem extends RawLocalFileSystem {

    @Override
    public void setPermission(Path path, FsPermission permission) throws IOException {
        Files.setPosixFilePermissions(
                pathToFile(path).toPath(),
                PosixFilePermissions.fromString(permission.toString().substring(0, 9)));
    }

    /** Starts no {@code readlink} process: Hadoop would lose an interrupt that arrives while it waits for one. */
    @Override
    public FileStatus getFileLinkStatus(Path path) throws IOException {
        return Files.isSymbolicLink(pathToFile(path).toPath()) ? super.getFileLinkStatus(path) : getFileStatus(path);
    }

    /** The same for Hadoop's newer interface, which Spark's checkpoints use. */
    public static final class Context extends DelegateToFileSystem {

        /** Hadoop calls this constructor by reflection. */
        public Context(URI uri, Configuration configuration) throws IOException, URISyntaxException {
            super(uri, new LeanLocalFileSystem(), configuration, "file", false);
        }
    }
}
