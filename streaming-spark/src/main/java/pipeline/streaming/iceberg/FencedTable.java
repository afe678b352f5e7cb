package pipeline.streaming.iceberg;

import java.util.Objects;
import java.util.function.Consumer;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.Transaction;
import org.apache.iceberg.Transactions;
import pipeline.streaming.iceberg.PinnedOperations.LostRaceException;

/**
 * A table whose newest batch is in one of its properties, which each commit reads and replaces. So of two jobs that commit after the
 * same batch only one succeeds, and after a failure the property says what happened. Other commits, such as compaction, may come in
 * between.
 *
 * @param table from a catalog that compares the table's metadata with what a commit was based on, and replaces it, in one step
 * @param property the name of the property
 */
record FencedTable(Table table, String property) {
    /** Attempts that lose against commits of others, one after the other. */
    private static final int MOST_ATTEMPTS = 20;

    /** Somebody else has changed the property. */
    static final class OtherWriterException extends Exception {
        private static final long serialVersionUID = 1;
    }

    /** Returns the value that the table has now, or null. */
    String newest() {
        return operations().refresh().property(property, null);
    }

    /** Starts changes of the table as it is now, which {@link #commit} has to repeat. */
    Transaction begin() {
        return begin(operations().refresh());
    }

    private Transaction begin(TableMetadata base) {
        return Transactions.newTransaction(table.name(), new PinnedOperations(operations(), base));
    }

    /**
     * Commits changes together with a new value of the property. Deletes no file, whatever happens.
     *
     * @param before the value that the property must have, or null
     * @param after its new value, which no other commit sets unless it makes the same changes
     * @param changes what else the transaction does, in each attempt
     * @throws OtherWriterException when the property has another value
     * @throws RuntimeException when it still has the earlier value, because the commit failed, or when it cannot be read
     */
    void commit(String before, String after, Consumer<Transaction> changes) throws OtherWriterException {
        RuntimeException failure = null;
        for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
            TableMetadata base = operations().refresh();
            String newest = base.property(property, null);
            if (after.equals(newest)) {
                return;
            }
            if (!Objects.equals(before, newest)) {
                throw new OtherWriterException();
            }
            if (failure != null && !(failure instanceof LostRaceException)) {
                throw failure;
            }
            try {
                commit(base, after, changes);
                return;
            } catch (RuntimeException e) {
                failure = e;
            }
        }
        throw failure;
    }

    private void commit(TableMetadata base, String after, Consumer<Transaction> changes) {
        Transaction transaction = begin(base);
        changes.accept(transaction);
        transaction.updateProperties().set(property, after).commit();
        transaction.commitTransaction();
    }

    private TableOperations operations() {
        return ((BaseTable) table).operations();
    }
}
