package pipeline.events.output;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonParser.NumberType;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import pipeline.events.JsonText;
import pipeline.events.Timestamps;
import pipeline.events.Utf8;

/**
 * The JSON of a {@link LedgerRecord}. Reading ignores fields it does not know and refuses a record whose numbers do not
 * add up, so that a damaged or hand-edited record can't pass for a good one.
 */
public final class LedgerJson {
    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    /** One spelling only, so that no two names are the same partition. */
    private static final Pattern PARTITION = Pattern.compile("0|[1-9]\\d{0,9}");

    /** Stands for a null, a boolean, a fraction or a number past 64 bits. */
    private static final Object OTHER = new Object();

    private LedgerJson() {}

    public static byte[] encode(LedgerRecord record) {
        return JsonText.write(json -> writeFields(json, record));
    }

    /** Returns {@code {"record":{…},"sources":["…", …]}}. */
    public static byte[] encode(PreparedBatch batch) {
        return JsonText.write(json -> {
            json.writeObjectFieldStart("record");
            writeFields(json, batch.record());
            json.writeEndObject();
            json.writeArrayFieldStart("sources");
            for (String source : batch.sources()) {
                json.writeString(source);
            }
            json.writeEndArray();
        });
    }

    private static void writeFields(JsonGenerator json, LedgerRecord record) throws IOException {
        json.writeNumberField("version", LedgerRecord.VERSION);
        json.writeNumberField("seq", record.seq());
        if (record.committedAt() != null) {
            json.writeStringField("committedAt", Timestamps.format(record.committedAt()));
        }
        json.writeStringField("topic", record.topic());
        json.writeStringField("topicId", record.topicId());
        json.writeStringField("clusterId", record.clusterId());
        json.writeObjectFieldStart("offsets");
        for (Map.Entry<Integer, OffsetRange> partition : record.offsets().entrySet()) {
            json.writeObjectFieldStart(partition.getKey().toString());
            json.writeNumberField("from", partition.getValue().from());
            json.writeNumberField("until", partition.getValue().until());
            json.writeEndObject();
        }
        json.writeEndObject();
        json.writeArrayFieldStart("gaps");
        for (OffsetGap gap : record.gaps()) {
            json.writeStartObject();
            json.writeNumberField("partition", gap.partition());
            json.writeNumberField("from", gap.from());
            json.writeNumberField("until", gap.until());
            json.writeStringField("reason", gap.reason());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeNumberField("events", record.events());
        json.writeNumberField("rows", record.rows());
        json.writeNumberField("rejected", record.rejected());
        writeFiles(json, "files", record.files());
        writeFiles(json, "rejectedFiles", record.rejectedFiles());
    }

    private static void writeFiles(JsonGenerator json, String name, List<LedgerFile> files) throws IOException {
        json.writeArrayFieldStart(name);
        for (LedgerFile file : files) {
            json.writeStartObject();
            json.writeStringField("path", file.path());
            json.writeNumberField("rows", file.rows());
            json.writeNumberField("bytes", file.bytes());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    /**
     * Returns the record that a ledger file holds.
     *
     * @throws LedgerFormatException when the text is no record of version {@value LedgerRecord#VERSION}, or its numbers
     *     do not add up
     */
    public static LedgerRecord decode(byte[] json) throws LedgerFormatException {
        return record(fields(json));
    }

    /**
     * Returns the batch that a prepared record holds.
     *
     * @throws LedgerFormatException as {@link #decode} does
     */
    public static PreparedBatch decodePrepared(byte[] json) throws LedgerFormatException {
        Fields fields = fields(json);
        LedgerRecord record = record(fields.object("record"));
        List<String> sources = fields.list("sources", String.class, "a string");
        requireEqual(
                "number of sources",
                sources.size(),
                "number of files",
                record.files().size() + record.rejectedFiles().size());
        return new PreparedBatch(record, sources);
    }

    private static Fields fields(byte[] json) throws LedgerFormatException {
        // As text, since Jackson would guess UTF-16 and UTF-32 from bytes.
        String text = Utf8.decode(json).orElseThrow(() -> new LedgerFormatException("not UTF-8"));
        try (JsonParser parser = JSON.createParser(text)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new LedgerFormatException("not a JSON object");
            }
            Fields fields = new Fields(object(parser));
            if (parser.nextToken() != null) {
                throw new LedgerFormatException("text after the object");
            }
            return fields;
        } catch (LedgerFormatException e) {
            throw e;
        } catch (JsonProcessingException e) {
            throw new LedgerFormatException("not JSON: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw new UncheckedIOException("reading from memory", e);
        }
    }

    private static LedgerRecord record(Fields fields) throws LedgerFormatException {
        long version = fields.number("version");
        if (version != LedgerRecord.VERSION) {
            throw new LedgerFormatException("version " + version + ", this reader knows " + LedgerRecord.VERSION);
        }
        LedgerRecord record = new LedgerRecord(
                fields.number("seq"),
                fields.has("committedAt") ? instant(fields.text("committedAt")) : null,
                fields.text("topic"),
                fields.text("topicId"),
                fields.text("clusterId"),
                offsets(fields.object("offsets")),
                fields.list("gaps", LedgerJson::gap),
                fields.number("events"),
                fields.number("rows"),
                fields.number("rejected"),
                fields.list("files", LedgerJson::file),
                fields.list("rejectedFiles", LedgerJson::file));
        requireBalance(record);
        return record;
    }

    private static void requireBalance(LedgerRecord record) throws LedgerFormatException {
        requireGapsWithinOffsets(record);
        requireEachFileOnce(record.files());
        requireEachFileOnce(record.rejectedFiles());
        try {
            requireEqual(
                    "events",
                    record.events(),
                    "offsets less gaps",
                    LedgerRecord.events(record.offsets(), record.gaps()));
            requireEqual("events", record.events(), "rows + rejected", Math.addExact(record.rows(), record.rejected()));
            requireEqual("rows", record.rows(), "rows of files", rows(record.files()));
            requireEqual("rejected", record.rejected(), "rows of rejectedFiles", rows(record.rejectedFiles()));
        } catch (ArithmeticException e) {
            throw new LedgerFormatException("numbers too large to add up");
        }
    }

    private static void requireGapsWithinOffsets(LedgerRecord record) throws LedgerFormatException {
        List<OffsetGap> gaps = new ArrayList<>(record.gaps());
        gaps.sort(Comparator.comparingInt(OffsetGap::partition).thenComparingLong(OffsetGap::from));
        OffsetGap before = null;
        for (OffsetGap gap : gaps) {
            OffsetRange range = record.offsets().get(gap.partition());
            boolean overlaps = before != null && before.partition() == gap.partition() && gap.from() < before.until();
            if (range == null || overlaps || gap.from() < range.from() || gap.until() > range.until()) {
                throw new LedgerFormatException("gap " + gap.from() + " to " + gap.until() + " of partition "
                        + gap.partition() + (overlaps ? " overlaps another" : " is not in the offsets"));
            }
            before = gap;
        }
    }

    private static void requireEachFileOnce(List<LedgerFile> files) throws LedgerFormatException {
        Set<String> paths = new HashSet<>();
        for (LedgerFile file : files) {
            if (!paths.add(file.path())) {
                throw new LedgerFormatException("file " + file.path() + " more than once");
            }
        }
    }

    private static long rows(List<LedgerFile> files) {
        return files.stream().mapToLong(LedgerFile::rows).reduce(0, Math::addExact);
    }

    private static void requireEqual(String name, long value, String otherName, long otherValue)
            throws LedgerFormatException {
        if (value != otherValue) {
            throw new LedgerFormatException(name + " is " + value + ", but " + otherName + " is " + otherValue);
        }
    }

    private static SortedMap<Integer, OffsetRange> offsets(Fields partitions) throws LedgerFormatException {
        SortedMap<Integer, OffsetRange> offsets = new TreeMap<>();
        for (String partition : partitions.names()) {
            Fields range = partitions.object(partition);
            offsets.put(partition(partition), range(range.number("from"), range.number("until")));
        }
        return offsets;
    }

    private static Instant instant(String text) throws LedgerFormatException {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw new LedgerFormatException("not a time: " + text);
        }
    }

    private static int partition(String text) throws LedgerFormatException {
        if (!PARTITION.matcher(text).matches()) {
            throw new LedgerFormatException("not a partition: " + text);
        }
        return partition(Long.parseLong(text));
    }

    private static int partition(long number) throws LedgerFormatException {
        if (number > Integer.MAX_VALUE) {
            throw new LedgerFormatException("not a partition: " + number);
        }
        return (int) number;
    }

    private static OffsetRange range(long from, long until) throws LedgerFormatException {
        try {
            return new OffsetRange(from, until);
        } catch (IllegalArgumentException e) {
            throw new LedgerFormatException(e.getMessage());
        }
    }

    private static OffsetGap gap(Fields fields) throws LedgerFormatException {
        OffsetRange range = range(fields.number("from"), fields.number("until"));
        return new OffsetGap(partition(fields.number("partition")), range.from(), range.until(), fields.text("reason"));
    }

    private static LedgerFile file(Fields fields) throws LedgerFormatException {
        return new LedgerFile(fields.text("path"), fields.number("rows"), fields.number("bytes"));
    }

    /** Reads what follows an opening brace into maps, lists, strings and longs; any other value is {@link #OTHER}. */
    private static Map<String, Object> object(JsonParser parser) throws IOException {
        Map<String, Object> object = new HashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            object.put(name, value(parser));
        }
        return object;
    }

    private static Object value(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> array(parser);
            case VALUE_STRING -> parser.getText();
            case VALUE_NUMBER_INT ->
                parser.getNumberType() == NumberType.BIG_INTEGER ? OTHER : (Object) parser.getLongValue();
            default -> OTHER;
        };
    }

