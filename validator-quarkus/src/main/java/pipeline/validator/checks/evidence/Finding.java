package pipeline.validator.checks.evidence;

/**
 * What a check found.
 *
 * @param name of the check; it never changes
 * @param status {@link Status#NO_DATA} if there was nothing to check
 * @param observed what is
 * @param expected what should be
 * @param message for people: what is wrong and where, or that all is well
 */
public record Finding(String name, Status status, String observed, String expected, String message) {}
