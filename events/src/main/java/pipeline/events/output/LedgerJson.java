package pipeline.events.output;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import pipeline.events.Timestamps;
import pipeline.events.Utf8;
import pipeline.events.offsets.AbsentOffsets;
import pipeline.events.offsets.OffsetGap;
import pipeline.events.offsets.OffsetRange;
import pipeline.events.offsets.ReadOffsets;
import pipeline.events.offsets.RecordIdentity;
import pipeline.events.offsets.TopicIdentity;

/**
 * The JSON of a {@link LedgerRecord}. Reading ignores unknown fields, converts no value to another type, and rejects a
 * record whose numbers do not add up, so that a damaged or hand-edited record cannot pass as a valid one.
 */
public final class LedgerJson {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** A partition has one spelling only, so that no two names mean the same partition. */
    private static final Pattern PARTITION = Pattern.compile("0|[1-9]\\d{0,9}");

    private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");

    private LedgerJson() {}

    public static byte[] encode(LedgerRecord record) {
        return bytes(json(record));
    }

    /** Returns {@code {"record":{…},"sources":["…", …]}}. */
    public static byte[] encode(PreparedBatch batch) {
        ObjectNode json = JSON.createObjectNode();
        json.set("record", json(batch.record()));
        batch.sources().forEach(json.putArray("sources")::add);
        return bytes(json);
    }

    /** Returns {@code {"at":"…","partitions":[0],"reason":"…"}}. */
    public static byte[] encode(StopVerdict verdict) {
        ObjectNode json = JSON.createObjectNode().put("at", Timestamps.format(verdict.at()));
        verdict.partitions().forEach(json.putArray("partitions")::add);
        return bytes(json.put("reason", verdict.reason()));
    }

    /** @throws LedgerFormatException when the text is not a verdict */
    public static StopVerdict decodeVerdict(byte[] content) throws LedgerFormatException {
        JsonNode json = parse(content);
        List<Integer> partitions = new ArrayList<>();
        for (JsonNode partition : items(json, "partitions", JsonNode::isIntegralNumber, "a whole number")) {
            partitions.add(partition(partition.asText()));
        }
        return new StopVerdict(time(json, "at"), partitions, text(json, "reason"));
    }

    static ObjectNode object() {
        return JSON.createObjectNode();
    }

