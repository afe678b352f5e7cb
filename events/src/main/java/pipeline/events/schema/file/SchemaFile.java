package pipeline.events.schema.file;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import pipeline.events.RejectedEventException;
import pipeline.events.StrictJson;
import pipeline.events.schema.EventSchema;
import pipeline.events.schema.EventSchema.Unknown;
import pipeline.events.schema.ObjectType;
import pipeline.events.schema.Roles;

/** A file with the schema of events. A file that cannot be used throws {@link InvalidSchemaException}. */
public final class SchemaFile {
    /** How many objects and arrays can be inside each other, the event counted. */
    public static final int MAX_DEPTH = 10;

    private static final String BUILT_IN = "built-in.schema.json";

    private static final ObjectReader JSON = JsonMapper.builder(StrictJson.FACTORY)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS, DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build()
            .reader()
            .with(StreamReadFeature.STRICT_DUPLICATE_DETECTION);

    private SchemaFile() {}

    public static EventSchema read(Path file) {
        try {
            return parse(file.toString(), Files.readAllBytes(file));
        } catch (IOException e) {
            throw new InvalidSchemaException(file.toString(), "", problem(file, e));
        }
    }

    private static String problem(Path file, IOException e) {
        if (!Files.exists(file)) {
            return "there is no such file; a JSON Schema file is needed";
        }
        return Files.isRegularFile(file)
                ? "this file cannot be read (" + e + ")"
                : "this is not a file; a JSON Schema file is needed";
    }

    /** @param name what messages call the file */
    public static EventSchema parse(String name, byte[] json) {
        return parse(name, json, false);
    }

    /** Returns the schema of {@link pipeline.events.Event}. */
    public static EventSchema builtIn() {
        try (InputStream file = SchemaFile.class.getResourceAsStream(BUILT_IN)) {
            return parse(BUILT_IN, file.readAllBytes(), true);
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + BUILT_IN, e);
        }
    }

    private static EventSchema parse(String name, byte[] json, boolean isBuiltIn) {
        String text = text(name, json);
        SchemaNode root = new SchemaNode(name, "", tree(name, text));
        ObjectType event = new ShapeParser(isBuiltIn).event(root);
        if (!root.has(RolesParser.KEYWORD)) {
            return new EventSchema(event, Roles.NONE, Unknown.RESCUE, name, text, isBuiltIn);
        }
        RolesParser roles = new RolesParser(root.get(RolesParser.KEYWORD), event);
        return new EventSchema(event, roles.roles(), roles.unknown(), name, text, isBuiltIn);
    }

    private static String text(String name, byte[] json) {
        try {
            return StrictJson.text(json);
        } catch (RejectedEventException e) {
            throw new InvalidSchemaException(name, "", e.getMessage());
        }
    }

    private static JsonNode tree(String name, String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new InvalidSchemaException(name, "", StrictJson.rejection(e).getMessage());
        }
    }
}
