package pipeline.events.schema.sample;

import java.util.random.RandomGenerator;
import pipeline.events.schema.Count;

/** How long strings or arrays are made: of a natural length, or as near to it as is allowed. */
record Lengths(int min, int max) {
    /** Kafka takes no messages of more than a million bytes. */
    private static final int LONGEST = 100_000;

    static Lengths ofText(Count allowed, String at) {
        require(allowed, "Length", at);
        return nearest(allowed, 4, 10);
    }

    static Lengths ofItems(Count allowed, String at) {
        require(allowed, "Items", at);
        return nearest(allowed, 1, 3);
    }

    private static void require(Count allowed, String what, String at) {
        if (allowed.min() > allowed.max()) {
            throw new NoSampleException(at + ": no value is valid: min" + what + " is more than max" + what);
        }
        if (allowed.min() > LONGEST) {
            throw new NoSampleException(
                    at + ": values are too long to be simulated: min" + what + " is more than " + LONGEST);
        }
    }

    private static Lengths nearest(Count allowed, int min, int max) {
        int shortest = Math.max(allowed.min(), Math.min(min, allowed.max()));
        return new Lengths(shortest, Math.min(allowed.max(), Math.max(max, shortest)));
    }

    int next(RandomGenerator random) {
        return random.nextInt(min, max + 1);
    }
}
