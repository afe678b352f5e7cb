package pipeline.launcher.progress;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import pipeline.events.output.LedgerFormatException;
import pipeline.events.output.LedgerJson;
import pipeline.events.output.OutputTree;

/** Adds up a ledger record by record. Record numbers have no gaps, so the folder is never listed. */
public final class LedgerFollower {
    private final Path ledger;
    private LedgerTotals totals = LedgerTotals.NONE;

    public LedgerFollower(Path ledger) {
        this.ledger = ledger;
    }

    /** Returns the totals of all records committed so far. */
    public LedgerTotals read() throws IOException {
        while (true) {
            Path file = ledger.resolve(OutputTree.recordName(totals.records()));
            try {
                totals = totals.plus(LedgerJson.decode(Files.readAllBytes(file)));
            } catch (NoSuchFileException e) {
                return totals;
            } catch (LedgerFormatException e) {
                throw new LedgerFormatException(file + ": " + e.getMessage());
            }
        }
    }
}
