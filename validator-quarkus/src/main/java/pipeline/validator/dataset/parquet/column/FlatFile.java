package pipeline.validator.dataset.parquet.column;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The columns at the top level of a Parquet file. Supports what common writers write. Anything else, and any damage, causes an
 * exception without a message for people: then Parquet's own reader has to read the file, or to say what is wrong with it.
 * The numbers of fields are those of <a href="https://github.com/apache/parquet-format/blob/master/src/main/thrift/parquet.thrift">
 * parquet.thrift</a>.
 */
public final class FlatFile implements AutoCloseable {
    private static final int FOOTER_AT_MOST = 64 * 1024;
    /** The footer's length and the letters PAR1 end each file. */
    private static final int END = 8;

    private static final int PAR1 = 0x31524150;

    private final FileBytes bytes;
    private final Map<String, FlatColumn> columns = new HashMap<>();
    /** The column of each leaf of the schema, null for one within a group. */
    private final List<FlatColumn> leaves = new ArrayList<>();

    private long rows;

    public FlatFile(SeekableByteChannel channel, long size) throws IOException {
        bytes = new FileBytes(channel, size);
        int tail = (int) Math.min(size, FOOTER_AT_MOST);
        bytes.load(size - tail, tail, size);
        int end = bytes.load(size - END, END, size);
        ByteBuffer lengthAndMagic = ByteBuffer.wrap(bytes.array(), end, END).order(ByteOrder.LITTLE_ENDIAN);
        int length = lengthAndMagic.getInt();
        require(lengthAndMagic.getInt() == PAR1);
        int from = bytes.load(size - END - length, length, size);
        readFooter(new ThriftReader(bytes.array(), from, from + length));
    }

    private void readFooter(ThriftReader in) throws IOException {
        in.begin();
        while (in.nextField()) {
            switch (in.field()) {
                case 2 -> readSchema(in);
                case 3 -> rows = in.number();
                case 4 -> {
                    int groups = in.list();
                    for (int i = 0; i < groups; i++) {
                        readRowGroup(in);
                    }
                }
                case 8 -> require(false); // encryption_algorithm
                default -> in.skip();
            }
        }
    }

    /** The schema is a tree, written depth first. Each leaf has a chunk in each row group. */
    private void readSchema(ThriftReader in) {
        int left = in.list() - 1;
        FlatColumn.read(in);
        while (left > 0) {
            FlatColumn column = FlatColumn.read(in);
            columns.put(column.name(), column);
            left--;
            if (column.children() == 0) {
                leaves.add(column);
            }
            for (int pending = column.children(); pending > 0; pending--) {
                int children = FlatColumn.read(in).children();
                left--;
                pending += children;
                if (children == 0) {
                    leaves.add(null);
                }
            }
        }
    }

    private void readRowGroup(ThriftReader in) throws IOException {
        List<Chunk> chunks = new ArrayList<>();
        long groupRows = -1;
        in.begin();
        while (in.nextField()) {
            switch (in.field()) {
                case 1 -> {
                    require(in.list() == leaves.size());
                    for (FlatColumn column : leaves) {
                        chunks.add(Chunk.read(in, column));
                    }
                }
                case 3 -> groupRows = in.number();
                default -> in.skip();
            }
        }
        for (Chunk chunk : chunks) {
            if (chunk != null && groupRows != 0) {
                require(chunk.values() == groupRows);
                chunk.column().chunks().add(chunk);
            }
        }
    }

    /** Returns a column, or a group of columns, that is not within another one. */
    public Optional<FlatColumn> column(String name) {
        return Optional.ofNullable(columns.get(name));
    }

    public long rows() {
        return rows;
    }

    /** Passes on all values and nulls of a column, in any order. */
    public void read(FlatColumn column, Values values) throws IOException {
        for (Chunk chunk : column.chunks()) {
            new ChunkReader(bytes, chunk, values).read();
        }
    }

    /** Leaves the channel open. */
    @Override
    public void close() {
        bytes.release();
    }

    static void require(boolean condition) throws IOException {
        if (!condition) {
            throw new IOException("not for this reader");
        }
    }
}
