package pipeline.validator.api;

import pipeline.validator.dataset.RunSelection;

/** Parses query parameters; JAX-RS itself would answer a wrong type with 404. */
final class Parameters {
    private Parameters() {}

    /** @throws BadParameterException on anything but a whole number of the range, in plain digits */
    static int wholeNumber(String name, String value, int min, int max) {
        if (value.matches("\\d{1,9}")) {
            int number = Integer.parseInt(value);
            if (number >= min && number <= max) {
                return number;
            }
        }
        throw new BadParameterException(name, value, "a whole number from " + min + " to " + max);
    }

    /** @param value null when the parameter was not given */
    static RunSelection run(String value) {
        if (value == null) {
            return RunSelection.LATEST;
        }
        if (!RunSelection.isAllowed(value)) {
            throw new BadParameterException("run", value, RunSelection.ALLOWED);
        }
        return new RunSelection(value);
    }
}
