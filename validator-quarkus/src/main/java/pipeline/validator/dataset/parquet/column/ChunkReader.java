package pipeline.validator.dataset.parquet.column;

import static pipeline.validator.dataset.parquet.column.FlatFile.require;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32;
import org.apache.parquet.format.DataPageHeader;
import org.apache.parquet.format.DataPageHeaderV2;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.Util;
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
    private final Buffers buffers;

    private byte[] page;
    private long read;

    ChunkReader(FileBytes bytes, Chunk chunk, Values values, Buffers buffers) {
        this.bytes = bytes;
        this.buffers = buffers;
        this.chunk = chunk;
        this.values = values;
        codec = CODECS.block(CompressionCodecName.fromParquet(chunk.metadata().getCodec()));
    }

    void read() throws IOException {
        long position = chunk.start();
        while (read < chunk.metadata().getNum_values()) {
            int from = bytes.load(position, (int) Math.min(HEADER_AT_MOST, chunk.end() - position), chunk.end());
            ByteArrayInputStream in = new ByteArrayInputStream(
                    bytes.array(), from, (int) Math.min(HEADER_AT_MOST, chunk.end() - position));
            int available = in.available();
            PageHeader header = Util.readPageHeader(in);
            position += available - in.available();
            readPage(header, bytes.load(position, header.getCompressed_page_size(), chunk.end()));
            position += header.getCompressed_page_size();
        }
        require(read == chunk.metadata().getNum_values());
    }

    /** @param from where the page's bytes are, behind the header */
    private void readPage(PageHeader header, int from) throws IOException {
        if (header.isSetCrc()) {
            CRC32 crc = new CRC32();
            crc.update(bytes.array(), from, header.getCompressed_page_size());
            require((int) crc.getValue() == header.getCrc());
        }
        switch (header.getType()) {
            case DICTIONARY_PAGE -> {
                Encoding encoding = header.getDictionary_page_header().getEncoding();
                require(encoding == Encoding.PLAIN || encoding == Encoding.PLAIN_DICTIONARY);
                int count = header.getDictionary_page_header().getNum_values();
                int size = unpack(header, from, 0, true);
                require(size == count * values.bytes());
                values.setDictionary(page, count);
            }
            case DATA_PAGE -> readValues(header, header.getData_page_header(), unpack(header, from, 0, true));
            case DATA_PAGE_V2 -> readValues(header, header.getData_page_header_v2(), from);
            default -> require(false);
        }
    }

    private void readValues(PageHeader header, DataPageHeader data, int size) throws IOException {
        int count = data.getNum_values();
        int start = 0;
        int present = count;
        if (chunk.column().isOptional()) {
            require(data.getDefinition_level_encoding() == Encoding.RLE);
            int levels = ByteBuffer.wrap(page, 0, size)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .getInt();
            start = Integer.BYTES + levels;
            require(levels >= 0 && start <= size);
            present = new HybridReader(page, Integer.BYTES, start, 1).sum(count);
        }
        pass(data.getEncoding(), start, size, present, count);
    }

    /** In this version, levels are not compressed, and the header says how many nulls there are. */
    private void readValues(PageHeader header, DataPageHeaderV2 data, int from) throws IOException {
        int levels = data.getDefinition_levels_byte_length();
        require(data.getRepetition_levels_byte_length() == 0 && levels >= 0);
        int size = unpack(header, from, levels, data.isIs_compressed());
        pass(data.getEncoding(), 0, size, data.getNum_values() - data.getNum_nulls(), data.getNum_values());
    }

    /** Decompresses a page but for its first bytes, and returns how many bytes it has then. */
    private int unpack(PageHeader header, int from, int skipped, boolean compressed) throws IOException {
        int size = header.getUncompressed_page_size() - skipped;
        int compressedSize = header.getCompressed_page_size() - skipped;
        require(size >= 0 && compressedSize >= 0);
        page = buffers.page(size);
        if (size > 0) {
            PortableCodecs.Block block = compressed ? codec : PortableCodecs.NO_CODEC;
            block.decompress(bytes.array(), from + skipped, compressedSize, page, size);
        }
        return size;
    }

    /** @param present how many of the page's values are not null */
    private void pass(Encoding encoding, int start, int end, int present, int count) throws IOException {
        require(present >= 0 && present <= count);
        switch (encoding) {
            case PLAIN -> {
                require(end - start == present * values.bytes());
                values.addPlain(page, start, present);
            }
            case PLAIN_DICTIONARY, RLE_DICTIONARY -> {
                if (present > 0) {
                    values.addIndexes(new HybridReader(page, start + 1, end, page[start]), present);
                }
            }
            default -> require(false);
        }
        values.addNulls(count - present);
        read += count;
    }
}
