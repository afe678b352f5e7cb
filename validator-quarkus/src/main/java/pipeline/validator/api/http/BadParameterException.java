package pipeline.validator.api.http;

/** A query parameter has a value that is not allowed. */
public final class BadParameterException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String parameter;
    private final String value;
    private final String allowed;

    public BadParameterException(String parameter, String value, String allowed) {
        super(parameter + "=" + value + " is not allowed: " + allowed);
        this.parameter = parameter;
        this.value = value;
        this.allowed = allowed;
    }

    public String parameter() {
        return parameter;
    }

    public String value() {
        return value;
    }

    public String allowed() {
        return allowed;
    }
}
