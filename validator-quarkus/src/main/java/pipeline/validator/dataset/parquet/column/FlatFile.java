package pipeline.validator.dataset.parquet.column;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.Util;

/**
 * The columns at the top level of a Parquet file. Knows what common writers write. Anything else, and any damage, is an
 * exception without a message for people: then Parquet's own reader has to read the file, or to say what is wrong with it.
 */
public final class FlatFile implements AutoCloseable {
    private static final int FOOTER_AT_MOST = 64 * 1024;
    /** The footer's length and the letters PAR1 end each file. */
    private static final int END = 8;

    private static final int PAR1 = 0x31524150;

    private final Buffers buffers = Buffers.take();
    private final FileBytes bytes;
    private final FileMetaData footer;
    private final Map<String, FlatColumn> columns = new HashMap<>();

    public FlatFile(SeekableByteChannel channel, long size) throws IOException {
        bytes = new FileBytes(channel, size, buffers);
        int tail = (int) Math.min(size, FOOTER_AT_MOST);
        bytes.load(size - tail, tail, size);
        int end = bytes.load(size - END, END, size);
        ByteBuffer lengthAndMagic = ByteBuffer.wrap(bytes.array(), end, END).order(ByteOrder.LITTLE_ENDIAN);
        int length = lengthAndMagic.getInt();
        require(lengthAndMagic.getInt() == PAR1);
        int from = bytes.load(size - END - length, length, size);
        footer = Util.readFileMetaData(new ByteArrayInputStream(bytes.array(), from, length));
        require(!footer.isSetEncryption_algorithm());
        findColumns();
    }

    /** The schema is a tree in the order of a walk through it; each leaf has a chunk in each row group. */
    private void findColumns() {
        List<SchemaElement> schema = footer.getSchema();
        int chunk = 0;
        int next = 1;
        while (next < schema.size()) {
            SchemaElement element = schema.get(next);
            columns.put(element.getName(), new FlatColumn(element, chunk));
            for (int pending = 1; pending > 0; pending--) {
                int children = schema.get(next).getNum_children();
                pending += children;
                chunk += children == 0 ? 1 : 0;
                next++;
            }
        }
    }

    /** Returns a column, or a group of columns, that is not within another one. */
    public Optional<FlatColumn> column(String name) {
        return Optional.ofNullable(columns.get(name));
    }

    public long rows() {
        return footer.getNum_rows();
    }

    /** Returns a column's part of each row group that has rows. */
    public List<Chunk> chunks(FlatColumn column) throws IOException {
        List<Chunk> chunks = new ArrayList<>();
        for (RowGroup group : footer.getRow_groups()) {
            if (group.getNum_rows() > 0) {
                ColumnChunk chunk = group.getColumns().get(column.chunk());
                require(!chunk.isSetFile_path() && !chunk.isSetCrypto_metadata());
                ColumnMetaData metadata = chunk.getMeta_data();
                require(metadata.getNum_values() == group.getNum_rows()
                        && metadata.getPath_in_schema().equals(List.of(column.name())));
                chunks.add(new Chunk(column, metadata));
            }
        }
        return chunks;
    }

    /** Passes on all values and nulls of a column, in any order. */
    public void read(FlatColumn column, Values values) throws IOException {
        for (Chunk chunk : chunks(column)) {
            new ChunkReader(bytes, chunk, values, buffers).read();
        }
    }

    /** Leaves the channel open. */
    @Override
    public void close() {
        buffers.release();
    }

    static void require(boolean condition) throws IOException {
        if (!condition) {
            throw new IOException("not for this reader");
        }
    }
}
