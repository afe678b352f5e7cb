package pipeline.validator.dataset.storage;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/** A tree on this machine, read without Hadoop's file system. Symbolic links are followed. */
public record LocalStorage(Path root) implements Storage {
    @Override
    public boolean forEach(String folder, Consumer<Entry> action) {
        try (DirectoryStream<Path> children = Files.newDirectoryStream(root.resolve(folder))) {
            for (Path child : children) {
                entryOrFolder(child).ifPresent(action);
            }
            return true;
        } catch (NoSuchFileException e) {
            return false;
        } catch (IOException e) {
            throw unreachable(folder, e);
        } catch (DirectoryIteratorException e) {
            throw unreachable(folder, e.getCause());
        }
    }

    private static Optional<Entry> entryOrFolder(Path path) {
        try {
            return entry(path);
        } catch (IOException e) {
            return Optional.of(new Entry(path.getFileName().toString(), true, new Stamp(0, Instant.EPOCH, null)));
        }
    }

    @Override
    public Optional<Entry> find(String path) {
        try {
            return entry(root.resolve(path));
        } catch (IOException e) {
            throw unreachable(path, e);
        }
    }

    /** Returns nothing for a file that was deleted meanwhile, and for a broken link. */
    private static Optional<Entry> entry(Path path) throws IOException {
        try {
            BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
            Stamp stamp =
                    new Stamp(attributes.size(), attributes.lastModifiedTime().toInstant(), attributes.fileKey());
            return Optional.of(new Entry(String.valueOf(path.getFileName()), attributes.isDirectory(), stamp));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    @Override
    public SeekableByteChannel open(String path) throws IOException {
        try {
            return Files.newByteChannel(root.resolve(path));
        } catch (FileSystemException e) {
            throw new IOException("it can't be opened: " + reason(e), e);
        }
    }

    @Override
    public String describe(String path) {
        return root.resolve(path).toString();
    }

    private StorageException unreachable(String path, IOException cause) {
        return new StorageException(describe(path) + " can't be read: " + reason(cause), cause);
    }

    private static String reason(IOException cause) {
        if (cause instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (cause instanceof NoSuchFileException) {
            return "it does not exist";
        }
        if (cause instanceof NotDirectoryException) {
            return "it is not a folder";
        }
        if (cause instanceof FileSystemException known && known.getReason() != null) {
            return known.getReason();
        }
        return String.valueOf(cause.getMessage());
    }
}
