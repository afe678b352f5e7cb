package pipeline.validator.dataset.storage;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.util.Optional;
import java.util.function.Consumer;

/** Reports each call to a watch. */
public record WatchedStorage(Storage storage, Watch watch) implements Storage {
    @Override
    public boolean forEach(String folder, Consumer<Entry> action) {
        try (Watch.Call call = begin(folder)) {
            return storage.forEach(folder, entry -> {
                call.pause();
                action.accept(entry);
                call.next();
            });
        }
    }

    @Override
    public Optional<Entry> find(String path) {
        try (Watch.Call call = begin(path)) {
            return storage.find(path);
        }
    }

    @Override
    public SeekableByteChannel open(String path) throws IOException {
        Watch.Call call = begin(path);
        try {
            SeekableByteChannel file = storage.open(path);
            call.pause();
            return new WatchedChannel(file, call);
        } catch (IOException | RuntimeException e) {
            call.close();
            throw e;
        }
    }

    private Watch.Call begin(String path) {
        return watch.begin(storage, path);
    }

    @Override
    public String describe(String path) {
        return storage.describe(path);
    }

    @Override
    public void requireAnswers() {
        watch.requireAnswers();
    }
}
