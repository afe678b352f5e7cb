package pipeline.validator.dataset.parquet.column;

import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.util.Native;
import io.airlift.compress.Decompressor;
import io.airlift.compress.lz4.Lz4Decompressor;
import io.airlift.compress.snappy.SnappyDecompressor;
import io.airlift.compress.zstd.ZstdDecompressor;
import io.quarkus.runtime.ImageMode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.zip.GZIPInputStream;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.xerial.snappy.Snappy;
import org.xerial.snappy.SnappyError;

/**
 * Decompresses without Hadoop's codec classes, with which Parquet's own factory fails in a native image. Pure Java, except
 * for zstd and snappy if the JVM can load their libraries: a new process then reads ten million rows in less than half the CPU
 * time, since a pure decompressor has to be compiled first. Supports zstd (the job's), snappy (Spark's default), gzip, lz4_raw
 * and no compression. Safe for use by many threads.
 *
 * @param libraries whether to use the libraries if possible
 */
public record PortableCodecs(boolean libraries) implements CompressionCodecFactory {
    /**
     * Whether libraries can be loaded. A constant, so that a native image leaves out the code that uses them: there this
     * class is initialized at build time, and a library would be loaded into the builder but be missing in the binary.
     */
    private static final boolean HAS_LIBRARIES = !ImageMode.current().isNativeImage();

    /** Aircompressor's decompressors have tables of up to 200 kB to reuse, but are for one thread at a time. */
    private static final ThreadLocal<Decompressor> ZSTD = ThreadLocal.withInitial(ZstdDecompressor::new);

    private static final ThreadLocal<Decompressor> SNAPPY = ThreadLocal.withInitial(SnappyDecompressor::new);
    private static final ThreadLocal<Decompressor> LZ4 = ThreadLocal.withInitial(Lz4Decompressor::new);

    public PortableCodecs() {
        this(true);
    }

    /** For a page that is not compressed though its chunk has a codec. */
    static final Block NO_CODEC = PortableCodecs::copy;

    /** Decompresses a page into the first {@code plainSize} bytes of an array. */
    interface Block {
        void decompress(byte[] bytes, int from, int size, byte[] plain, int plainSize) throws IOException;
    }

    @Override
    public BytesInputDecompressor getDecompressor(CompressionCodecName codec) {
        return new Pages(block(codec));
    }

    Block block(CompressionCodecName codec) {
        return switch (codec) {
            case UNCOMPRESSED -> NO_CODEC;
            case ZSTD -> HAS_LIBRARIES && libraries && ZstdLibrary.LOADED ? ZstdLibrary::decompress : block(ZSTD);
            case SNAPPY ->
                HAS_LIBRARIES && libraries && SnappyLibrary.LOADED ? SnappyLibrary::decompress : block(SNAPPY);
            case LZ4_RAW -> block(LZ4);
            case GZIP -> PortableCodecs::gunzip;
            default ->
                throw new IllegalArgumentException(
                        "compressed with " + codec + "; zstd, snappy, gzip and lz4_raw can be read");
        };
    }

    private static Block block(ThreadLocal<Decompressor> decompressor) {
        return (bytes, from, size, plain, plainSize) ->
                requireLength(decompressor.get().decompress(bytes, from, size, plain, 0, plainSize), plainSize);
    }

    private static void copy(byte[] bytes, int from, int size, byte[] plain, int plainSize) throws IOException {
        requireLength(size, plainSize);
        System.arraycopy(bytes, from, plain, 0, size);
    }

    /** A class of its own, so that the library is loaded when a file needs it. */
    private static final class ZstdLibrary {
        static final boolean LOADED = load();

        /** Creating one takes a seventh of the time to read a file of a hundred rows. */
        private static final ThreadLocal<ZstdDecompressCtx> CONTEXT = ThreadLocal.withInitial(ZstdDecompressCtx::new);

        static void decompress(byte[] bytes, int from, int size, byte[] plain, int plainSize) throws IOException {
            requireLength(CONTEXT.get().decompressByteArray(plain, 0, plainSize, bytes, from, size), plainSize);
        }

        private static boolean load() {
            try {
                Native.load();
                return true;
            } catch (LinkageError e) {
                return false;
            }
        }
    }

    private static final class SnappyLibrary {
        static final boolean LOADED = load();

        static void decompress(byte[] bytes, int from, int size, byte[] plain, int plainSize) throws IOException {
            // The library does not know where the array ends.
            requireLength(Snappy.uncompressedLength(bytes, from, size), plainSize);
            requireLength(Snappy.uncompress(bytes, from, size, plain, 0), plainSize);
        }

        private static boolean load() {
            try {
                return Snappy.getNativeLibraryVersion() != null;
            } catch (LinkageError | SnappyError e) {
                return false;
            }
        }
    }

    private static void gunzip(byte[] bytes, int from, int size, byte[] plain, int plainSize) throws IOException {
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes, from, size))) {
            requireLength(in.readNBytes(plain, 0, plainSize), plainSize);
        }
    }

    private static void requireLength(long length, int expected) throws IOException {
        if (length != expected) {
            throw new IOException("a page has " + length + " bytes instead of " + expected);
        }
    }

    @Override
    public BytesInputCompressor getCompressor(CompressionCodecName codec) {
        throw new UnsupportedOperationException("the validator only reads");
    }

    @Override
    public void release() {
        // nothing is held
    }

    private record Pages(Block block) implements BytesInputDecompressor {
        @Override
        public BytesInput decompress(BytesInput bytes, int plainSize) throws IOException {
            return BytesInput.from(plain(bytes.toByteArray(), plainSize));
        }

        @Override
        public void decompress(ByteBuffer input, int compressedSize, ByteBuffer output, int plainSize)
                throws IOException {
            byte[] bytes = new byte[compressedSize];
            input.get(bytes);
            output.put(plain(bytes, plainSize));
        }

        private byte[] plain(byte[] compressed, int plainSize) throws IOException {
            byte[] plain = new byte[plainSize];
            block.decompress(compressed, 0, compressed.length, plain, plainSize);
            return plain;
        }

        @Override
        public void release() {
            // nothing is held
        }
    }
}
