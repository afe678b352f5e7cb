package pipeline.validator.dataset.run;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import pipeline.events.output.LedgerRecord;
import pipeline.validator.dataset.ledger.LedgerFolder;

/** @param newest the number of the newest record, negative if there is none */
record LedgerHistory(String run, LedgerFolder ledger, long newest) implements RunHistory {
    @Override
    public List<String> since(Instant from) {
        return files(recordsWhile(record -> !record.committedAt().isBefore(from)));
    }

    @Override
    public List<String> holding(int rows) {
        long[] held = {0};
        return files(recordsWhile(record -> {
            boolean isNeeded = held[0] < rows;
            held[0] += record.rows();
            return isNeeded;
        }));
    }

    @Override
    public List<LedgerRecord> records(int limit) {
        int[] count = {0};
        return recordsWhile(record -> count[0]++ < limit);
    }

    private List<LedgerRecord> recordsWhile(Predicate<LedgerRecord> isWanted) {
        List<LedgerRecord> records = new ArrayList<>();
        for (long seq = newest; seq >= 0; seq--) {
            LedgerRecord record = ledger.has(seq) ? ledger.read(seq).record() : null;
            if (record != null && record.committedAt() != null) {
                if (!isWanted.test(record)) {
                    break;
                }
                records.add(record);
            }
        }
        return records;
    }

    private List<String> files(List<LedgerRecord> records) {
        return records.stream()
                .flatMap(record -> record.files().stream())
                .map(file -> run + "/" + file.path())
                .toList();
    }
}
