package pipeline.validator.dataset;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import pipeline.events.output.OutputTree;
import pipeline.validator.dataset.content.Tallies;
import pipeline.validator.dataset.content.Tally;
import pipeline.validator.dataset.run.RecentTotals;
import pipeline.validator.dataset.run.RunSnapshot;
import pipeline.validator.dataset.run.RunSnapshot.UnreadFile;

/**
 * The tree at one moment.
 *
 * @param asOf everything committed before this time is included
 * @param path the folder that was read, as it is shown to people
 * @param folder the same, relative to the tree's root
 * @param latestRun the run that committed last, whether it is selected or not
 * @param lost what this validator has read before and does not find any more, for people
 * @param runs the selected runs, sorted by name
 * @param readNow number of data files read for this snapshot
 */
public record DatasetSnapshot(
        Instant asOf,
        String path,
        String folder,
        boolean exists,
        List<String> knownRuns,
        Optional<String> latestRun,
        List<String> lost,
        List<RunSnapshot> runs,
        int readNow) {

    public Tallies tallies() {
        Tallies tallies = new Tallies(hasSchemas() ? Tallies.MOST_GROUPS : Integer.MAX_VALUE);
        runs.forEach(run -> tallies.add(run.content().tallies()));
        return tallies;
    }

    public Tally total() {
        Tally total = new Tally();
        runs.forEach(run -> total.add(run.content().tallies().total()));
        return total;
    }

    /** Returns whether a run has rows of a group, as far as groups are told apart. */
    public boolean mayHave(Object group) {
        return runs.stream().anyMatch(run -> run.content().tallies().mayHave(group));
    }

    /** Returns whether any of the runs has events with a schema. */
    public boolean hasSchemas() {
        return runs.stream().anyMatch(run -> run.content().events().isPresent());
    }

    /** Returns the runs whose events are built-in ones. */
    public List<RunSnapshot> builtInRuns() {
        return runs.stream().filter(run -> run.content().events().isEmpty()).toList();
    }

    /** Returns what is known about the events with a schema. */
    public List<RunSnapshot.Events> events() {
        return runs.stream().flatMap(run -> run.content().events().stream()).toList();
    }

    public long rows() {
        return runs.stream().mapToLong(run -> run.content().tallies().rows()).sum();
    }

    /** Returns whether nothing was ever committed or rejected. */
    public boolean isEmpty() {
        return rows() == 0 && rejected() == 0;
    }

    /** Returns whether nothing was ever committed, as far as the selection tells: there is no run yet, or it has no batch. */
    public boolean isUncommitted() {
        return isEmpty()
                && lost.isEmpty()
                && (runs.isEmpty() ? knownRuns.isEmpty() : runs.stream().allMatch(this::isLatest));
    }

    private boolean isLatest(RunSnapshot run) {
        return latestRun.filter(run.name()::equals).isPresent();
    }

    public long rejected() {
        return runs.stream().mapToLong(RunSnapshot::rejected).sum();
    }

    /** Returns the folder of these runs' rejected events, as it is shown to people. */
    public String rejectedPath() {
        int end = path.length() - (folder.isEmpty() ? 0 : folder.length() + 1);
        return path.substring(0, end - OutputTree.PARQUET.length()) + OutputTree.REJECTED + path.substring(end);
    }

    /** Returns what the newest batches of the selected runs hold; nothing if none has a ledger. */
    public Optional<RecentTotals> recent() {
        return runs.stream().flatMap(run -> run.commits().recent().stream()).reduce(RecentTotals::plus);
    }

    /** Returns the number of data files that count, including those that could not be read. */
    public int files() {
        return runs.stream().mapToInt(run -> run.content().files()).sum();
    }

    /** Returns the selected run that a job may still be writing: the one that committed last, if it has a ledger. */
    public Optional<RunSnapshot> currentRun() {
        return runs.stream()
                .filter(run -> run.commits().ledger().isPresent() && isLatest(run))
                .findFirst();
    }

    /** Returns the selected runs whose folder can be read now. */
    public List<RunSnapshot> reachableRuns() {
        return runs.stream().filter(run -> run.unreachable().isEmpty()).toList();
    }

    /** Returns why the folders of the other runs cannot be read, for people. */
    public List<String> unreachable() {
        return runs.stream().flatMap(run -> run.unreachable().stream()).toList();
    }

    public List<String> runNames() {
        return runs.stream().map(RunSnapshot::name).toList();
    }

    /** Returns the files that could not be read yet; each is tried again. */
    public List<UnreadFile> unreadFiles() {
        return runs.stream().flatMap(run -> run.faults().unread().stream()).toList();
    }

    /** Returns the paths of the {@link #unreadFiles}, relative to {@link #path}. */
    public List<String> unreadPaths() {
        int start = folder.isEmpty() ? 0 : folder.length() + 1;
        return unreadFiles().stream().map(file -> file.path().substring(start)).toList();
    }
}
