package pipeline.validator.dataset.parquet.column;

import static pipeline.validator.dataset.parquet.column.FlatFile.require;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.format.CompressionCodec;

/** The part of a column that is in one row group. */
public final class Chunk {
    /** Chunks with fewer rows have about two pages, which are read sooner than an index. */
    private static final long WORTH_AN_INDEX = 50_000;

    /**
     * What the footer says of a chunk of 64-bit numbers, or an index of one of its pages.
     *
     * @param first the smallest value, or more than {@code last} if all are null
     */
    public record Bounds(long nulls, long first, long last) {}

    private final FlatColumn column;
    private CompressionCodec codec;
    private long values;
    private long bytes;
    private long dataStart;
    private long dictionaryStart;

    private long nulls = -1;
    private byte[] first;
    private byte[] last;
    /** The bounds that older writers give. Their order is right for signed numbers only. */
    private byte[] oldFirst;

    private byte[] oldLast;

    private long indexStart;
    private int indexBytes;

    private Chunk(FlatColumn column) {
        this.column = column;
    }

    /** @return null if the column is null */
    static Chunk read(ThriftReader in, FlatColumn column) throws IOException {
        Chunk chunk = new Chunk(column);
        in.begin();
        while (in.nextField()) {
            if (column == null) {
                in.skip();
                continue;
            }
            switch (in.field()) {
                case 3 -> chunk.readMetadata(in);
                case 6 -> chunk.indexStart = in.number();
                case 7 -> chunk.indexBytes = in.smallNumber();
                case 1, 8 -> require(false); // file_path, crypto_metadata
                default -> in.skip();
            }
        }
        require(column == null || chunk.codec != null);
        return column == null ? null : chunk;
    }

    private void readMetadata(ThriftReader in) throws IOException {
        in.begin();
        while (in.nextField()) {
            switch (in.field()) {
                case 3 -> require(in.list() == 1 && in.string().equals(column.name()));
                case 4 -> codec = CompressionCodec.findByValue(in.smallNumber());
                case 5 -> values = in.number();
                case 7 -> bytes = in.number();
                case 9 -> dataStart = in.number();
                case 11 -> dictionaryStart = in.number();
                case 12 -> readStatistics(in);
                default -> in.skip();
            }
        }
    }

    private void readStatistics(ThriftReader in) {
        in.begin();
        while (in.nextField()) {
            switch (in.field()) {
                case 1 -> oldLast = in.binary();
                case 2 -> oldFirst = in.binary();
                case 3 -> nulls = in.number();
                case 5 -> last = in.binary();
                case 6 -> first = in.binary();
                default -> in.skip();
            }
        }
    }

    FlatColumn column() {
        return column;
    }

    CompressionCodec codec() {
        return codec;
    }

    /** Returns how many values it has, with nulls. */
    long values() {
        return values;
    }

    /** Returns where the first page is. */
    long start() {
        return dictionaryStart > 0 ? Math.min(dictionaryStart, dataStart) : dataStart;
    }

    long end() {
        return start() + bytes;
    }

    /** Returns null if the footer does not have them. */
    public Bounds bounds() {
        if (nulls < 0) {
            return null;
        }
        if (nulls == values) {
            return new Bounds(nulls, Long.MAX_VALUE, Long.MIN_VALUE);
        }
        byte[] from = first == null ? oldFirst : first;
        byte[] to = last == null ? oldLast : last;
        return from == null || to == null || from.length != Long.BYTES || to.length != Long.BYTES
                ? null
                : new Bounds(nulls, number(from), number(to));
    }

    /** Returns the bounds of each page; none if the file does not have them, if there are nulls, or only a few pages. */
    List<Bounds> pageBounds(FileBytes file) throws IOException {
        if (nulls != 0 || indexBytes <= 0 || values < WORTH_AN_INDEX) {
            return List.of();
        }
        int from = file.load(indexStart, indexBytes, indexStart + indexBytes);
        ThriftReader in = new ThriftReader(file.array(), from, from + indexBytes);
        long[] firsts = {};
        long[] lasts = {};
        in.begin();
        while (in.nextField()) {
            switch (in.field()) {
                case 2 -> firsts = numbers(in, in.list());
                case 3 -> lasts = numbers(in, in.list());
                default -> in.skip();
            }
        }
        List<Bounds> bounds = new ArrayList<>();
        for (int page = 0; page < firsts.length; page++) {
            bounds.add(new Bounds(0, firsts[page], lasts[page]));
        }
        return bounds;
    }

    private long[] numbers(ThriftReader in, int count) throws IOException {
        require(count <= indexBytes); // of a damaged file, the number can be any
        long[] numbers = new long[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = number(in.binary());
        }
        return numbers;
    }

    private static long number(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
    }
}
