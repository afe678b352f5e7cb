package pipeline.validator.dataset.parquet.column;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.Arrays;

/** A part of a file in memory, which moves forward with what is read. */
final class FileBytes {
    /** Files of a typical batch have a few kilobytes, and are read with one call. In larger ones it pays to skip columns. */
    private static final int READ_WHOLE_UP_TO = 128 * 1024;

    private static final int PIECE = 1 << 20;

    private final SeekableByteChannel channel;
    private final long size;
    private final Buffers buffers = Buffers.take();
    private long start;
    private int length;

    FileBytes(SeekableByteChannel channel, long size) {
        this.channel = channel;
        this.size = size;
    }

    /** Returns the array that {@link #load} returns indexes into. The next call of that may change the array. */
    byte[] array() {
        return buffers.file(length);
    }

    /**
     * Reads these bytes of the file, unless they are in memory.
     *
     * @param until where reading ahead ends
     * @return the index of the first one in {@link #array}
     */
    int load(long from, int count, long until) throws IOException {
        if (from < start || from > start + length - count) {
            if (count < 0 || from < 0 || from > size - count) {
                throw new EOFException("bytes " + from + " to " + (from + count) + " of " + size);
            }
            if (size <= READ_WHOLE_UP_TO) {
                read(0, (int) size);
            } else {
                read(from, (int) Math.max(count, Math.min(PIECE, Math.min(until, size) - from)));
            }
        }
        return (int) (from - start);
    }

    /** Reads these bytes into memory, apart from those at the start that are there already. */
    private void read(long from, int count) throws IOException {
        int kept = from >= start ? (int) Math.max(0, start + length - from) : 0;
        byte[] bytes = buffers.file(count);
        System.arraycopy(bytes, length - kept, bytes, 0, kept);
        ByteBuffer rest = ByteBuffer.wrap(bytes, kept, count - kept);
        channel.position(from + kept);
        while (rest.hasRemaining()) {
            if (channel.read(rest) < 0) {
                throw new EOFException("the file became shorter");
            }
        }
        start = from;
        length = count;
    }

    /** Returns an array of at least this size for a decompressed page. Its content is arbitrary. */
    byte[] page(int bytes) {
        return buffers.page(bytes);
    }

    /** Lets the thread's next file use the arrays. */
    void release() {
        buffers.release();
    }

    /**
     * The arrays that reading a file needs, which the same thread uses again for its next file. Clearing and collecting new ones
     * takes a fifth of the time to read Spark's files.
     */
    private static final class Buffers {
        /** In bytes. Files that need more are the exception, and a thread may live for days. */
        private static final int KEPT_UP_TO = 4 << 20;

        private static final ThreadLocal<Buffers> FREE = new ThreadLocal<>();

        private byte[] file = {};
        private byte[] page = {};

        static Buffers take() {
            Buffers free = FREE.get();
            FREE.remove();
            return free == null ? new Buffers() : free;
        }

        void release() {
            if (file.length + page.length <= KEPT_UP_TO) {
                FREE.set(this);
            }
        }

        /** Returns an array of at least this size, with the content of the last one. */
        byte[] file(int size) {
            file = file.length < size ? Arrays.copyOf(file, size) : file;
            return file;
        }

        /** Returns an array of at least this size. Its content is arbitrary. */
        byte[] page(int size) {
            page = page.length < size ? new byte[size] : page;
            return page;
        }
    }
}
