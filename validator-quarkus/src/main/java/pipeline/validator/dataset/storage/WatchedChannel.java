package pipeline.validator.dataset.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.function.Supplier;

/** A file open for reading that reports each call to a watch. */
record WatchedChannel(SeekableByteChannel file, Supplier<Watch.Call> begin) implements SeekableByteChannel {
    /** Limits what one call reads, so that a slow file system answers in time. */
    static final int MAX_BYTES = 1 << 20;

    @Override
    public int read(ByteBuffer target) throws IOException {
        int limit = target.limit();
        target.limit(target.position() + Math.min(target.remaining(), MAX_BYTES));
        try (Watch.Call call = begin.get()) {
            return file.read(target);
        } finally {
            target.limit(limit);
        }
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        return file.write(source);
    }

    @Override
    public long position() throws IOException {
        return file.position();
    }

    @Override
    public SeekableByteChannel position(long position) throws IOException {
        file.position(position);
        return this;
    }

    @Override
    public long size() throws IOException {
        try (Watch.Call call = begin.get()) {
            return file.size();
        }
    }

    @Override
    public SeekableByteChannel truncate(long size) throws IOException {
        file.truncate(size);
        return this;
    }

    @Override
    public boolean isOpen() {
        return file.isOpen();
    }

    @Override
    public void close() throws IOException {
        try (Watch.Call call = begin.get()) {
            file.close();
        }
    }
}
