package pipeline.endtoend.faults;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Rounds of faults, drawn from a seed: the same seed gives the same rounds. */
record FaultSchedule(long seed, List<Round> rounds) {
    /** The steps of publication after which the job can be told to die. */
    static final List<String> STEPS =
            List.of("STAGED", "COUNTED", "PREPARED", "PARTLY_PUBLISHED", "PUBLISHED", "COMMITTED", "CLEANED");

    private static final int MAX_RUN_MILLIS = 9_000;
    private static final int MAX_FREEZE_SECONDS = 4;

    /** What happens to another part while the job runs. */
    enum OtherFault {
        NONE,
        KILL_PRODUCER,
        TERMINATE_PRODUCER,
        FREEZE_PRODUCER,
        KILL_VALIDATOR,
        TERMINATE_VALIDATOR,
        FREEZE_VALIDATOR,
        KILL_BROKER,
        TERMINATE_BROKER,
        FREEZE_BROKER,
        FREEZE_JOB
    }

    /** What is killed in the same moment as the job. */
    enum Companion {
        NONE,
        PRODUCER,
        VALIDATOR,
        BROKER
    }

    /**
     * One life of the job.
     *
     * @param step after which it dies by itself, or empty when it is killed after a while
     * @param runMillis how long it publishes before it is killed
     * @param freezeSeconds how long a part that is frozen stands still
     * @param companion dies with the job, where that is killed
     */
    record Round(Optional<String> step, int runMillis, OtherFault other, int freezeSeconds, Companion companion) {}

    /**
     * @param hitsPerStep how often the job dies after each step
     * @param randomKills how often it dies at any moment
     */
    static FaultSchedule of(long seed, int hitsPerStep, int randomKills) {
        Random random = new Random(seed);
        List<Optional<String>> deaths = new ArrayList<>();
        for (int i = 0; i < hitsPerStep; i++) {
            STEPS.forEach(step -> deaths.add(Optional.of(step)));
        }
        for (int i = 0; i < randomKills; i++) {
            deaths.add(Optional.empty());
        }
        Collections.shuffle(deaths, random);
        OtherFault[] others = OtherFault.values();
        Companion[] companions = Companion.values();
        List<Round> rounds = deaths.stream()
                .map(step -> new Round(
                        step,
                        1_000 + random.nextInt(MAX_RUN_MILLIS),
                        others[random.nextInt(others.length)],
                        1 + random.nextInt(MAX_FREEZE_SECONDS),
                        step.isPresent() ? Companion.NONE : companions[random.nextInt(companions.length)]))
                .toList();
        return new FaultSchedule(seed, rounds);
    }
}
