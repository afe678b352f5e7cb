package pipeline.endtoend.faults;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import pipeline.endtoend.system.Repository;

/** Rounds of faults, generated from a seed: the same seed gives the same rounds. */
public record FaultSchedule(long seed, List<Round> rounds) {
    /** The publication steps after which the job can be made to die, as its jar has them. */
    public static final List<String> STEPS = steps();

    private static final int MAX_RUN_MILLIS = 9_000;
    private static final int MAX_FREEZE_SECONDS = 4;

    /** What happens to another component while the job runs. */
    public enum OtherFault {
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

    /** What is killed at the same moment as the job. */
    public enum Companion {
        NONE,
        PRODUCER,
        VALIDATOR,
        BROKER
    }

    /**
     * One start of the job, and how it dies.
     *
     * @param step after which it dies; empty if it is killed after a while
     * @param runMillis how long it publishes before it is killed
     * @param freezeSeconds how long a component is frozen
     * @param companion a component that is killed together with the job
     */
    public record Round(
            Optional<String> step, int runMillis, OtherFault other, int freezeSeconds, Companion companion) {}

    private static List<String> steps() {
        Path jar = Repository.ROOT.resolve("streaming-spark/target/streaming-spark.jar");
        try (URLClassLoader job = new URLClassLoader(new URL[] {jar.toUri().toURL()}, null)) {
            Class<?> steps = job.loadClass("pipeline.streaming.publish.PublicationStep");
            return Stream.of(steps.getEnumConstants()).map(Object::toString).toList();
        } catch (IOException | ClassNotFoundException e) {
            throw new IllegalStateException(jar + " has no publication steps", e);
        }
    }

    /**
     * @param hitsPerStep how often the job dies after each step
     * @param randomKills how often it is killed at a random moment
     */
    static FaultSchedule of(long seed, int hitsPerStep, int randomKills) {
        return of(seed, steps(hitsPerStep), randomKills);
    }

    /** Returns each step a number of times. */
    public static List<String> steps(int times) {
        return Collections.nCopies(times, STEPS).stream().flatMap(List::stream).toList();
    }

    /** @param steps the job dies once after each of them */
    static FaultSchedule of(long seed, List<String> steps, int randomKills) {
        return of(seed, steps, randomKills, List.of(OtherFault.values()), List.of(Companion.values()));
    }

    /**
     * Returns rounds that spare the validator.
     *
     * @param steps the job dies once after each of them
     */
    public static FaultSchedule withoutValidator(long seed, List<String> steps, int randomKills) {
        return of(seed, steps, randomKills, others(OtherFault.values()), others(Companion.values()));
    }

    private static <T extends Enum<T>> List<T> others(T[] values) {
        return Stream.of(values)
                .filter(value -> !value.name().endsWith(Companion.VALIDATOR.name()))
                .toList();
    }

    private static FaultSchedule of(
            long seed, List<String> steps, int randomKills, List<OtherFault> others, List<Companion> companions) {
        Random random = new Random(seed);
        List<Optional<String>> deaths =
                new ArrayList<>(steps.stream().map(Optional::of).toList());
        for (int i = 0; i < randomKills; i++) {
            deaths.add(Optional.empty());
        }
        Collections.shuffle(deaths, random);
        List<Round> rounds = deaths.stream()
                .map(step -> new Round(
                        step,
                        1_000 + random.nextInt(MAX_RUN_MILLIS),
                        others.get(random.nextInt(others.size())),
                        1 + random.nextInt(MAX_FREEZE_SECONDS),
                        step.isPresent() ? Companion.NONE : companions.get(random.nextInt(companions.size()))))
                .toList();
        return new FaultSchedule(seed, rounds);
    }
}
