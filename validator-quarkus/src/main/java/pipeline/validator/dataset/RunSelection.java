package pipeline.validator.dataset;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import pipeline.events.output.OutputTree;
import pipeline.validator.dataset.run.Run;
import pipeline.validator.dataset.run.RunFolder;

/**
 * Which runs to answer for: one by name, with or without {@code run_}, all of them, or the one that committed last.
 *
 * @param text a name, {@value #ALL}, or empty for the run that committed last
 */
public record RunSelection(String text) {
    private static final String ALL = "all";
    private static final Pattern NAME = Pattern.compile("(" + OutputTree.RUN_PREFIX + ")?[A-Za-z0-9_-]{1,64}");

    public static final RunSelection LATEST = new RunSelection("");

    /** The values that a selection may have, for people. */
    public static final String ALLOWED = "a run such as run_1 or 1, or " + ALL + "; A-Z a-z 0-9 _ -, at most 64";

    /** A run with a commit precedes one that only has files, since anything may have set the time of their last change. */
    private static final Comparator<Run> BY_LAST_COMMIT = Comparator.<Run, Boolean>comparing(
                    run -> !run.name().equals(RunFolder.LOOSE))
            .thenComparing(run -> run.lastCommit().isPresent())
            .thenComparing(run -> run.lastCommit().orElseGet(run::lastChange))
            .thenComparing(Run::name);

    /** Returns whether a run could have this name, or whether it is {@value #ALL}. */
    public static boolean isAllowed(String text) {
        return NAME.matcher(text).matches();
    }

    boolean isAll() {
        return text.equals(ALL);
    }

    public boolean isNamed() {
        return !isAll() && !equals(LATEST);
    }

    /** Returns whether a run of this name may be selected. */
    boolean includes(String run) {
        return !isNamed() || run.equals(text) || run.equals(OutputTree.RUN_PREFIX + text);
    }

    static Optional<Run> latest(List<Run> runs) {
        return runs.stream().max(BY_LAST_COMMIT);
    }

    /** Returns the selected runs, in the given order. */
    List<Run> of(List<Run> runs) {
        if (isAll()) {
            return runs;
        }
        if (equals(LATEST)) {
            return latest(runs).stream().toList();
        }
        return runs.stream()
                .filter(run -> includes(run.name()))
                .sorted(Comparator.comparing(run -> !run.name().equals(text)))
                .limit(1)
                .toList();
    }
}
