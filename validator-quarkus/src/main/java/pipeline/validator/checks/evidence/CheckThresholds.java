package pipeline.validator.checks.evidence;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** The limits at which checks warn or fail. */
@ConfigMapping(prefix = "validator.checks")
public interface CheckThresholds {
    /** Older data is a warning. The default is six times the longest common trigger interval. */
    @WithDefault("5m")
    Duration staleAfter();

    /** Events that wait for longer, while nothing is committed, are a failure. */
    @WithDefault("15m")
    Duration stalledFail();

    /** How far in the future a ts may be; the job leaves later events out of its averages. */
    @WithDefault("1m")
    Duration futureTolerance();

    /** How far the number of an id's rows may be from that of the median id, as a fraction of it. */
    @WithDefault("0.5")
    double volumeTolerance();

    /** With fewer rows, the ids are not compared: their numbers of rows differ by chance. */
    @WithDefault("1000")
    long volumeMinRows();

    /** A larger fraction of rejected events is a warning. */
    @WithDefault("0.01")
    double rejectedWarn();

    /** A larger fraction of rejected events is a failure. */
    @WithDefault("0.5")
    double rejectedFail();

    /** More events behind Kafka are a warning. */
    @WithDefault("10000")
    long lagWarn();
}