    private static List<Object> array(JsonParser parser) throws IOException {
        List<Object> array = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            array.add(value(parser));
        }
        return array;
    }

    private interface Reader<T> {
        T read(Fields fields) throws LedgerFormatException;
    }

    /** The fields of one object, each asked for with its type. */
    private record Fields(Map<String, Object> values) {

        boolean has(String name) {
            return values.containsKey(name);
        }

        Iterable<String> names() {
            return values.keySet();
        }

        long number(String name) throws LedgerFormatException {
            long number = get(name, Long.class, "a whole number");
            if (number < 0) {
                throw new LedgerFormatException(name + " is below 0: " + number);
            }
            return number;
        }

        String text(String name) throws LedgerFormatException {
            return get(name, String.class, "a string");
        }

        Fields object(String name) throws LedgerFormatException {
            return fields(get(name, Map.class, "an object"));
        }

        <T> List<T> list(String name, Reader<T> reader) throws LedgerFormatException {
            List<T> list = new ArrayList<>();
            for (Map<?, ?> item : list(name, Map.class, "an object")) {
                list.add(reader.read(fields(item)));
            }
            return list;
        }

        <T> List<T> list(String name, Class<T> itemType, String itemTypeName) throws LedgerFormatException {
            List<T> list = new ArrayList<>();
            for (Object item : get(name, List.class, "an array")) {
                list.add(cast(name, item, itemType, itemTypeName));
            }
            return list;
        }

        @SuppressWarnings("unchecked")
        private static Fields fields(Map<?, ?> object) {
            return new Fields((Map<String, Object>) object);
        }

        private <T> T get(String name, Class<T> type, String typeName) throws LedgerFormatException {
            if (!has(name)) {
                throw new LedgerFormatException(name + " is missing");
            }
            return cast(name, values.get(name), type, typeName);
        }

        private static <T> T cast(String name, Object value, Class<T> type, String typeName)
                throws LedgerFormatException {
            if (!type.isInstance(value)) {
                throw new LedgerFormatException(name + " is not " + typeName);
            }
            return type.cast(value);
        }
    }
}
