package pipeline.validator.dataset.parquet.column;

import static pipeline.validator.dataset.parquet.column.FlatFile.require;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.zip.CRC32;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.PageType;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/** Reads one chunk of a column page by page: plain values, and those with a dictionary. */
final class ChunkReader {
    private static final PortableCodecs CODECS = new PortableCodecs();
    /** Headers are a few dozen bytes, but may contain the smallest and the largest value. */
    private static final int HEADER_AT_MOST = 64 * 1024;

    private final FileBytes bytes;
    private final Chunk chunk;
    private final Values values;
    private final PortableCodecs.Block codec;

    private byte[] page;
    private long read;
    /** Empty if all pages are needed. */
    private List<Chunk.Bounds> bounds = List.of();

    private int pages;

    ChunkReader(FileBytes bytes, Chunk chunk, Values values) {
        this.bytes = bytes;
        this.chunk = chunk;
        this.values = values;
        codec = CODECS.block(CompressionCodecName.fromParquet(chunk.codec()));
    }

    void read() throws IOException {
        if (values.choosesPages()) {
            bounds = chunk.pageBounds(bytes);
        }
        long position = chunk.start();
        while (read < chunk.values()) {
            int ahead = (int) Math.min(HEADER_AT_MOST, chunk.end() - position);
            int from = bytes.load(position, ahead, chunk.end());
            ThriftReader in = new ThriftReader(bytes.array(), from, from + ahead);
            PageHeader header = PageHeader.read(in);
            position += in.position() - from;
            if (header.type() == PageType.DICTIONARY_PAGE || needs(header)) {
                readPage(header, bytes.load(position, header.compressedSize(), chunk.end()));
            } else {
                values.skip(header.values());
                read += header.values();
            }
            position += header.compressedSize();
        }
        require(read == chunk.values());
        require(bounds.isEmpty() || pages == bounds.size());
    }

    private boolean needs(PageHeader header) {
        if (!values.choosesPages()) {
            return true;
        }
        int number = pages++;
        boolean isAtEnd = number == 0 || number == bounds.size() - 1;
        return values.needs(header.values(), bounds.isEmpty() ? null : bounds.get(number), isAtEnd);
    }

    /** @param from where the page's bytes start, after the header */
    private void readPage(PageHeader header, int from) throws IOException {
        if (header.crc() != null) {
            CRC32 crc = new CRC32();
            crc.update(bytes.array(), from, header.compressedSize());
            require((int) crc.getValue() == header.crc());
        }
        switch (header.type()) {
            case DICTIONARY_PAGE -> {
                require(header.encoding() == Encoding.PLAIN || header.encoding() == Encoding.PLAIN_DICTIONARY);
                int size = unpack(header, from, 0, true);
                require(values.fit(size, header.values()));
                values.setDictionary(page, size, header.values());
            }
            case DATA_PAGE -> readValues(header, unpack(header, from, 0, true));
            case DATA_PAGE_V2 -> readValuesOfVersion2(header, from);
            default -> require(false);
        }
    }

    private void readValues(PageHeader header, int size) throws IOException {
        int start = 0;
        int present = header.values();
        if (chunk.column().isOptional()) {
            require(header.levelEncoding() == Encoding.RLE);
            int levels = ByteBuffer.wrap(page, 0, size)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .getInt();
            start = Integer.BYTES + levels;
            require(levels >= 0 && start <= size);
            present = new HybridReader(page, Integer.BYTES, start, 1).sum(present);
            passLevels(page, Integer.BYTES, start, header.values(), present);
        }
        pass(header, start, size, present);
    }

    /** In this version, levels are not compressed, and the header says how many nulls there are. */
    private void readValuesOfVersion2(PageHeader header, int from) throws IOException {
        require(header.repetitionBytes() == 0 && header.levelBytes() >= 0);
        int size = unpack(header, from, header.levelBytes(), header.isCompressed());
        int present = header.values() - header.nulls();
        passLevels(bytes.array(), from, from + header.levelBytes(), header.values(), present);
        pass(header, 0, size, present);
    }

    private void passLevels(byte[] array, int start, int end, int count, int present) {
        if (present < count && values.needsLevels()) {
            int[] levels = new int[count];
            new HybridReader(array, start, end, 1).read(levels, count);
            values.setLevels(levels);
        }
    }

    /** Decompresses a page into {@link #page} without its first bytes, and returns the size in bytes. */
    private int unpack(PageHeader header, int from, int skipped, boolean compressed) throws IOException {
        int size = header.size() - skipped;
        int compressedSize = header.compressedSize() - skipped;
        require(size >= 0 && compressedSize >= 0);
        page = bytes.page(size);
        if (size > 0) {
            PortableCodecs.Block block = compressed ? codec : PortableCodecs.NO_CODEC;
            block.decompress(bytes.array(), from + skipped, compressedSize, page, size);
        }
        return size;
    }

    /** @param present how many of the page's values are not null */
    private void pass(PageHeader header, int start, int end, int present) throws IOException {
        require(present >= 0 && present <= header.values());
        switch (header.encoding()) {
            case PLAIN -> {
                require(values.fit(end - start, present));
                values.addPlain(page, start, end, present);
            }
            case PLAIN_DICTIONARY, RLE_DICTIONARY -> {
                if (present > 0) {
                    values.addIndexes(new HybridReader(page, start + 1, end, page[start]), present);
                }
            }
            default -> require(false);
        }
        values.addNulls(header.values() - present);
        read += header.values();
    }
}
