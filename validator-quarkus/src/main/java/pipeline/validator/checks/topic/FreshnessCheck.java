package pipeline.validator.checks.topic;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import pipeline.events.Timestamps;
import pipeline.validator.checks.evidence.Check;
import pipeline.validator.checks.evidence.Evidence;
import pipeline.validator.dataset.DatasetSnapshot;
import pipeline.validator.kafka.TopicState;

/** Something was committed recently, or nothing is waiting to be. */
public record FreshnessCheck(Duration staleAfter, Duration stalledFail, Duration futureTolerance) implements Check {
    @Override
    public Finding check(Evidence evidence) {
        Rule rule = new Rule("freshness", "at most " + text(staleAfter) + " old");
        Optional<Instant> newest = evidence.data().runs().stream()
                .filter(run ->
                        run.content().files() > 0 || run.commits().ledger().isPresent())
                .map(run -> run.commits().last())
                .max(Instant::compareTo);
        if (evidence.data().isUncommitted() && LagCheck.isStalled(evidence, stalledFail)) {
            return rule.failed("nothing", LagCheck.neverCommitted((TopicState.Known) evidence.topic()));
        }
        if (newest.isEmpty()) {
            return rule.noData("nothing", "Nothing has been committed yet.");
        }
        if (evidence.data().runs().stream()
                .noneMatch(run ->
                        evidence.data().latestRun().filter(run.name()::equals).isPresent())) {
            return rule.noData(
                    "an earlier run",
                    "Another run has committed later: "
                            + evidence.data().latestRun().orElseThrow() + ".");
        }
        Duration age = Duration.between(newest.get(), evidence.data().asOf());
        String observed = text(age.isNegative() ? Duration.ZERO : age) + " old";
        if (LagCheck.isStalled(evidence, stalledFail)) {
            return rule.failed(
                    observed,
                    "The job has stopped: events are waiting in Kafka, but the last commit was at "
                            + Timestamps.format(newest.get()) + ". Start the job.");
        }
        if (age.plus(futureTolerance).isNegative()) {
            return rule.warn(
                    text(age.negated()) + " in the future",
                    "The last commit was at " + Timestamps.format(newest.get())
                            + ", which is in the future. Compare the clocks of the job's machine and of this one.");
        }
        return age.compareTo(staleAfter) > 0
                ? rule.warn(
                        observed,
                        "The newest data was committed at " + Timestamps.format(newest.get())
                                + ". Are the producer and the job running?")
                : rule.ok(observed, "New data keeps arriving.");
    }

    @Override
    public String advice(DatasetSnapshot data) {
        return "If it fails, events are waiting and the job does not commit them: see the log of the job, and start the job."
                + " If it warns, nothing is sent: check the producer; or the last commit is in the future: compare the"
                + " clocks.";
    }

    /** Returns for example {@code 2h5m}, without fractions of a second. */
    static String text(Duration duration) {
        return Duration.ofSeconds(duration.toSeconds()).toString().substring(2).toLowerCase(Locale.ROOT);
    }
}
