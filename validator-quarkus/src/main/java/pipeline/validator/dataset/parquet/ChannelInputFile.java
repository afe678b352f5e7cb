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
final class ChannelInputFile implements InputFile {
    /** Files of a common batch have a few kilobytes. In larger ones it pays to skip unneeded columns. */
    private static final long READ_WHOLE_UP_TO = 128 * 1024;

    private final SeekableByteChannel channel;

    ChannelInputFile(SeekableByteChannel channel) {
        this.channel = channel;
    }

    @Override
    public long getLength() throws IOException {
        return channel.size();
    }

    @Override
    public SeekableInputStream newStream() throws IOException {
        InputStream in = Channels.newInputStream(channel);
        return channel.size() <= READ_WHOLE_UP_TO ? new InMemory(new Bytes(in.readAllBytes())) : new OnDisk(in);
    }

    private final class OnDisk extends DelegatingSeekableInputStream {
        OnDisk(InputStream in) {
            super(in);
        }

        @Override
        public long getPos() throws IOException {
            return channel.position();
        }

        @Override
        public void seek(long position) throws IOException {
            channel.position(position);
        }
    }

    /** Reads a file at once; Parquet itself would need about twenty system calls for it. */
    private static final class InMemory extends DelegatingSeekableInputStream {
        private final Bytes bytes;

        InMemory(Bytes bytes) {
            super(bytes);
            this.bytes = bytes;
        }

        @Override
        public long getPos() {
            return bytes.position();
        }

        @Override
        public void seek(long position) {
            bytes.position(position);
        }
    }

    private static final class Bytes extends ByteArrayInputStream {
        Bytes(byte[] bytes) {
            super(bytes);
        }

        long position() {
            return pos;
        }

        void position(long position) {
            pos = Math.toIntExact(position);
        }
    }
}
