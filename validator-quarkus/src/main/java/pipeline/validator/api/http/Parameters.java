package pipeline.validator.api.http;

import java.time.Duration;
import pipeline.events.settings.Settings;
import pipeline.validator.dataset.run.RunSelection;

/** Parses query parameters; JAX-RS itself would answer a wrong type with 404. */
public final class Parameters {
    private Parameters() {}

    /** @throws BadParameterException on anything but a whole number of the range, in plain digits */
    public static int wholeNumber(String name, String value, int min, int max) {
        if (value.matches("\\d{1,9}")) {
            int number = Integer.parseInt(value);
            if (number >= min && number <= max) {
                return number;
            }
        }
        throw new BadParameterException(name, value, "a whole number from " + min + " to " + max);
    }

    /** @throws BadParameterException on anything but true and false */
    public static boolean bool(String name, String value) {
        return switch (value) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new BadParameterException(name, value, "true or false");
        };
    }

    /** @throws BadParameterException on anything but whole seconds of the range */
    public static Duration wholeSeconds(String name, String value, Duration min, Duration max) {
        return Settings.duration(value)
                .filter(duration -> duration.toMillisPart() == 0)
                .filter(duration -> duration.compareTo(min) >= 0 && duration.compareTo(max) <= 0)
                .orElseThrow(() -> new BadParameterException(
                        name,
                        value,
                        "whole seconds from " + min.toSeconds() + "s to " + max.toHours()
                                + "h, such as 10s, 5m or 1h"));
    }

    /** @param value null when the parameter was not given */
    public static RunSelection run(String value) {
        if (value == null) {
            return RunSelection.LATEST;
        }
        if (!RunSelection.isAllowed(value)) {
            throw new BadParameterException("run", value, RunSelection.ALLOWED);
        }
        return new RunSelection(value);
    }
}
