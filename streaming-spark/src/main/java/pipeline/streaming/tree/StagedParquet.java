package pipeline.streaming.tree;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.column.ColumnReadStore;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.impl.ColumnReadStoreImpl;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.example.DummyRecordConverter;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Types;
import pipeline.events.output.OutputTree;
import pipeline.streaming.records.TopicLog.OffsetAction;

/** A staged Parquet file, whose rows and offsets are read back from the file. */
record StagedParquet(Path file, Configuration hadoop) {
    private static final MessageType OFFSETS = Types.buildMessage()
            .required(PrimitiveTypeName.INT32)
            .named(OutputTree.KAFKA_PARTITION)
            .required(PrimitiveTypeName.INT64)
            .named(OutputTree.KAFKA_OFFSET)
            .named("offsets");

    /** Returns the number of rows in its footer. */
    long rows() throws IOException {
        try (ParquetFileReader reader = open()) {
            return reader.getRecordCount();
        }
    }

    void forEachOffset(OffsetAction action) throws IOException {
        try (ParquetFileReader reader = open()) {
            String writer = reader.getFileMetaData().getCreatedBy();
            reader.setRequestedSchema(OFFSETS);
            for (PageReadStore pages = reader.readNextRowGroup(); pages != null; pages = reader.readNextRowGroup()) {
                ColumnReadStore columns = new ColumnReadStoreImpl(
                        pages, new DummyRecordConverter(OFFSETS).getRootConverter(), OFFSETS, writer);
                ColumnReader partitions =
                        columns.getColumnReader(OFFSETS.getColumns().get(0));
                ColumnReader offsets =
                        columns.getColumnReader(OFFSETS.getColumns().get(1));
                for (long row = 0; row < pages.getRowCount(); row++) {
                    action.accept(partitions.getInteger(), offsets.getLong());
                    partitions.consume();
                    offsets.consume();
                }
            }
        }
    }

    private ParquetFileReader open() throws IOException {
        return ParquetFileReader.open(HadoopInputFile.fromPath(new org.apache.hadoop.fs.Path(file.toUri()), hadoop));
    }
}
