package pipeline.launcher.setup;

import java.util.Locale;

/** A component that may run elsewhere, started by someone else. */
public enum Service {
    PRODUCER,
    JOB,
    VALIDATOR;

    /** Returns the name that {@code --without} takes. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
