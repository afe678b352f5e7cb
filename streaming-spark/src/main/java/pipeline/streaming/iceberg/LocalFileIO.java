package pipeline.streaming.iceberg;

import java.io.BufferedOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.exceptions.RuntimeIOException;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.OutputFile;
import org.apache.iceberg.io.PositionOutputStream;
import org.apache.iceberg.io.SeekableInputStream;

/**
 * Files of tables on a local disk. Each file is on the disk once it is closed, so that what the catalog refers to survives a power
 * loss; Iceberg's own implementation leaves that to the operating system. Iceberg calls the constructor by reflection.
 */
public final class LocalFileIO implements FileIO {
    private static final long serialVersionUID = 1;

    static final String SCHEME = "file:";

    @Override
    public InputFile newInputFile(String location) {
        return new LocalInput(location);
    }

    @Override
    public OutputFile newOutputFile(String location) {
        return new LocalOutput(location);
    }

    @Override
    public void deleteFile(String location) {
        try {
            Files.deleteIfExists(path(location));
        } catch (IOException e) {
            throw new RuntimeIOException(e, "Cannot delete %s", location);
        }
    }

    private static Path path(String location) {
        return Path.of(location.startsWith(SCHEME) ? location.substring(SCHEME.length()) : location);
    }

    private record LocalInput(String location) implements InputFile {
        @Override
        public long getLength() {
            return file().getLength();
        }

        @Override
        public SeekableInputStream newStream() {
            return file().newStream();
        }

        @Override
        public boolean exists() {
            return file().exists();
        }

        /** Iceberg's own, which forgets the scheme of its location. */
        private InputFile file() {
            return org.apache.iceberg.Files.localInput(path(location).toFile());
        }
    }

    private record LocalOutput(String location) implements OutputFile {
        @Override
        public PositionOutputStream create() {
            if (Files.exists(path(location))) {
                throw new AlreadyExistsException("%s exists", location);
            }
            return createOrOverwrite();
        }

        @Override
        public PositionOutputStream createOrOverwrite() {
            Path file = path(location);
            try {
                createFolders(file.getParent());
                return new SyncedStream(file);
            } catch (IOException e) {
                throw new RuntimeIOException(e, "Cannot create %s", location);
            }
        }

        @Override
        public InputFile toInputFile() {
            return new LocalInput(location);
        }
    }

    private static void createFolders(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            createFolders(folder.getParent());
            Files.createDirectories(folder);
            sync(folder.getParent());
        }
    }

    private static void sync(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static final class SyncedStream extends PositionOutputStream {
        private final Path file;
        private final OutputStream out;
        private long position;
        private boolean closed;

        SyncedStream(Path file) throws IOException {
            this.file = file;
            this.out = new BufferedOutputStream(new FileOutputStream(file.toFile()), 1 << 16);
        }

        @Override
        public long getPos() {
            return position;
        }

        @Override
        public void write(int b) throws IOException {
            out.write(b);
            position++;
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            out.write(bytes, from, length);
            position += length;
        }

        @Override
        public void flush() throws IOException {
            out.flush();
        }

        @Override
        public void close() throws IOException {
            if (!closed) {
                closed = true;
                out.close();
                sync(file);
                sync(file.getParent());
            }
        }
    }
}
