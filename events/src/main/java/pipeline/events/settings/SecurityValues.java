package pipeline.events.settings;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds mistakes in security settings that Kafka's clients report late, not at all, or with a part of a password in the
 * message. Messages contain no values except file names.
 */
final class SecurityValues {
    private static final String QUOTED = "\"[^\"\\\\\r\n]*(?:\\\\.[^\"\\\\\r\n]*)*\"|'[^'\\\\\r\n]*'";
    private static final String OPTION = "[\\w.-]+\\s*=\\s*(?:" + QUOTED + "|[A-Za-z_$][\\w.$-]*)";
    private static final Pattern LOGIN = Pattern.compile(
            "\\s*(?<module>[\\w.$]+)\\s+(?i:required|requisite|sufficient|optional)(?<options>(?:\\s+" + OPTION
                    + ")*)\\s*;\\s*",
            Pattern.DOTALL);
    private static final Pattern PASSWORD_LOGIN = Pattern.compile(".*\\.(?:Scram|Plain)LoginModule");
    private static final Pattern SEVERAL_IN_A_LINE = Pattern.compile("-BEGIN [^\\n]*-BEGIN ");

    private SecurityValues() {}

    /** Returns what is wrong with the value, as a sentence that starts with the key. */
    static Optional<String> problem(String key, String value) {
        return switch (key) {
            case "sasl.jaas.config" -> login(value).map(problem -> key + " " + problem);
            case OAuthLogin.HANDLER -> OAuthLogin.handlerProblem(value).map(problem -> key + " " + problem);
            case "ssl.truststore.location", "ssl.keystore.location" ->
                file(value.strip()).map(problem -> key + " " + problem);
            case "ssl.truststore.certificates", "ssl.keystore.certificate.chain" ->
                pem(value).map(problem -> key + " " + problem);
            default -> Optional.empty();
        };
    }

    private static Optional<String> login(String value) {
        Matcher login = LOGIN.matcher(value);
        if (!login.matches()) {
            return Optional.of(
                    "must have the form MODULE required NAME=\"VALUE\" …; with the semicolon, and with \\\\\" for"
                            + " a quote in a value");
        }
        boolean complete =
                hasOption(login.group("options"), "username") && hasOption(login.group("options"), "password");
        return PASSWORD_LOGIN.matcher(login.group("module")).matches() && !complete
                ? Optional.of("needs username=\"…\" and password=\"…\"")
                : Optional.empty();
    }

    /** Returns whether a login has this option. */
    static boolean hasOption(String options, String name) {
        return Pattern.compile("\\s" + name + "\\s*=").matcher(options).find();
    }

    private static Optional<String> file(String name) {
        Path file;
        try {
            file = Path.of(name);
        } catch (InvalidPathException e) {
            return Optional.of("is not a path");
        }
        if (name.isEmpty() || !file.isAbsolute()) {
            return Optional.of("must be an absolute path, since components run in different folders; it is " + name);
        }
        if (!Files.isRegularFile(file)) {
            return Optional.of("names " + name + ", and there is no such file");
        }
        return Files.isReadable(file) ? Optional.empty() : Optional.of("names " + name + ", which may not be read");
    }

    /** If one line contains several certificates, Kafka silently uses only the last one. */
    private static Optional<String> pem(String value) {
        return SEVERAL_IN_A_LINE.matcher(value).find()
                ? Optional.of("has several certificates in one line; end each line of a PEM text with \\n\\")
                : Optional.empty();
    }
}
