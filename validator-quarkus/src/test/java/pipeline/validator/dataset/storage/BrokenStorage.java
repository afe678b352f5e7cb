package pipeline.validator.dataset.storage;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/** A local tree with one path that cannot be reached, even by root. */
public final class BrokenStorage implements Storage {
    private final Storage storage;
    private final String broken;

    public BrokenStorage(Path root, String broken) {
        this.storage = new LocalStorage(root);
        this.broken = broken;
    }

    @Override
    public boolean forEach(String folder, Consumer<Entry> action) {
        requireReachable(folder);
        return storage.forEach(folder, action);
    }

    private void requireReachable(String path) {
        if (path.equals(broken)) {
            throw new StorageException(describe(path) + " can't be read: permission denied", null);
        }
    }

    @Override
    public Optional<Entry> find(String path) {
        return storage.find(path);
    }

    @Override
    public SeekableByteChannel open(String path) throws IOException {
        return storage.open(path);
    }

    @Override
    public String describe(String path) {
        return storage.describe(path);
    }
}
