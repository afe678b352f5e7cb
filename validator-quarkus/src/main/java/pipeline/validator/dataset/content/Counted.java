package pipeline.validator.dataset.content;

/** Numbers with their noun, for people. */
public final class Counted {
    private Counted() {}

    /** Returns for example {@code 1 row} or {@code 2 rows}. */
    public static String of(long count, String noun) {
        return count + " " + noun + (count == 1 ? "" : "s");
    }
}
