package pipeline.validator.dataset.run;

import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import pipeline.events.output.LedgerRecord;
import pipeline.validator.dataset.ledger.LedgerFolder;

/** @param newest the number of the newest record, negative if there is none */
record LedgerHistory(String run, LedgerFolder ledger, long newest) implements RunHistory {
    @Override
    public List<String> since(Instant from) {
        return files(records().takeWhile(record -> !record.committedAt().isBefore(from)));
    }

    @Override
    public List<String> holding(int rows) {
        long[] held = {0};
        return files(records().takeWhile(record -> {
            boolean isNeeded = held[0] < rows;
            held[0] += record.rows();
            return isNeeded;
        }));
    }

    @Override
    public List<LedgerRecord> records(int limit) {
        return records().limit(limit).toList();
    }

    /** Reads the records one by one, from the newest backwards, only as far as they are asked for. */
    private Stream<LedgerRecord> records() {
        return LongStream.rangeClosed(0, newest)
                .map(age -> newest - age)
                .filter(ledger::has)
                .mapToObj(seq -> ledger.read(seq).record())
                .filter(record -> record != null && record.committedAt() != null);
    }

    private List<String> files(Stream<LedgerRecord> records) {
        return records.flatMap(record -> record.files().stream())
                .map(file -> run + "/" + file.path())
                .toList();
    }
}
