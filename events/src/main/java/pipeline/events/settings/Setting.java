package pipeline.events.settings;

import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The declaration of a setting.
 *
 * @param name of the environment variable
 * @param defaultText what is read if the variable is unset or empty; empty if there is no default
 * @param reader parses a value; empty, or an IllegalArgumentException that says why, if it is not allowed
 * @param allowed what is allowed, for the message about another value
 * @param meaning one sentence for users, without Markdown
 * @param readBy the components that read it
 */
public record Setting<T>(
        String name,
        String defaultText,
        Function<String, Optional<T>> reader,
        String allowed,
        String meaning,
        Set<Component> readBy) {

    /** @throws InvalidSettingException if the text is not allowed */
    T read(String text) {
        try {
            return reader.apply(text).orElseThrow(() -> new InvalidSettingException(name, text, allowed));
        } catch (IllegalArgumentException e) {
            throw new InvalidSettingException(name, text, e.getMessage());
        }
    }

    /** Returns the same setting under the name that another program, such as Quarkus, gives it. */
    Setting<T> named(String other) {
        return new Setting<>(other, defaultText, reader, allowed, meaning, readBy);
    }

    /** Returns the name, so that a message can contain the declaration itself. */
    @Override
    public String toString() {
        return name;
    }
}
