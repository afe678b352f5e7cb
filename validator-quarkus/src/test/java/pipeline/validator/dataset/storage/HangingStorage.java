package pipeline.validator.dataset.storage;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

/** A local tree in which calls for one path do not return until {@link #thaw} is called, not even if they are interrupted. */
public final class HangingStorage implements Storage {
    private final Storage storage;
    private final String hanging;
    private final CountDownLatch thawed = new CountDownLatch(1);

    public HangingStorage(Path root, String hanging) {
        this.storage = new LocalStorage(root);
        this.hanging = hanging;
    }

    public void thaw() {
        thawed.countDown();
    }

    private void answer(String path) {
        while (path.equals(hanging) && thawed.getCount() > 0) {
            try {
                thawed.await();
            } catch (InterruptedException e) {
                // Ignored, as in a call to a file system.
            }
        }
    }

    @Override
    public boolean forEach(String folder, Consumer<Entry> action) {
        answer(folder);
        return storage.forEach(folder, action);
    }

    @Override
    public Optional<Entry> find(String path) {
        answer(path);
        return storage.find(path);
    }

    @Override
    public SeekableByteChannel open(String path) throws IOException {
        answer(path);
        return storage.open(path);
    }

    @Override
    public String describe(String path) {
        return storage.describe(path);
    }
}