    private static byte[] bytes(ObjectNode json) {
        return json.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static ObjectNode json(LedgerRecord record) {
        ObjectNode json =
                JSON.createObjectNode().put("version", record.version()).put("seq", record.seq());
        if (record.committedAt() != null) {
            json.put("committedAt", Timestamps.format(record.committedAt()));
        }
        put(json, record.topic(), record.schema(), record.read());
        json.put("events", record.events()).put("rows", record.rows()).put("rejected", record.rejected());
        addFiles(json.putArray("files"), record.files());
        addFiles(json.putArray("rejectedFiles"), record.rejectedFiles());
        return json;
    }

    /** Puts what a batch has read. */
    static void put(ObjectNode json, TopicIdentity topic, Optional<String> schema, ReadOffsets read) {
        json.put("topic", topic.name()).put("topicId", topic.topicId()).put("clusterId", topic.clusterId());
        schema.ifPresent(name -> json.put("schema", name));
        ObjectNode offsets = json.putObject("offsets");
        read.ranges().forEach((partition, range) -> offsets.putObject(partition.toString())
                .put("from", range.from())
                .put("until", range.until()));
        ArrayNode gaps = json.putArray("gaps");
        for (OffsetGap gap : read.gaps()) {
            gaps.addObject()
                    .put("partition", gap.partition())
                    .put("from", gap.from())
                    .put("until", gap.until())
                    .put("reason", gap.reason());
        }
        read.absent().ifPresent(absent -> {
            ObjectNode counts = json.putObject("absent")
                    .put("file", absent.file())
                    .put("bytes", absent.bytes())
                    .putObject("offsets");
            absent.counts().forEach((partition, count) -> counts.put(partition.toString(), count));
        });
        read.lastRead().forEach((partition, last) -> json.withObject("/lastRead")
                .putObject(partition.toString())
                .put("offset", last.offset())
                .put("timestamp", last.timestamp())
                .put("hash", last.hash()));
    }

    static void addFiles(ArrayNode json, List<LedgerFile> files) {
        for (LedgerFile file : files) {
            json.addObject().put("path", file.path()).put("rows", file.rows()).put("bytes", file.bytes());
        }
    }

    /**
     * Returns the record that a ledger file holds.
     *
     * @throws LedgerFormatException when the text is not a record of a known version, or its numbers do not add up
     */
    public static LedgerRecord decode(byte[] json) throws LedgerFormatException {
        return record(parse(json));
    }

    /**
     * Returns the batch that a prepared record holds.
     *
     * @throws LedgerFormatException as {@link #decode} does
     */
    public static PreparedBatch decodePrepared(byte[] json) throws LedgerFormatException {
        JsonNode batch = parse(json);
        LedgerRecord record = record(object(batch, "record"));
        List<String> sources = new ArrayList<>();
        items(batch, "sources", JsonNode::isTextual, "a string").forEach(source -> sources.add(source.textValue()));
        int files = record.files().size()
                + record.rejectedFiles().size()
                + (record.read().absent().isPresent() ? 1 : 0);
        requireEqual("number of sources", sources.size(), "number of files", files);
        return new PreparedBatch(record, sources);
    }

    static JsonNode parse(byte[] json) throws LedgerFormatException {
        // As text, since Jackson would guess UTF-16 and UTF-32 from bytes.
        String text = Utf8.decode(json).orElseThrow(() -> new LedgerFormatException("not UTF-8"));
        try {
            JsonNode record = JSON.readTree(text);
            if (!record.isObject()) {
                throw new LedgerFormatException("not a JSON object");
            }
            return record;
        } catch (MismatchedInputException e) {
            throw new LedgerFormatException("text after the object");
        } catch (JsonProcessingException e) {
            throw new LedgerFormatException("not JSON: " + e.getOriginalMessage());
        }
    }

    private static LedgerRecord record(JsonNode json) throws LedgerFormatException {
        long version = number(json, "version");
        if (version < LedgerRecord.VERSION || version > LedgerRecord.VERSION_WITH_SCHEMA) {
            throw new LedgerFormatException("version " + version + ", this reader knows " + LedgerRecord.VERSION
                    + " to " + LedgerRecord.VERSION_WITH_SCHEMA);
        }
        try {
            LedgerRecord record = new LedgerRecord(
                    number(json, "seq"),
                    json.has("committedAt") ? time(json, "committedAt") : null,
                    topic(json),
                    schema(json),
                    read(json),
                    files(json, "files"),
                    files(json, "rejectedFiles"));
            requireEqual("version", version, "that of its fields", record.version());
            requireEachFileOnce(record.files());
            requireEachFileOnce(record.rejectedFiles());
            requireCounts(record, json);
            return record;
        } catch (IllegalArgumentException e) {
            throw new LedgerFormatException(e.getMessage());
        } catch (ArithmeticException e) {
            throw new LedgerFormatException("numbers too large to add up");
        }
    }

    static TopicIdentity topic(JsonNode json) throws LedgerFormatException {
        return new TopicIdentity(text(json, "clusterId"), text(json, "topic"), text(json, "topicId"));
    }

    static Optional<String> schema(JsonNode json) throws LedgerFormatException {
        if (!json.has("schema")) {
            return Optional.empty();
        }
        String schema = text(json, "schema");
        if (!SHA_256.matcher(schema).matches()) {
            throw new LedgerFormatException("schema is not a SHA-256 in hexadecimal digits");
        }
        return Optional.of(schema);
    }

    /** Returns the offsets of a batch, whose gaps and absent offsets are among them. */
    static ReadOffsets read(JsonNode json) throws LedgerFormatException {
        ReadOffsets read = new ReadOffsets(offsets(object(json, "offsets")), gaps(json), absent(json), lastRead(json));
        requireGapsWithinOffsets(read);
        requireAbsentWithinOffsets(read);
        return read;
    }

    private static void requireCounts(LedgerRecord record, JsonNode json) throws LedgerFormatException {
        long events = number(json, "events");
        long rows = number(json, "rows");
        long rejected = number(json, "rejected");
        requireEqual("events", events, "offsets less gaps and absent", record.events());
        requireEqual("events", events, "rows + rejected", Math.addExact(rows, rejected));
        requireEqual("rows", rows, "rows of files", record.rows());
        requireEqual("rejected", rejected, "rows of rejectedFiles", record.rejected());
    }

    private static void requireGapsWithinOffsets(ReadOffsets read) throws LedgerFormatException {
        List<OffsetGap> gaps = new ArrayList<>(read.gaps());
        gaps.sort(Comparator.comparingInt(OffsetGap::partition).thenComparingLong(OffsetGap::from));
        OffsetGap before = null;
        for (OffsetGap gap : gaps) {
            OffsetRange range = read.ranges().get(gap.partition());
            boolean overlaps = before != null && before.partition() == gap.partition() && gap.from() < before.until();
            if (range == null || overlaps || gap.from() < range.from() || gap.until() > range.until()) {
                throw new LedgerFormatException("gap " + gap.from() + " to " + gap.until() + " of partition "
                        + gap.partition() + (overlaps ? " overlaps another" : " is not in the offsets"));
            }
            before = gap;
        }
    }

    private static void requireAbsentWithinOffsets(ReadOffsets read) throws LedgerFormatException {
        if (read.absent().isEmpty()) {
            return;
        }
        for (Map.Entry<Integer, Long> absent : read.absent().get().counts().entrySet()) {
            OffsetRange range = read.ranges().get(absent.getKey());
            long gaps = read.gaps().stream()
                    .filter(gap -> gap.partition() == absent.getKey())
                    .mapToLong(OffsetGap::length)
                    .sum();
            if (range == null || absent.getValue() == 0 || absent.getValue() > range.length() - gaps) {
                throw new LedgerFormatException(
                        "partition " + absent.getKey() + " cannot have " + absent.getValue() + " absent offsets");
            }
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

    static void requireEqual(String name, long value, String otherName, long otherValue) throws LedgerFormatException {
        if (value != otherValue) {
            throw new LedgerFormatException(name + " is " + value + ", but " + otherName + " is " + otherValue);
        }
    }

    private static SortedMap<Integer, OffsetRange> offsets(JsonNode partitions) throws LedgerFormatException {
        SortedMap<Integer, OffsetRange> offsets = new TreeMap<>();
        for (Map.Entry<String, JsonNode> partition : partitions.properties()) {
            offsets.put(partition(partition.getKey()), range(object(partitions, partition.getKey())));
        }
        return offsets;
    }

    private static List<OffsetGap> gaps(JsonNode json) throws LedgerFormatException {
        List<OffsetGap> gaps = new ArrayList<>();
        for (JsonNode gap : items(json, "gaps", JsonNode::isObject, "an object")) {
            OffsetRange range = range(gap);
            int partition = partition(Long.toString(number(gap, "partition")));
            gaps.add(new OffsetGap(partition, range.from(), range.until(), text(gap, "reason")));
        }
        return gaps;
    }

    private static Optional<AbsentOffsets> absent(JsonNode json) throws LedgerFormatException {
        if (!json.has("absent")) {
            return Optional.empty();
        }
        JsonNode absent = object(json, "absent");
        JsonNode partitions = object(absent, "offsets");
        SortedMap<Integer, Long> counts = new TreeMap<>();
        for (Map.Entry<String, JsonNode> partition : partitions.properties()) {
            counts.put(partition(partition.getKey()), number(partitions, partition.getKey()));
        }
        return Optional.of(new AbsentOffsets(text(absent, "file"), number(absent, "bytes"), counts));
    }

    /** Older versions of the job did not write it. */
    private static SortedMap<Integer, RecordIdentity> lastRead(JsonNode json) throws LedgerFormatException {
        SortedMap<Integer, RecordIdentity> lastRead = new TreeMap<>();
        if (json.has("lastRead")) {
            JsonNode partitions = object(json, "lastRead");
            for (Map.Entry<String, JsonNode> partition : partitions.properties()) {
                JsonNode read = object(partitions, partition.getKey());
                lastRead.put(
                        partition(partition.getKey()),
                        new RecordIdentity(number(read, "offset"), anyNumber(read, "timestamp"), text(read, "hash")));
            }
        }
        return lastRead;
    }

    static List<LedgerFile> files(JsonNode json, String name) throws LedgerFormatException {
        List<LedgerFile> files = new ArrayList<>();
        for (JsonNode file : items(json, name, JsonNode::isObject, "an object")) {
            files.add(new LedgerFile(text(file, "path"), number(file, "rows"), number(file, "bytes")));
        }
        return files;
    }

    static int partition(String text) throws LedgerFormatException {
        if (!PARTITION.matcher(text).matches() || Long.parseLong(text) > Integer.MAX_VALUE) {
            throw new LedgerFormatException("not a partition: " + text);
        }
        return Integer.parseInt(text);
    }

    private static OffsetRange range(JsonNode json) throws LedgerFormatException {
        return new OffsetRange(number(json, "from"), number(json, "until"));
    }

    static long number(JsonNode object, String name) throws LedgerFormatException {
        long number = anyNumber(object, name);
        if (number < 0) {
            throw new LedgerFormatException(name + " is below 0: " + number);
        }
        return number;
    }

    private static long anyNumber(JsonNode object, String name) throws LedgerFormatException {
        return field(object, name, json -> json.isIntegralNumber() && json.canConvertToLong(), "a whole number")
                .longValue();
    }

    static Instant time(JsonNode object, String name) throws LedgerFormatException {
        try {
            return Instant.parse(text(object, name));
        } catch (DateTimeParseException e) {
            throw new LedgerFormatException("not a time: " + e.getParsedString());
        }
    }

    static String text(JsonNode object, String name) throws LedgerFormatException {
        return field(object, name, JsonNode::isTextual, "a string").textValue();
    }

    static JsonNode object(JsonNode parent, String name) throws LedgerFormatException {
        return field(parent, name, JsonNode::isObject, "an object");
    }

    private static JsonNode items(JsonNode object, String name, Predicate<JsonNode> type, String typeName)
            throws LedgerFormatException {
        JsonNode items = field(object, name, JsonNode::isArray, "an array");
        for (JsonNode item : items) {
            requireType(name, item, type, typeName);
        }
        return items;
    }

    private static JsonNode field(JsonNode object, String name, Predicate<JsonNode> type, String typeName)
            throws LedgerFormatException {
        JsonNode field = object.get(name);
        if (field == null) {
            throw new LedgerFormatException(name + " is missing");
        }
        requireType(name, field, type, typeName);
        return field;
    }

    private static void requireType(String name, JsonNode json, Predicate<JsonNode> type, String typeName)
            throws LedgerFormatException {
        if (!type.test(json)) {
            throw new LedgerFormatException(name + " is not " + typeName);
        }
    }
}
