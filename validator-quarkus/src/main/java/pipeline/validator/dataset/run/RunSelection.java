package pipeline.validator.dataset.run;

import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import pipeline.events.output.OutputTree;

/**
 * Which runs are meant: one by name, with or without {@code run_}, all of them, or the one committed last.
 *
 * @param text a name, {@value #ALL}, or empty for the run committed last
 */
public record RunSelection(String text) {
    public static final RunSelection LATEST = new RunSelection("");
    private static final String ALL = "all";
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    /** What a run selection may be, for people. */
    public static final String ALLOWED = "a run such as run_1 or 1, or " + ALL + "; A-Z a-z 0-9 _ -, at most 64";

    public static final RunSelection EVERY = new RunSelection(ALL);

    /** Returns whether a text can name a run, whether or not there is one. */
    public static boolean isAllowed(String text) {
        String id = text.startsWith(OutputTree.RUN_PREFIX) ? text.substring(OutputTree.RUN_PREFIX.length()) : text;
        return NAME.matcher(id).matches() || NAME.matcher(text).matches();
    }

    boolean isAll() {
        return text.equals(ALL);
    }

    public boolean isNamed() {
        return !isAll() && !equals(LATEST);
    }

    /** Returns those of the runs, in the order given, that are meant. */
    List<Run> of(List<Run> runs) {
        if (isAll()) {
            return runs;
        }
        if (isNamed()) {
            return runs.stream()
                    .filter(run -> run.name().equals(text) || run.name().equals(OutputTree.RUN_PREFIX + text))
                    .sorted(Comparator.comparing(run -> !run.name().equals(text)))
                    .limit(1)
                    .toList();
        }
        return runs.stream().max(COMMITTED_LAST).stream().toList();
    }

    /** A run with a commit is before one that only has files, whose time of change anything may have set. */
    private static final Comparator<Run> COMMITTED_LAST = Comparator.<Run, Boolean>comparing(
                    run -> !run.name().equals(Runs.LOOSE))
            .thenComparing(run -> run.lastCommit().isPresent())
            .thenComparing(run -> run.lastCommit().orElseGet(run::lastChange))
            .thenComparing(Run::name);
}
