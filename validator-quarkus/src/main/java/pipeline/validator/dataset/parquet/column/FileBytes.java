package pipeline.validator.dataset.parquet.column;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;

/** A part of a file in memory, which moves forward with what is read. */
final class FileBytes {
    /** Files of a common batch have a few kilobytes, and are read with one call. In larger ones it pays to skip unneeded columns. */
    private static final int READ_WHOLE_UP_TO = 128 * 1024;

    private static final int PIECE = 1 << 20;

    private final SeekableByteChannel channel;
    private final long size;
    private final Buffers buffers;
    private long start;
    private int length;

    FileBytes(SeekableByteChannel channel, long size, Buffers buffers) {
        this.channel = channel;
        this.size = size;
        this.buffers = buffers;
    }

    long size() {
        return size;
    }

    /** Returns what {@link #load} gives indexes of. The next call may change it. */
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
        if (from < start || from + count > start + length) {
            if (count < 0 || from < 0 || from + count > size) {
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

    /** Keeps what is in memory already. */
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
}
