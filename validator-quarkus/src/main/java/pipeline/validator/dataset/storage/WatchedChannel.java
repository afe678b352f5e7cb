package pipeline.validator.dataset.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;

/**
 * A file open for reading that reports each call to a watch.
 *
 * @param call is paused between calls
 */
record WatchedChannel(SeekableByteChannel file, Watch.Call call) implements SeekableByteChannel {
    /** Limits what one call reads, so that a slow file system answers in time. */
    static final int MAX_BYTES = 1 << 20;

    @Override
    public int read(ByteBuffer target) throws IOException {
        int limit = target.limit();
        target.limit(target.position() + Math.min(target.remaining(), MAX_BYTES));
        call.next();
        try {
            return file.read(target);
        } finally {
            call.pause();
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
        call.next();
        try {
            return file.size();
        } finally {
            call.pause();
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
        call.next();
        try (call) {
            file.close();
        }
    }
}
