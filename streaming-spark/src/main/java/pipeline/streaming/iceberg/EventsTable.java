package pipeline.streaming.iceberg;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.Transaction;
import org.apache.iceberg.UpdateProperties;
import pipeline.events.output.LedgerFormatException;
import pipeline.events.output.OutputTables;
import pipeline.events.output.TableRecord;
import pipeline.events.output.TableRecordJson;
import pipeline.events.schema.EventSchema;
import pipeline.events.schema.file.SchemaFile;
import pipeline.events.settings.Settings;
import pipeline.streaming.iceberg.FencedTable.OtherWriterException;
import pipeline.streaming.lifecycle.CannotContinueException;
import pipeline.streaming.publish.SchemaContinuity;
import pipeline.streaming.publish.SchemaContinuity.KeptSchemas;

/** The table of a run's events, whose properties have the record of the newest batch. */
record EventsTable(FencedTable fenced, String runId, EventSchema schema) implements KeptSchemas {

    /**
     * The newest batch.
     *
     * @param text its record as the table has it, or null
     * @param record empty in a new run
     */
    record Newest(String text, Optional<TableRecord> record) {
        static final Newest NONE = new Newest(null, Optional.empty());

        static Newest of(TableRecord record) {
            return new Newest(TableRecordJson.encode(record), Optional.of(record));
        }

        long seq() {
            return record.map(newest -> newest.commit().seq()).orElse(-1L);
        }
    }

    /**
     * Reads the record of the newest batch.
     *
     * @throws CannotContinueException when there is none although the table has rows, or when it is not one of this run
     */
    Newest newest() {
        String text = fenced.newest();
        if (text == null) {
            requireEmpty();
            return Newest.NONE;
        }
        try {
            TableRecord record = TableRecordJson.decode(text);
            if (!record.commit().run().equals(runId)) {
                throw unusable("is of run " + record.commit().run());
            }
            return new Newest(text, Optional.of(record));
        } catch (LedgerFormatException e) {
            throw unusable("is damaged (" + e.getMessage() + ")");
        }
    }

    /** Without a record nobody knows where the rows end, and a run that starts over would have them twice. */
    private void requireEmpty() {
        if (table().currentSnapshot() != null) {
            throw unusable("is missing, although the table has snapshots");
        }
    }

    private CannotContinueException unusable(String how) {
        return new CannotContinueException("The record of the newest batch, property " + OutputTables.RECORD
                + " of table " + name() + ", " + how + ". Restore the property, or set " + Settings.RUN_ID
                + " to another name.");
    }

    /** @throws CannotContinueException when the table does not have the columns and partitions of a schema */
    void requireShapeOf(EventSchema written) {
        new TableShape(written).difference(table()).ifPresent(difference -> {
            throw new CannotContinueException("Table " + name() + " is not one for the events of run " + runId + ": "
                    + difference + ". Undo what changed it, or set " + Settings.RUN_ID + " to another name.");
        });
    }

    /** Returns the schema with which a batch was written. */
    EventSchema written(TableRecord record) {
        return record.schema().isEmpty() || record.schema().equals(schema.storedName())
                ? schema
                : read(record.schema().get());
    }

    /** Returns the table as it will be once a batch with the job's schema is committed. */
    Table grown() {
        Transaction transaction = fenced.begin();
        new TableShape(schema).grow(transaction);
        return transaction.table();
    }

    /**
     * Commits a batch after another one.
     *
     * @param grown the table as {@link #grown} returned it, for which the files were written
     * @throws CannotContinueException when the table has another batch by now
     */
    void commit(Newest before, Newest batch, List<DataFile> files, Table grown) {
        try {
            fenced.commit(before.text(), batch.text(), transaction -> {
                if (before.text() == null) {
                    requireEmpty();
                }
                new TableShape(schema).grow(transaction);
                requireSame(grown.schema(), grown.spec(), transaction.table());
                AppendFiles append = transaction.newAppend().set(OutputTables.RECORD, batch.text());
                files.forEach(append::appendFile);
                append.commit();
                storeSchema(transaction);
            });
        } catch (OtherWriterException e) {
            throw new CannotContinueException("Another job has committed batch " + batch.seq() + " of run " + runId
                    + ": two jobs write table " + name() + ". Stop one of them, then start this one again.");
        }
    }

    private void requireSame(Schema columns, PartitionSpec spec, Table now) {
        if (!columns.sameSchema(now.schema()) || !spec.equals(now.spec())) {
            throw new CannotContinueException("Somebody has changed the columns or partitions of table " + name()
                    + " while the job was writing. Undo this, then start the job again.");
        }
    }

    private void storeSchema(Transaction transaction) {
        schema.storedName().map(EventsTable::property).ifPresent(property -> {
            if (!transaction.table().properties().containsKey(property)) {
                UpdateProperties update = transaction.updateProperties();
                update.set(property, schema.text()).commit();
            }
        });
    }

    private static String property(String schema) {
        return OutputTables.SCHEMA_PREFIX + schema;
    }

    @Override
    public String place(String schemaName) {
        return "in property " + property(schemaName) + " of table " + name();
    }

    @Override
    public EventSchema read(String schemaName) {
        String text = table().properties().get(property(schemaName));
        if (text == null) {
            throw SchemaContinuity.unusable("property " + property(schemaName) + " of table " + name() + " is missing");
        }
        return SchemaFile.parse(place(schemaName), text.getBytes(StandardCharsets.UTF_8));
    }

    Table table() {
        return fenced.table();
    }

    String name() {
        return table().name();
    }
}
