package pipeline.events.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OutputTreeTest {
    private static final OutputTree TREE = new OutputTree(Path.of("out"));

    @Test
    void hasTheDocumentedFolders() {
        assertThat(TREE.parquet()).isEqualTo(Path.of("out/parquet"));
        assertThat(TREE.run("a-1")).isEqualTo(Path.of("out/parquet/run_a-1"));
        assertThat(TREE.ledger("a-1")).isEqualTo(Path.of("out/parquet/run_a-1/_ledger"));
        assertThat(TREE.checkpoints("a-1")).isEqualTo(Path.of("out/parquet/run_a-1/_chk"));
        assertThat(TREE.rejected("a-1")).isEqualTo(Path.of("out/rejected/run_a-1"));
        assertThat(TREE.staging("a-1")).isEqualTo(Path.of("out/staging/run_a-1"));
    }

    /** DuckDB and Polars globs match folders with a leading underscore too. */
    @Test
    void stagesOutsideWhatReadersSee() {
        assertThat(TREE.staging("1").startsWith(TREE.parquet())).isFalse();
        assertThat(TREE.rejected("1").startsWith(TREE.parquet())).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "0,           0000000000.json",
        "12,          0000000012.json",
        "9999999999,  9999999999.json",
        "10000000000, 10000000000.json"
    })
    void namesRecordsByTenDigits(long seq, String name) {
        assertThat(OutputTree.recordName(seq)).isEqualTo(name);
    }

    @Test
    void findsTheBatchOfARecord() {
        assertThat(OutputTree.seqOfRecord("0000000012.json")).hasValue(12);
        assertThat(OutputTree.seqOfRecord("0000000012.absent")).isEmpty();
        assertThat(OutputTree.seqOfRecord("0000000012.json.tmp")).isEmpty();
        assertThat(OutputTree.seqOfRecord("12.json")).isEmpty();
    }

    @Test
    void namesPartsByBatchAndNumber() {
        assertThat(OutputTree.partName(12, 3, OutputTree.PARQUET_SUFFIX)).isEqualTo("part-0000000012-3.parquet");
        assertThat(OutputTree.partName(12, 0, OutputTree.JSON_LINES_SUFFIX)).isEqualTo("part-0000000012-0.jsonl");
    }

    @Test
    void namesSortLikeNumbers() {
        assertThat(LongStream.of(0, 1, 9, 10, 99, 100, 12345, 9_999_999_999L).mapToObj(OutputTree::recordName))
                .isSorted();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ar-EG", "fa-IR", "hi-IN-u-nu-deva", "th-TH-u-nu-thai"})
    void namesAreTheSameInEveryLocale(String locale) {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag(locale));
        try {
            assertThat(OutputTree.recordName(12)).isEqualTo("0000000012.json");
        } finally {
            Locale.setDefault(before);
        }
    }
}
