package pipeline.validator.dataset.run;

import java.time.Instant;
import java.util.List;
import pipeline.validator.dataset.content.Tallies;
import pipeline.validator.dataset.content.Tally;

/**
 * The tree at one moment.
 *
 * @param asOf everything committed before this is in
 * @param path the folder that was read, as people know it
 * @param folder the same, relative to the tree's root
 * @param exists whether the tree is there at all
 * @param knownRuns names of all runs
 * @param runs those that were asked for, sorted by name
 * @param readNow how many data files were read for this snapshot
 */
public record DatasetSnapshot(
        Instant asOf,
        String path,
        String folder,
        boolean exists,
        List<String> knownRuns,
        List<RunSnapshot> runs,
        int readNow) {

    /** Returns the sums over all runs asked for. */
    public Tallies tallies() {
        Tallies tallies = new Tallies();
        runs.forEach(run -> tallies.add(run.tallies()));
        return tallies;
    }

    public Tally total() {
        return tallies().total();
    }

    public long rows() {
        return runs.stream().mapToLong(run -> run.tallies().rows()).sum();
    }

    /** Returns how many data files count, the unreadable ones too. */
    public int files() {
        return runs.stream().mapToInt(RunSnapshot::files).sum();
    }

    /** Returns the files that can't be read, relative to {@link #path}. */
    public List<String> unreadable() {
        return runs.stream()
                .flatMap(run -> run.unreadable().stream())
                .map(file -> relative(file.path()))
                .toList();
    }

    private String relative(String file) {
        return folder.isEmpty() ? file : file.substring(folder.length() + 1);
    }
}
