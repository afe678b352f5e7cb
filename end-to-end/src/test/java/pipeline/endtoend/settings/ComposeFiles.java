package pipeline.endtoend.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import pipeline.endtoend.system.Repository;

/** What the Compose files give to each service, read as text, so that no Docker is needed. */
final class ComposeFiles {
    private static final List<String> FILES =
            List.of("docker-compose.yml", "docker-compose.kafka.yml", "docker-compose.secure.yml");

    private static final Pattern SECTION = Pattern.compile("([\\w-]+):(?: &(\\w+))?");
    private static final Pattern SERVICE = Pattern.compile("  ([\\w-]+):");
    private static final Pattern REFERENCE = Pattern.compile("\\*(\\w+)");
    private static final Pattern DOCKERFILE = Pattern.compile("dockerfile: (.*/Dockerfile)");
    private static final Pattern KEY = Pattern.compile("(?m)^ +([A-Z]+(?:_[A-Z]+)+):");
    /** What is mounted where no file is named. */
    private static final String NO_FILE = "/dev/null";

    private static final Pattern VARIABLE = Pattern.compile("(?<!\\$)\\$\\{(\\w+)(?::-([^}]*))?");

    private final StringBuilder all = new StringBuilder();
    /** By the name of the service, or by the anchor that services refer to, such as {@code &spark}. */
    private final Map<String, StringBuilder> blocks = new HashMap<>();

    /**
     * A reference such as {@code ${RUN_ID:-1}}.
     *
     * @param defaultText null if it has none
     */
    record Variable(String name, String defaultText) {}

    ComposeFiles() throws IOException {
        for (String file : FILES) {
            read(Files.readAllLines(Repository.ROOT.resolve(file)));
        }
    }

    private void read(List<String> lines) {
        boolean isService = false;
        StringBuilder block = new StringBuilder();
        for (String line : lines) {
            Matcher section = SECTION.matcher(line);
            Matcher service = SERVICE.matcher(line);
            if (section.matches()) {
                isService = section.group(1).equals("services");
                block = section.group(2) == null ? new StringBuilder() : block("&" + section.group(2));
            } else if (isService && service.matches()) {
                block = block(service.group(1));
            } else if (!line.strip().startsWith("#")) {
                block.append(line).append('\n');
                all.append(line).append('\n');
            }
        }
    }

    private StringBuilder block(String name) {
        return blocks.computeIfAbsent(name, key -> new StringBuilder());
    }

    /** Returns what a service is run with: its lines in all files, what they refer to, and its Dockerfile. */
    String service(String name) throws IOException {
        StringBuilder text = new StringBuilder(block(name));
        REFERENCE.matcher(block(name)).results().forEach(reference -> text.append(block("&" + reference.group(1))));
        for (MatchResult dockerfile : DOCKERFILE.matcher(text).results().toList()) {
            text.append(Files.readString(Repository.ROOT.resolve(dockerfile.group(1))));
        }
        return text.toString();
    }

    /** Returns the names that a service has in its environment. */
    Set<String> environment(String name) throws IOException {
        Set<String> names = new TreeSet<>();
        KEY.matcher(service(name)).results().forEach(key -> names.add(key.group(1)));
        return names;
    }

    Stream<Variable> variables() {
        return VARIABLE.matcher(all)
                .results()
                .map(found -> new Variable(found.group(1), NO_FILE.equals(found.group(2)) ? "" : found.group(2)));
    }
}
