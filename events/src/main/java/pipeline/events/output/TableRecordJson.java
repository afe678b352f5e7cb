package pipeline.events.output;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import pipeline.events.Timestamps;
import pipeline.events.offsets.OffsetRange;
import pipeline.events.offsets.ReadOffsets;
import pipeline.events.output.TableRecord.Commit;
import pipeline.events.output.TableRecord.Counts;

/** The JSON of a {@link TableRecord}, which has the fields of a ledger record, and is read as strictly: see {@link LedgerJson}. */
public final class TableRecordJson {
    private TableRecordJson() {}

    public static String encode(TableRecord record) {
        ObjectNode json = LedgerJson.object()
                .put("version", TableRecord.VERSION)
                .put("run", record.commit().run())
                .put("seq", record.commit().seq())
                .put("attempt", record.commit().attempt())
                .put("committedAt", Timestamps.format(record.commit().at()));
        LedgerJson.put(json, record.topic(), record.schema(), record.read());
        putCounts(json, record.batch());
        LedgerJson.addFiles(json.putArray("rejectedFiles"), record.rejectedFiles());
        ObjectNode total = putCounts(json.putObject("total"), record.total())
                .put("gaps", record.total().gaps())
                .put("absent", record.total().absent());
        ObjectNode first = total.putObject("first");
        record.first().forEach((partition, offset) -> first.put(partition.toString(), offset));
        return json.toString();
    }

    private static ObjectNode putCounts(ObjectNode json, Counts counts) {
        return json.put("events", counts.events()).put("rows", counts.rows()).put("rejected", counts.rejected());
    }

    /** @throws LedgerFormatException when the text is not a record of a known version, or its numbers do not add up */
    public static TableRecord decode(String text) throws LedgerFormatException {
        JsonNode json = LedgerJson.parse(text.getBytes(StandardCharsets.UTF_8));
        long version = LedgerJson.number(json, "version");
        if (version != TableRecord.VERSION) {
            throw new LedgerFormatException("version " + version + ", this reader knows " + TableRecord.VERSION);
        }
        try {
            return record(json);
        } catch (IllegalArgumentException e) {
            throw new LedgerFormatException(e.getMessage());
        } catch (ArithmeticException e) {
            throw new LedgerFormatException("numbers too large to add up");
        }
    }

    private static TableRecord record(JsonNode json) throws LedgerFormatException {
        ReadOffsets read = LedgerJson.read(json);
        Counts batch = Counts.of(read, LedgerJson.number(json, "rows"), LedgerJson.number(json, "rejected"));
        JsonNode total = LedgerJson.object(json, "total");
        TableRecord record = new TableRecord(
                new Commit(
                        LedgerJson.text(json, "run"),
                        LedgerJson.number(json, "seq"),
                        LedgerJson.text(json, "attempt"),
                        LedgerJson.time(json, "committedAt")),
                LedgerJson.topic(json),
                LedgerJson.schema(json),
                read,
                batch,
                new Counts(
                        LedgerJson.number(total, "rows"),
                        LedgerJson.number(total, "rejected"),
                        LedgerJson.number(total, "gaps"),
                        LedgerJson.number(total, "absent")),
                first(LedgerJson.object(total, "first")),
                LedgerJson.files(json, "rejectedFiles"));
        LedgerJson.requireEqual("events", LedgerJson.number(json, "events"), "rows + rejected", batch.events());
        LedgerJson.requireEqual("events", batch.events(), "offsets less gaps and absent", read.events());
        LedgerJson.requireEqual(
                "total events",
                LedgerJson.number(total, "events"),
                "total rows + rejected",
                record.total().events());
        LedgerJson.requireEqual(
                "number of all offsets",
                offsets(record),
                "total events, gaps and absent",
                record.total().offsets());
        return record;
    }

    private static SortedMap<Integer, Long> first(JsonNode json) throws LedgerFormatException {
        SortedMap<Integer, Long> first = new TreeMap<>();
        for (Map.Entry<String, JsonNode> partition : json.properties()) {
            first.put(LedgerJson.partition(partition.getKey()), LedgerJson.number(json, partition.getKey()));
        }
        return first;
    }

    private static long offsets(TableRecord record) throws LedgerFormatException {
        if (!record.first().keySet().equals(record.read().ranges().keySet())) {
            throw new LedgerFormatException("the partitions of first are not those of offsets");
        }
        long offsets = 0;
        for (Map.Entry<Integer, OffsetRange> range : record.read().ranges().entrySet()) {
            long first = record.first().get(range.getKey());
            offsets = Math.addExact(
                    offsets, new OffsetRange(first, range.getValue().until()).length());
        }
        return offsets;
    }
}
