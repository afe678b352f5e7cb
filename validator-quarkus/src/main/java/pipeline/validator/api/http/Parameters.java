package pipeline.validator.api.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import jakarta.ws.rs.QueryParam;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import pipeline.events.settings.Settings;
import pipeline.validator.dataset.RunSelection;

/**
 * The parameter that all endpoints have, and the parsing of the others. Parameters are texts, since JAX-RS answers 404 if it
 * cannot convert one.
 */
public class Parameters {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private static final Object NO_GROUP = new Object();

    @Parameter(
            description = "A run such as run_1 or 1, or all; by default the run that committed last",
            schema = @Schema(type = SchemaType.STRING, pattern = "^[A-Za-z0-9_-]{1,64}$"))
    @QueryParam("run")
    public String run;

    public RunSelection selection() {
        return run(run);
    }

    /** @param value null if the parameter is not given */
    static RunSelection run(String value) {
        if (value == null) {
            return RunSelection.LATEST;
        }
        if (!RunSelection.isAllowed(value)) {
            throw new BadParameterException("run", value, RunSelection.ALLOWED);
        }
        return new RunSelection(value);
    }

    /** @throws BadParameterException unless it is a whole number in the range, in plain digits */
    public static int wholeNumber(String name, String value, int min, int max) {
        if (value.matches("\\d{1,9}")) {
            int number = Integer.parseInt(value);
            if (number >= min && number <= max) {
                return number;
            }
        }
        throw new BadParameterException(name, value, "a whole number from " + min + " to " + max);
    }

    /** @throws BadParameterException unless it is a number of whole seconds, at least one */
    public static Duration wholeSeconds(String name, String value, Duration max) {
        return Settings.duration(value)
                .filter(duration -> duration.toMillisPart() == 0)
                .filter(duration -> duration.compareTo(max) <= 0)
                .orElseThrow(() -> new BadParameterException(
                        name, value, "whole seconds from 1s to " + max.toHours() + "h, such as 10s, 5m or 1h"));
    }

    /** Returns the texts, whole numbers, booleans and nulls of a JSON array; nothing unless it has only these, and not too many. */
    public static Optional<List<Object>> groups(String value, int most) {
        try {
            JsonNode array = JSON.readTree(value);
            List<Object> groups = new ArrayList<>();
            array.forEach(group -> groups.add(group(group)));
            return Optional.of(groups)
                    .filter(all -> array.isArray() && !all.isEmpty() && all.size() <= most && !all.contains(NO_GROUP));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    private static Object group(JsonNode group) {
        if (group.isTextual()) {
            return group.textValue();
        } else if (group.isIntegralNumber() && group.canConvertToLong()) {
            return group.longValue();
        } else if (group.isBoolean()) {
            return group.booleanValue();
        } else {
            return group.isNull() ? null : NO_GROUP;
        }
    }
}
