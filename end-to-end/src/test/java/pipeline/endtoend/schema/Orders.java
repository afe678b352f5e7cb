package pipeline.endtoend.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import pipeline.endtoend.system.Repository;

/** The orders of a shop: their schema, valid ones with fields that it does not know, and invalid ones. */
final class Orders {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ORDER =
            """
            {"order_id": %d, "customer": {"id": "01234567-89ab-cdef-0123-456789abcdef", "country": "DE"%s},
             "items": [{"sku": "TEA-0001", "quantity": 2, "price": 12.50%s}, {"sku": "MUG-0250", "quantity": 1, "price": 7}],
             "created_at": "%s", "shipped_at": null, "amount": 32.00, "currency": "%s", "status": "paid", "paid": true,
             "day": "2026-11-22", "note": "f\u00fcr \\"dich\\""%s}
            """;

    private static final List<String> TIMES = List.of(
            "2026-11-22T12:34:56.123456Z",
            "2026-11-22T23:30:00.5-01:00",
            "2026-11-22t00:00:00z",
            "0001-01-01T00:00:00Z");
    private static final List<String> CURRENCIES = List.of("EUR", "PLN", "SEK");

    private static final List<String> OF_ORDER = List.of(
            "",
            ", \"channel\": \"web\"",
            ", \"channel\": null, \"gift\": {\"text\": \"\u00e4\\u00e4 \\\"\", \"lines\": [1.50, {\"a\": []}]}",
            ", \"a/b~c\": 1e3, \"channel\": 1, \"channel\": \"\\ud83d\"");
    private static final List<String> OF_CUSTOMER =
            List.of("", ", \"loyalty\": 1.50", ", \"segment\": \"business\", \"phones\": [\"+49 30\", null]");
    private static final List<String> OF_ITEM = List.of("", ", \"size\": \"L\"", ", \"\": false, \"price_before\": {}");

    /** Without fields that the schema does not know. */
    private static final String PLAIN = order((long) OF_ORDER.size() * OF_CUSTOMER.size() * OF_ITEM.size(), "");

    private static final byte[] NOT_TEXT = {(byte) 0xFF, 0, 1};

    /** The reasons by the values, as far as these are text. */
    private static final Map<String, String> INVALID = invalidTexts();

    private Orders() {}

    /** Returns the schema of orders, which the caller may change. */
    static ObjectNode schema() throws IOException {
        return (ObjectNode) JSON.readTree(Repository.ORDERS_SCHEMA.toFile());
    }

    /** Adds a column for a field. */
    static void add(ObjectNode schema, String field, String type) {
        ((ObjectNode) schema.get("properties"))
                .putObject(field)
                .putArray("type")
                .add(type)
                .add("null");
    }

    /** Replaces a schema file while somebody may read it. */
    static void write(JsonNode schema, Path file) throws IOException {
        Path aside = file.resolveSibling(file.getFileName() + ".new");
        JSON.writerWithDefaultPrettyPrinter().writeValue(aside.toFile(), schema);
        Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /**
     * Returns a valid order; most have fields that the schema does not know, in one or more of its objects.
     *
     * @param n from 1
     * @param more further fields, each after a comma
     */
    static String order(long n, String more) {
        return ORDER.formatted(
                n,
                of(OF_CUSTOMER, n / OF_ORDER.size()),
                of(OF_ITEM, n / OF_ORDER.size() / OF_CUSTOMER.size()),
                of(TIMES, n),
                of(CURRENCIES, n),
                of(OF_ORDER, n) + more);
    }

    private static String of(List<String> texts, long n) {
        return texts.get((int) (n % texts.size()));
    }

    private static Map<String, String> invalidTexts() {
        Map<String, String> invalid = new LinkedHashMap<>();
        invalid.put(
                "oops",
                "not JSON: Unrecognized token 'oops': was expecting (JSON String, Number, Array, Object or token"
                        + " 'null', 'true' or 'false')");
        invalid.put("", "not JSON: empty");
        invalid.put("[]", "not a JSON object");
        invalid.put(plainWith("\"amount\": 32.00", "\"amount\": -0.01"), "amount: not in 0 to 10000");
        invalid.put(plainWith("\"quantity\": 2", "\"quantity\": 2.0"), "/items/0/quantity: not an integer");
        invalid.put(plainWith("\"DE\"", "\"Germany\""), "/customer/country: does not match the pattern");
        invalid.put(plainWith("\"sku\": \"TEA-0001\", ", ""), "/items/0/sku: missing");
        invalid.put(plainWith("\"EUR\"", "\"USD\""), "currency: not one of the allowed values");
        invalid.put(plainWith(TIMES.get(0), "yesterday"), "created_at: not an RFC 3339 date-time with Z or offset");
        invalid.put(plainWith("\"paid\": true", "\"paid\": true, \"paid\": true"), "paid: more than once");
        invalid.put(plainWith("\"note\": \"", "\"note\": \"\\ud83d"), "note: a surrogate without its pair");
        return invalid;
    }

    private static String plainWith(String part, String other) {
        return PLAIN.replace(part, other);
    }

    /** Returns the reasons of {@link #invalid}, by their text. */
    static Map<String, String> reasons() {
        Map<String, String> reasons = new HashMap<>(INVALID);
        reasons.put(text(null), "tombstone: the value is null");
        reasons.put(text(NOT_TEXT), "not UTF-8");
        return reasons;
    }

    /** Returns values of which none is an order. */
    static List<byte[]> invalid() {
        List<byte[]> invalid = new ArrayList<>();
        INVALID.keySet().forEach(text -> invalid.add(text.getBytes(StandardCharsets.UTF_8)));
        invalid.add(null);
        invalid.add(NOT_TEXT);
        return invalid;
    }

    /** Returns a Kafka value as text, another one for each value. */
    static String text(byte[] value) {
        if (value == null) {
            return "null";
        }
        String text = new String(value, StandardCharsets.UTF_8);
        return Arrays.equals(text.getBytes(StandardCharsets.UTF_8), value) ? text : Arrays.toString(value);
    }
}
