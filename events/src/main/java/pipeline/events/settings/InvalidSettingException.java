package pipeline.events.settings;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Settings have values that are not allowed. The message has one line for each of them, with its name, its value and what is
 * allowed.
 */
public final class InvalidSettingException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public InvalidSettingException(String name, String value, String allowed) {
        super(oneLine(name + "=" + value + " is not allowed: " + allowed));
    }

    InvalidSettingException(List<InvalidSettingException> problems) {
        super(problems.stream().map(Throwable::getMessage).collect(Collectors.joining("\n")));
    }

    private static String oneLine(String message) {
        return message.replace("\n", "\\n").replace("\r", "\\r");
    }
}
