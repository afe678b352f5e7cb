package pipeline.events.output;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;
import static pipeline.events.output.SampleRecords.anyPrepared;
import static pipeline.events.output.SampleRecords.anyRecord;
import static pipeline.events.output.SampleRecords.recordWithAbsent;
import static pipeline.events.output.SampleRecords.recordWithSchema;

import java.nio.charset.Charset;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import pipeline.events.offsets.OffsetRange;
import pipeline.events.offsets.ReadOffsets;
import pipeline.events.offsets.TopicIdentity;

class LedgerJsonTest {
    private static final String JSON = new String(LedgerJson.encode(anyRecord()), UTF_8);
    private static final String WITH_ABSENT = new String(LedgerJson.encode(recordWithAbsent()), UTF_8);
    private static final String PREPARED = new String(LedgerJson.encode(anyPrepared()), UTF_8);

    @Test
    void encodesAsDocumented() {
        assertThat(JSON)
                .isEqualTo(
                        """
                        {"version":1,"seq":12,"committedAt":"2026-11-22T12:34:56.123456Z",\
                        "topic":"events","topicId":"YQmZ0TGQQgSLh3DJWIXyXg","clusterId":"5L6g3nShT-eMCtK--X86sw",\
                        "offsets":{"0":{"from":100,"until":155},"1":{"from":7,"until":57},"2":{"from":9,"until":9}},\
                        "gaps":[{"partition":0,"from":100,"until":105,"reason":"aged out before it was read"}],\
                        "events":100,"rows":98,"rejected":2,\
                        "files":[{"path":"id=0/part-0000000012-0.parquet","rows":20,"bytes":1843},\
                        {"path":"id=4/part-0000000012-1.parquet","rows":78,"bytes":2999}],\
                        "rejectedFiles":[{"path":"part-0000000012-0.jsonl","rows":2,"bytes":311}]}""");
    }

