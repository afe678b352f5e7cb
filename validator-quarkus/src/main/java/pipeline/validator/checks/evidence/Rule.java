package pipeline.validator.checks.evidence;

/**
 * What a check holds data against. Makes its findings.
 *
 * @param name of the check
 * @param expected what should be
 */
public record Rule(String name, String expected) {
    public Finding ok(String observed, String message) {
        return new Finding(name, Status.OK, observed, expected, message);
    }

    public Finding warn(String observed, String message) {
        return new Finding(name, Status.WARN, observed, expected, message);
    }

    public Finding failed(String observed, String message) {
        return new Finding(name, Status.FAILED, observed, expected, message);
    }

    public Finding noData(String observed, String message) {
        return new Finding(name, Status.NO_DATA, observed, expected, message);
    }
}
