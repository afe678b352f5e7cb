package pipeline.validator.dataset.parquet;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import org.apache.parquet.io.DelegatingSeekableInputStream;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.SeekableInputStream;

/** Lets Parquet read a channel, without Hadoop's file system. */
record ChannelInputFile(SeekableByteChannel channel, long size) implements InputFile {
    /** In bytes. Files of a typical batch have a few kilobytes. In larger ones it pays to skip unneeded columns. */
    private static final long READ_WHOLE_UP_TO = 128 * 1024;

    @Override
    public long getLength() {
        return size;
    }

    @Override
    public SeekableInputStream newStream() throws IOException {
        if (size > READ_WHOLE_UP_TO) {
            return new Stream(Channels.newInputStream(channel), channel::position, channel::position);
        }
        // Parquet itself would need about twenty system calls for a small file.
        ByteBuffer content = ByteBuffer.allocate((int) size);
        while (content.hasRemaining() && channel.read(content) >= 0) {
            // reads on
        }
        Bytes bytes = new Bytes(content.array(), content.position());
        return new Stream(bytes, bytes::position, bytes::seek);
    }

    private interface Position {
        long get() throws IOException;
    }

    private interface Seek {
        void to(long position) throws IOException;
    }

    private static final class Stream extends DelegatingSeekableInputStream {
        private final Position position;
        private final Seek seek;

        Stream(InputStream in, Position position, Seek seek) {
            super(in);
            this.position = position;
            this.seek = seek;
        }

        @Override
        public long getPos() throws IOException {
            return position.get();
        }

        @Override
        public void seek(long newPosition) throws IOException {
            seek.to(newPosition);
        }
    }

    private static final class Bytes extends ByteArrayInputStream {
        Bytes(byte[] bytes, int length) {
            super(bytes, 0, length);
        }

        long position() {
            return pos;
        }

        void seek(long position) {
            pos = Math.toIntExact(position);
        }
    }
}
