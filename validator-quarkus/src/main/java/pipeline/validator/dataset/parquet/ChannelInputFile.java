package pipeline.validator.dataset.parquet;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import org.apache.parquet.io.DelegatingSeekableInputStream;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.SeekableInputStream;

/** Lets Parquet read a channel, without Hadoop's file system. */
record ChannelInputFile(SeekableByteChannel channel) implements InputFile {
    /** Files of a common batch have a few kilobytes. In larger ones it pays to skip unneeded columns. */
    private static final long READ_WHOLE_UP_TO = 128 * 1024;

    @Override
    public long getLength() throws IOException {
        return channel.size();
    }

    @Override
    public SeekableInputStream newStream() throws IOException {
        InputStream in = Channels.newInputStream(channel);
        if (channel.size() > READ_WHOLE_UP_TO) {
            return new Stream(in, channel::position, channel::position);
        }
        // Parquet itself would need about twenty system calls for a small file.
        Bytes bytes = new Bytes(in.readAllBytes());
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
        Bytes(byte[] bytes) {
            super(bytes);
        }

        long position() {
            return pos;
        }

        void seek(long position) {
            pos = Math.toIntExact(position);
        }
    }
}
