package pipeline.events.kafka;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads options of a JAAS entry, which has the form {@code MODULE required NAME="VALUE" …;}. */
final class JaasOption {
    private static final String VALUE =
            "\\s*=\\s*(?:\"(?<quoted>(?:[^\"\\\\]|\\\\.)*)\"|'(?<single>[^']*)'|(?<word>[^\\s;]+))";

    private JaasOption() {}

    static Optional<String> value(String jaas, String name) {
        Matcher option = Pattern.compile("\\s" + Pattern.quote(name) + VALUE, Pattern.DOTALL)
                .matcher(jaas);
        if (!option.find()) {
            return Optional.empty();
        }
        return Optional.ofNullable(option.group("quoted"))
                .map(quoted -> quoted.replaceAll("\\\\(.)", "$1"))
                .or(() -> Optional.ofNullable(option.group("single")))
                .or(() -> Optional.of(option.group("word")));
    }

    /** Returns whether the name of an option starts like this. */
    static boolean hasPrefix(String jaas, String prefix) {
        return Pattern.compile("\\s" + Pattern.quote(prefix) + "[\\w.]*\\s*=")
                .matcher(jaas)
                .find();
    }
}
