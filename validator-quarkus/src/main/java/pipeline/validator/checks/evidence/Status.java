package pipeline.validator.checks.evidence;

/** The status in every answer, from best to worst. {@link #NO_DATA} has no place in this order. */
public enum Status {
    OK,
    WARN,
    FAILED,
    NO_DATA
}
