package pipeline.validator.checks.evidence;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** From where on a check warns or fails. */
@ConfigMapping(prefix = "validator.checks")
public interface CheckThresholds {
    /** Data older than this is a warning: six of the longest usual trigger intervals. */
    @WithDefault("5m")
    Duration staleAfter();

    /** How far ahead of this clock a ts may be; the job leaves events beyond this out of its averages. */
    @WithDefault("1m")
    Duration futureTolerance();

    /** How far an id's share may be from that of the median id, as a fraction of it. */
    @WithDefault("0.5")
    double volumeTolerance();

    /** Below this many rows, shares are a matter of chance. */
    @WithDefault("1000")
    long volumeMinRows();

    /** The fraction of events that may be rejected before it is a warning. */
    @WithDefault("0.01")
    double rejectedWarn();

    /** The fraction of events that may be rejected before it is a failure. */
    @WithDefault("0.5")
    double rejectedFail();

    /** The lag, in events, from which on it is a warning. */
    @WithDefault("10000")
    long lagWarn();
}
