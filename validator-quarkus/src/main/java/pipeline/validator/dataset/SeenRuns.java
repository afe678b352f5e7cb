package pipeline.validator.dataset;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import pipeline.validator.dataset.run.Run;

/**
 * Remembers which runs had data, to notice that one has none any more, or is gone. The validator cannot know whether somebody
 * deleted it on purpose; a restart of the validator forgets it.
 */
@ApplicationScoped
public class SeenRuns {
    private Set<String> withData = Set.of();
    private Instant lastSeen = Instant.EPOCH;
    private final SortedMap<String, Instant> lost = new TreeMap<>();

    /** @param all every run that exists now */
    void note(Collection<Run> all, Instant now) {
        Set<String> before = withData;
        withData = all.stream().filter(Run::hasData).map(Run::name).collect(Collectors.toUnmodifiableSet());
        before.stream().filter(name -> !withData.contains(name)).forEach(name -> lost.put(name, lastSeen));
        lost.keySet().removeAll(withData);
        lastSeen = now;
    }

    /** Returns when the runs without data last had some. */
    Map<String, Instant> lost() {
        return lost;
    }
}
