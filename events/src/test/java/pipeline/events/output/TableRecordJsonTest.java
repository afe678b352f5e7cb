package pipeline.events.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import pipeline.events.offsets.OffsetRange;
import pipeline.events.offsets.ReadOffsets;
import pipeline.events.output.TableRecord.Commit;
import pipeline.events.output.TableRecord.Counts;

class TableRecordJsonTest {
    private static final TableRecord RECORD = secondBatch();
    private static final String JSON = TableRecordJson.encode(RECORD);

    /** Returns what the ledger's example has read, after a batch of 100 events in partition 0. */
    private static TableRecord secondBatch() {
        LedgerRecord example = SampleRecords.recordWithSchema();
        TableRecord first = TableRecord.after(
                Optional.empty(),
                commit(11),
                example.topic(),
                Optional.empty(),
                ReadOffsets.of(Map.of(0, new OffsetRange(0, 100))),
                99,
                List.of());
        return after(first, example, 98);
    }

    private static TableRecord after(TableRecord before, LedgerRecord read, long rows) {
        List<LedgerFile> files = List.of(new LedgerFile("file:/lake/rejected_1/data/a.parquet", 5, 311));
        return TableRecord.after(
                Optional.ofNullable(before), commit(12), read.topic(), read.schema(), read.read(), rows, files);
    }

    private static Commit commit(long seq) {
        return new Commit("1", seq, "a1b2", Instant.parse("2026-11-22T12:34:56.123456Z"));
    }

    @Test
    void encodesAsDocumented() {
        assertThat(JSON)
                .isEqualTo(
                        """
                        {"version":1,"run":"1","seq":12,"attempt":"a1b2","committedAt":"2026-11-22T12:34:56.123456Z",\
                        "topic":"events","topicId":"YQmZ0TGQQgSLh3DJWIXyXg","clusterId":"5L6g3nShT-eMCtK--X86sw",\
                        "schema":"%s",\
                        "offsets":{"0":{"from":100,"until":158},"1":{"from":7,"until":58},"2":{"from":9,"until":9}},\
                        "gaps":[{"partition":0,"from":100,"until":105,"reason":"aged out before it was read"}],\
                        "absent":{"file":"0000000012.absent","bytes":51,"offsets":{"0":3,"1":1}},\
                        "lastRead":{"0":{"offset":156,"timestamp":1763812345678,"hash":"0123456789abcdef"},\
                        "2":{"offset":8,"timestamp":-1,"hash":"fedcba9876543210"}},\
                        "events":100,"rows":98,"rejected":2,\
                        "rejectedFiles":[{"path":"file:/lake/rejected_1/data/a.parquet","rows":5,"bytes":311}],\
                        "total":{"events":200,"rows":197,"rejected":3,"gaps":5,"absent":4,\
                        "first":{"0":0,"1":7,"2":9}}}"""
                                .formatted("0123456789abcdef".repeat(4)));
    }

    @Test
    void decodesWhatItEncodes() throws Exception {
        assertThat(TableRecordJson.decode(JSON)).isEqualTo(RECORD);
        Random random = new Random(1);
        for (int i = 0; i < 1000; i++) {
            LedgerRecord ledger = SampleRecords.random(random);
            TableRecord record = after(null, ledger, ledger.rows());
            assertThat(TableRecordJson.decode(TableRecordJson.encode(record))).isEqualTo(record);
        }
    }

    @Test
    void sumsUpTheBatches() {
        assertThat(RECORD.batch()).isEqualTo(new Counts(98, 2, 5, 4));
        assertThat(RECORD.total()).isEqualTo(new Counts(197, 3, 5, 4));
        assertThat(RECORD.first()).isEqualTo(new TreeMap<>(Map.of(0, 0L, 1, 7L, 2, 9L)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            "version":1       | "version":2        | version 2, this reader knows 1
            "run":"1",        |                    | run is missing
            "rows":98         | "rows":97          | events is 100, but rows + rejected is 99
            "events":100,"rows":98 | "events":99,"rows":97 | events is 99, but offsets less gaps and absent is 100
            "events":200      | "events":201       | total events is 201, but total rows + rejected is 200
            "gaps":5          | "gaps":4           | number of all offsets is 209, but total events, gaps and absent is 208
            "first":{"0":0    | "first":{"0":1     | number of all offsets is 208, but total events, gaps and absent is 209
            "first":{"0":0    | "first":{"0":159   | not an offset range: 159 to 158
            "first":{"0":0    | "first":{"3":0     | the partitions of first are not those of offsets
            "absent":4        | "absent":9223372036854775807 | numbers too large to add up
            "schema":"0       | "schema":"         | schema is not a SHA-256 in hexadecimal digits
            "rows":5          | "rows":"5"         | rows is not a whole number
            {"0":3,"1":1}     | {"0":54,"1":1}     | partition 0 cannot have 54 absent offsets
            """)
    void rejectsADamagedRecord(String correct, String wrong, String problem) {
        String json = JSON.replace(correct, wrong == null ? "" : wrong);

        assertThat(json).isNotEqualTo(JSON);
        assertThatThrownBy(() -> TableRecordJson.decode(json))
                .isInstanceOf(LedgerFormatException.class)
                .hasMessage(problem);
    }

    @Test
    void rejectsWhatIsNoObject() {
        assertThatThrownBy(() -> TableRecordJson.decode("[]")).hasMessage("not a JSON object");
    }
}
