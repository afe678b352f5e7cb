package pipeline.events;

/** A setting has a value that is not allowed. The message is one line: the setting, its value, and what is allowed. */
public final class InvalidSettingException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public InvalidSettingException(String name, String value, String allowed) {
        super(name + "=" + value + " is not allowed: " + allowed);
    }
}
