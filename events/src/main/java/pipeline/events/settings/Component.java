package pipeline.events.settings;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/** What reads a setting. */
public enum Component {
    BROKER("the broker"),
    PRODUCER("the producer"),
    JOB("the job"),
    VALIDATOR("the validator"),
    AIRFLOW("Airflow"),
    /** The Compose files, which decide how the containers run. {@code ./pipeline} does not have these settings. */
    CONTAINERS("Docker Compose");

    private final String text;

    Component(String text) {
        this.text = text;
    }

    /** Returns all that {@code ./pipeline} runs. */
    public static Set<Component> ofLaunch() {
        return Arrays.stream(values())
                .filter(component -> component != CONTAINERS)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Returns the name for a sentence. */
    @Override
    public String toString() {
        return text;
    }
}
