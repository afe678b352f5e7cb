package pipeline.validator.dataset.ledger;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import pipeline.events.output.LedgerFormatException;
import pipeline.events.output.LedgerJson;
import pipeline.events.output.LedgerRecord;
import pipeline.events.output.OutputTree;
import pipeline.validator.dataset.storage.Storage;
import pipeline.validator.dataset.storage.StorageException;

/**
 * The folder with the records of one run's ledger.
 *
 * @param path relative to the tree's root
 */
public record LedgerFolder(Storage storage, String path) {
    /**
     * @param stamp null if the file was deleted meanwhile
     * @param record null if it cannot be read
     * @param problem why it cannot be read, or null
     */
    public record Found(String path, Storage.Stamp stamp, LedgerRecord record, String problem) {}

    /** Returns the numbers of all records, in ascending order. */
    public List<Long> list() {
        List<Long> seqs = new ArrayList<>();
        storage.forEach(path, file -> OutputTree.seqOfRecord(file.name()).ifPresent(seqs::add));
        Collections.sort(seqs);
        return seqs;
    }

    public String path(long seq) {
        return path + "/" + OutputTree.recordName(seq);
    }

    public boolean has(long seq) {
        return storage.find(path(seq)).isPresent();
    }

    /** @throws StorageException if the file cannot be read at all */
    public Found read(long seq) {
        String record = path(seq);
        Storage.Stamp stamp = storage.find(record).map(Storage.Entry::stamp).orElse(null);
        try {
            return new Found(record, stamp, LedgerJson.decode(storage.read(record)), null);
        } catch (LedgerFormatException e) {
            return new Found(record, stamp, null, record + " is not a valid ledger record: " + e.getMessage());
        } catch (IOException e) {
            throw new StorageException(storage.describe(record) + " can't be read: " + e.getMessage(), e);
        }
    }
}
