package pipeline.validator.checks.evidence;

/** The vocabulary of every answer, from best to worst. {@link #NO_DATA} is neither. */
public enum Status {
    OK,
    WARN,
    FAILED,
    NO_DATA
}