    @Test
    void encodesAbsentOffsetsAndLastRecordsAsDocumented() throws Exception {
        assertThat(WITH_ABSENT)
                .startsWith("{\"version\":2,")
                .contains(
                        """
                        "absent":{"file":"0000000012.absent","bytes":51,"offsets":{"0":3,"1":1}},\
                        "lastRead":{"0":{"offset":156,"timestamp":1763812345678,"hash":"0123456789abcdef"},\
                        "2":{"offset":8,"timestamp":-1,"hash":"fedcba9876543210"}},\
                        "events":100,""");
        assertThat(LedgerJson.decode(WITH_ABSENT.getBytes(UTF_8))).isEqualTo(recordWithAbsent());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            "version":2       | "version":1        | version is 1, but that of its fields is 2
            "0":3,"1":1       | "0":4,"1":1        | events is 100, but offsets less gaps and absent is 99
            "0":3,"1":1       | "0":3,"1":0        | partition 1 cannot have 0 absent offsets
            "0":3,"1":1       | "0":54,"1":1       | partition 0 cannot have 54 absent offsets
            "0":3,"1":1       | "0":3,"5":1        | partition 5 cannot have 1 absent offsets
            "bytes":51        | "bytes":-1         | bytes is below 0: -1
            "timestamp":-1    | "timestamp":"-1"   | timestamp is not a whole number
            "hash":"fed       | "hash":1,"x":"fed  | hash is not a string
            """)
    void rejectsWrongAbsentOffsetsAndLastRecords(String correct, String wrong, String problem) {
        String json = WITH_ABSENT.replace(correct, wrong);

        assertThat(json).isNotEqualTo(WITH_ABSENT);
        assertThatThrownBy(() -> LedgerJson.decode(json.getBytes(UTF_8)))
                .isInstanceOf(LedgerFormatException.class)
                .hasMessage(problem);
    }

    @Test
    void wantsASourceForTheFileOfAbsentOffsets() {
        PreparedBatch batch =
                new PreparedBatch(recordWithAbsent(), anyPrepared().sources());

        assertThatThrownBy(() -> LedgerJson.decodePrepared(LedgerJson.encode(batch)))
                .hasMessage("number of sources is 3, but number of files is 4");
    }

    @Test
    void decodesTheVerdictThatItEncodes() throws Exception {
        StopVerdict verdict =
                new StopVerdict(Instant.parse("2026-11-22T12:00:00Z"), List.of(0, 2), "Kafka lost \"it\"");

        byte[] json = LedgerJson.encode(verdict);

        assertThat(new String(json, UTF_8))
                .isEqualTo(
                        """
                        {"at":"2026-11-22T12:00:00.000000Z","partitions":[0,2],"reason":"Kafka lost \\"it\\""}""");
        assertThat(LedgerJson.decodeVerdict(json)).isEqualTo(verdict);
    }

    @Test
    void decodesWhatItEncodes() throws Exception {
        assertThat(LedgerJson.decode(LedgerJson.encode(anyRecord()))).isEqualTo(anyRecord());
    }

    @Test
    void keepsTheSchemaInAVersionThatOlderReadersRefuse() throws Exception {
        LedgerRecord record = recordWithSchema();
        String json = new String(LedgerJson.encode(record), UTF_8);

        assertThat(json).startsWith("{\"version\":3,").contains("\"schema\":\"" + "0123456789abcdef".repeat(4) + "\"");
        assertThat(LedgerJson.decode(json.getBytes(UTF_8))).isEqualTo(record);
        assertThatThrownBy(
                        () -> LedgerJson.decode(json.replace("cdef\"", "cde\"").getBytes(UTF_8)))
                .hasMessage("schema is not a SHA-256 in hexadecimal digits");
    }

    @Test
    void decodesRecordWithoutEvents() throws Exception {
        LedgerRecord empty = new LedgerRecord(
                0, null, new TopicIdentity("c", "events", "t"), ReadOffsets.of(Map.of()), List.of(), List.of());

        assertThat(LedgerJson.decode(LedgerJson.encode(empty))).isEqualTo(empty);
    }

    @Test
    void decodesPreparedBatch() throws Exception {
        assertThat(LedgerJson.decodePrepared(LedgerJson.encode(anyPrepared()))).isEqualTo(anyPrepared());
        assertThat(PREPARED)
                .startsWith("{\"record\":{\"version\":1,")
                .endsWith(
                        "\"sources\":[\"0000000012-a/0.parquet\",\"0000000012-a/1.parquet\",\"0000000012-a/0.jsonl\"]}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "true",
                "1",
                "-1.5e10",
                "123456789012345678901234567890",
                "\"x\"",
                "[]",
                "{}",
                "[{\"version\":2},[null]]",
                "{\"version\":2,\"seq\":-1}"
            })
    void ignoresUnknownFields(String value) throws Exception {
        String field = "\"later\":" + value + ",";
        String json = JSON.replace("{\"version\"", "{" + field + "\"version\"")
                .replace("{\"from\"", "{" + field + "\"from\"")
                .replace("{\"path\"", "{" + field + "\"path\"")
                .replace("{\"partition\"", "{" + field + "\"partition\"");

        assertThat(decode(json)).isEqualTo(anyRecord());
    }

    @Test
    void fieldsMayComeInAnyOrderWithWhiteSpace() throws Exception {
        String json = JSON.replace("\"version\":1,", "").replaceAll("}$", "\n, \"version\" : 1 }\n");

        assertThat(decode(json)).isEqualTo(anyRecord());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "version",
                "seq",
                "topic",
                "topicId",
                "clusterId",
                "offsets",
                "gaps",
                "events",
                "rows",
                "rejected",
                "files",
                "rejectedFiles"
            })
    void refusesRecordWithoutAField(String field) {
        assertRefused(JSON.replaceFirst("\"" + field + "\":", "\"x\":"), field + " is missing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"from", "until", "partition", "reason", "path", "rows", "bytes"})
    void refusesPartWithoutAField(String field) {
        String parts = JSON.substring(JSON.indexOf("\"offsets\"")).replace("\"rows\":98", "\"ROWS\":98");

        String json = JSON.substring(0, JSON.indexOf("\"offsets\""))
                + parts.replaceFirst("\"" + field + "\":", "\"x\":").replace("ROWS", "rows");

        assertRefused(json, field + " is missing");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
            "version":1       | "version":4        | version 4, this reader knows 1 to 3
            "version":1       | "version":0        | version 0, this reader knows 1 to 3
            "version":1       | "version":3        | version is 3, but that of its fields is 1
            "version":1       | "version":2        | version is 2, but that of its fields is 1
            "version":1       | "version":"1"      | version is not a whole number
            "version":1       | "version":1.0      | version is not a whole number
            "seq":12          | "seq":-12          | seq is below 0: -12
            "seq":12          | "seq":null         | seq is not a whole number
            "seq":12          | "seq":true         | seq is not a whole number
            "seq":12          | "seq":9223372036854775808 | seq is not a whole number
            "topic":"events"  | "topic":null       | topic is not a string
            "topic":"events"  | "topic":true       | topic is not a string
            "topic":"events"  | "topic":1          | topic is not a string
            "topic":"events"  | "topic":1.5        | topic is not a string
            "topic":"events"  | "topic":["events"] | topic is not a string
            "topic":"events"  | "topic":"a","topic":"b" | not JSON: Duplicate field 'topic'
            "2026-11-22T12:34:56.123456Z" | null   | committedAt is not a string
            "2026-11-22T12:34:56.123456Z" | 0      | committedAt is not a string
            "2026-11-22T12:34:56.123456Z" | ""     | not a time:
            "2026-11-22T12:34:56.123456Z" | "2026-11-22" | not a time: 2026-11-22
            "offsets":{       | "offsets":[],"x":{ | offsets is not an object
            "0":{"from":100,"until":155} | "0":[100,155] | 0 is not an object
            "0":{             | "x":{              | not a partition: x
            "0":{             | "":{               | not a partition:
            "0":{             | "-1":{             | not a partition: -1
            "0":{             | "+0":{             | not a partition: +0
            "0":{             | "00":{             | not a partition: 00
            "0":{             | "01":{             | not a partition: 01
            "0":{             | "2147483648":{     | not a partition: 2147483648
            "0":{             | "1":{              | not JSON: Duplicate field '1'
            "from":7,         | "from":-7,         | from is below 0: -7
            "from":7,         | "from":58,         | not an offset range: 58 to 57
            "gaps":[          | "gaps":{},"x":[    | gaps is not an array
            "gaps":[          | "gaps":[1,         | gaps is not an object
            "partition":0     | "partition":3      | gap 100 to 105 of partition 3 is not in the offsets
            "partition":0     | "partition":4294967296 | not a partition: 4294967296
            "until":105       | "until":99         | not an offset range: 100 to 99
            "from":100,"until":105 | "from":99,"until":104 | gap 99 to 104 of partition 0 is not in the offsets
            "from":100,"until":105 | "from":151,"until":156 | gap 151 to 156 of partition 0 is not in the offsets
            "files":[{        | "files":[null,{    | files is not an object
            "path":"part-     | "path":0,"x":"     | path is not a string
            "bytes":311       | "bytes":-1         | bytes is below 0: -1
            """)
    void refusesWrongField(String text, String other, String message) {
        assertThat(JSON).contains(text);

        assertRefused(JSON.replaceFirst(Pattern.quote(text), other), message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
            "until":155       | "until":156        | events is 100, but offsets less gaps and absent is 101
            "from":7,         | "from":8,          | events is 100, but offsets less gaps and absent is 99
            "until":9         | "until":10         | events is 100, but offsets less gaps and absent is 101
            "until":105       | "until":104        | events is 100, but offsets less gaps and absent is 101
            "events":100      | "events":99        | events is 99, but offsets less gaps and absent is 100
            "rows":98         | "rows":97          | events is 100, but rows + rejected is 99
            "rejected":2      | "rejected":3       | events is 100, but rows + rejected is 101
            "rows":98,"rejected":2 | "rows":97,"rejected":3 | rows is 97, but rows of files is 98
            "rows":20         | "rows":19          | rows is 98, but rows of files is 97
            "rows":2,         | "rows":1,          | rejected is 2, but rows of rejectedFiles is 1
            "rejectedFiles":[ | "rejectedFiles":[],"x":[ | rejected is 2, but rows of rejectedFiles is 0
            "rows":98,"rejected":2 | "rows":101,"rejected":-1 | rejected is below 0: -1
            "rows":98         | "rows":9223372036854775807 | numbers too large to add up
            "until":155       | "until":9223372036854775807 | events is 100, but offsets less gaps and absent is 9223372036854775752
            "rows":20         | "rows":9223372036854775807 | numbers too large to add up
            id=4/part-0000000012-1 | id=0/part-0000000012-0 | file id=0/part-0000000012-0.parquet more than once
            """)
    void refusesNumbersThatDoNotAddUp(String text, String other, String message) {
        assertThat(JSON).contains(text);

        assertRefused(JSON.replaceFirst(Pattern.quote(text), other), message);
    }

    @Test
    void refusesGapsThatOverlap() {
        String json = JSON.replace(
                "\"gaps\":[{\"partition\":0,\"from\":100,\"until\":105,",
                "\"gaps\":[{\"partition\":0,\"from\":101,\"until\":103,\"reason\":\"\"},"
                        + "{\"partition\":0,\"from\":100,\"until\":103,");

        assertRefused(json, "gap 101 to 103 of partition 0 overlaps another");
    }

    @Test
    void acceptsAdjacentGaps() throws Exception {
        String json = JSON.replace(
                "\"gaps\":[{\"partition\":0,\"from\":100,\"until\":105,",
                "\"gaps\":[{\"partition\":0,\"from\":103,\"until\":105,\"reason\":\"\"},"
                        + "{\"partition\":0,\"from\":100,\"until\":103,");

        assertThat(decode(json).gaps()).hasSize(2);
    }

    /** 2 × (2^63 − 1) + 102 is 100 in 64 bits. */
    @Test
    void refusesOffsetsWhoseSumWrapsAround() {
        String json = JSON.replace(
                        "\"0\":{\"from\":100,\"until\":155}", "\"0\":{\"from\":0,\"until\":9223372036854775807}")
                .replace("\"1\":{\"from\":7,\"until\":57}", "\"1\":{\"from\":0,\"until\":9223372036854775807}")
                .replace("\"2\":{\"from\":9,\"until\":9}", "\"2\":{\"from\":0,\"until\":102}")
                .replaceAll("\"gaps\":\\[[^]]*]", "\"gaps\":[]");

        assertRefused(json, "numbers too large to add up");
    }

    @Test
    void refusesRecordCutAtAnyByte() {
        for (int length = 0; length < JSON.length(); length++) {
            byte[] cut = Arrays.copyOf(JSON.getBytes(UTF_8), length);

            assertThatThrownBy(() -> LedgerJson.decode(cut)).isInstanceOf(LedgerFormatException.class);
        }
    }

    @Test
    void refusesPreparedBatchCutAtAnyByte() {
        for (int length = 0; length < PREPARED.length(); length++) {
            byte[] cut = Arrays.copyOf(PREPARED.getBytes(UTF_8), length);

            assertThatThrownBy(() -> LedgerJson.decodePrepared(cut)).isInstanceOf(LedgerFormatException.class);
        }
    }

    /** What a file may contain after a power failure, when its blocks never reached the disk. */
    @Test
    void refusesRecordThatEndsInZeros() {
        for (int length = 0; length <= JSON.length(); length++) {
            byte[] torn = Arrays.copyOf(Arrays.copyOf(JSON.getBytes(UTF_8), length), 4096);

            assertThatThrownBy(() -> LedgerJson.decode(torn)).isInstanceOf(LedgerFormatException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "null", "[]", "1", "\"x\""})
    void refusesWhatIsNotAnObject(String json) {
        assertRefused(json, "not a JSON object");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"{}|text after the object", "x|not JSON: ", "}|not JSON: "})
    void refusesTextAfterTheRecord(String text, String message) {
        assertRefused(JSON + text, message);
    }

    @Test
    void refusesOtherEncodings() {
        assertThatThrownBy(() -> LedgerJson.decode(("\ufeff" + JSON).getBytes(UTF_16LE)))
                .hasMessage("not UTF-8");
        assertThatThrownBy(() ->
                        LedgerJson.decode(JSON.replace("events", "\ud83d\ude00").getBytes(Charset.forName("CESU-8"))))
                .hasMessage("not UTF-8");
        assertRefused("\ufeff" + JSON, "not JSON: ");
        for (String charset : List.of("UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE")) {
            assertThatThrownBy(() -> LedgerJson.decode(JSON.getBytes(Charset.forName(charset))))
                    .as(charset)
                    .isInstanceOf(LedgerFormatException.class);
        }
    }

    @Test
    void refusesDeeplyNestedRecord() {
        assertRefused(JSON.replace("\"seq\"", "\"x\":" + "[".repeat(100_000) + ",\"seq\""), "not JSON: ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
            "sources":[       | "x":[              | sources is missing
            "sources":[       | "sources":{},"x":[ | sources is not an array
            "sources":[       | "sources":[1,      | sources is not a string
            "sources":[       | "sources":[null,   | sources is not a string
            "sources":[       | "sources":["more", | number of sources is 4, but number of files is 3
            "sources":[       | "sources":[],"x":[ | number of sources is 0, but number of files is 3
            "record":{        | "x":{              | record is missing
            "record":{        | "record":[],"x":{  | record is not an object
            "version":1       | "version":4        | version 4, this reader knows 1 to 3
            "events":100      | "events":99        | events is 99, but offsets less gaps and absent is 100
            """)
    void refusesWrongPreparedBatch(String text, String other, String message) {
        byte[] json = PREPARED.replace(text, other).getBytes(UTF_8);

        assertThatThrownBy(() -> LedgerJson.decodePrepared(json))
                .isInstanceOf(LedgerFormatException.class)
                .hasMessage(message);
    }

    @Test
    void committingChangesOnlyTheTime() {
        Instant now = Instant.parse("2027-01-01T00:00:00Z");

        LedgerRecord committed = anyRecord().committed(null).committed(now);

        assertThat(committed.committedAt()).isEqualTo(now);
        assertThat(committed)
                .usingRecursiveComparison()
                .ignoringFields("committedAt")
                .isEqualTo(anyRecord());
    }

    @Test
    void nextBatchStartsWhereEachPartitionEnded() {
        assertThat(anyRecord().until()).containsExactly(entry(0, 155L), entry(1, 57L), entry(2, 9L));
    }

    @ParameterizedTest
    @CsvSource({"-1, 5", "5, 4", "-2, -1"})
    void refusesOffsetRangeThatRunsBackwards(long from, long until) {
        assertThatThrownBy(() -> new OffsetRange(from, until))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("not an offset range: " + from + " to " + until);
    }

    private static LedgerRecord decode(String json) throws LedgerFormatException {
        return LedgerJson.decode(json.getBytes(UTF_8));
    }

    private static void assertRefused(String json, String message) {
        assertThatThrownBy(() -> decode(json))
                .isInstanceOf(LedgerFormatException.class)
                .hasMessageStartingWith(message);
    }
}
