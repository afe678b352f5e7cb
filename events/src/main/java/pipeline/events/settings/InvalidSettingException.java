package pipeline.events.settings;

/** A setting has a value that is not allowed. The message is one line with the setting, its value and what is allowed. */
public final class InvalidSettingException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public InvalidSettingException(String name, String value, String allowed) {
        super(oneLine(name + "=" + value + " is not allowed: " + allowed));
    }

    private static String oneLine(String message) {
        return message.replace("\n", "\\n").replace("\r", "\\r");
    }
}
