package pipeline.events;

import java.time.Instant;

/**
 * One measurement, as it is sent through Kafka and stored in Parquet.
 *
 * @param id the sensor, {@value #MIN_ID} to {@value #MAX_ID}
 * @param ts when it was measured, in microseconds at most, years 0001 to 9999 in UTC
 * @param value the measurement, finite, {@value #MIN_VALUE} to {@value #MAX_VALUE}
 * @param source what measured it, 1 to {@value #MAX_SOURCE_LENGTH} Unicode code points
 */
public record Event(int id, Instant ts, double value, String source) {
    public static final int MIN_ID = 0;
    public static final int MAX_ID = 4;
    public static final double MIN_VALUE = 0;
    public static final double MAX_VALUE = 100;
    public static final int MAX_SOURCE_LENGTH = 100;

    /** Names of the JSON fields and of the Parquet columns. */
    public static final String ID = "id";

    public static final String TS = "ts";
    public static final String VALUE = "value";
    public static final String SOURCE = "source";
}
