package pipeline.launcher.progress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;
import static pipeline.launcher.progress.Records.record;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pipeline.events.offsets.OffsetGap;
import pipeline.events.output.LedgerFormatException;

class LedgerReadingTest {
    @TempDir
    private Path temp;

    @Test
    void isAtNothingWithoutALedger() throws IOException {
        assertThat(LedgerTotals.NONE.withNewRecords(ledger())).isEqualTo(LedgerTotals.NONE);
    }

    @Test
    void addsUpTheRecords() throws IOException {
        Records.write(ledger(), record(0, 0, 10, 1));
        Records.write(ledger(), record(1, 11, 20, 2, new OffsetGap(0, 11, 14, "gone")));

        LedgerTotals totals = LedgerTotals.NONE.withNewRecords(ledger());

        assertThat(totals).isEqualTo(new LedgerTotals(2, 30, 3, 3, 0, Map.of(0, 36L)));
    }

    @Test
    void continuesWithWhatWasCommittedSince() throws IOException {
        Records.write(ledger(), record(0, 0, 10, 0));
        LedgerTotals first = LedgerTotals.NONE.withNewRecords(ledger());
        Records.write(ledger(), record(1, 10, 5, 0));

        LedgerTotals totals = first.withNewRecords(ledger());

        assertThat(totals.rows()).isEqualTo(15);
        assertThat(totals.until()).containsExactly(entry(0, 15L));
    }

    @Test
    void namesTheRecordThatIsNone() throws IOException {
        Files.createDirectories(ledger());
        Path file = Files.writeString(ledger().resolve("0000000000.json"), "{}");

        assertThatThrownBy(() -> LedgerTotals.NONE.withNewRecords(ledger()))
                .isInstanceOf(LedgerFormatException.class)
                .hasMessageStartingWith(file + ": ");
    }

    private Path ledger() {
        return temp.resolve("_ledger");
    }
}
