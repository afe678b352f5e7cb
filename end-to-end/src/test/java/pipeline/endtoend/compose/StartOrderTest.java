package pipeline.endtoend.compose;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import pipeline.endtoend.system.Repository;

/** In which order the containers start. */
class StartOrderTest {
    private static final Pattern SERVICE = Pattern.compile("  ([a-z-]+):");
    private static final Pattern DEPENDS_ON = Pattern.compile("    depends_on:");
    private static final Pattern DEPENDENCY = Pattern.compile("      ([a-z-]+):");

    @Test
    void isTheOneThatArchitectureDraws() throws IOException {
        assertThat(drawn()).isNotEmpty().isEqualTo(configured());
    }

    /** Returns for example {@code kafka ─▶ kafka-init}. */
    private static SortedSet<String> configured() throws IOException {
        SortedSet<String> arrows = new TreeSet<>();
        String service = "";
        boolean isDependency = false;
        for (String line : Files.readAllLines(Repository.ROOT.resolve("docker-compose.yml"))) {
            Matcher name = SERVICE.matcher(line);
            Matcher dependency = DEPENDENCY.matcher(line);
            if (name.matches()) {
                service = name.group(1);
            }
            if (isDependency && dependency.matches()) {
                arrows.add(dependency.group(1) + " ─▶ " + service);
            }
            isDependency = DEPENDS_ON.matcher(line).matches() || isDependency && line.startsWith("      ");
        }
        return arrows;
    }

    private static SortedSet<String> drawn() throws IOException {
        String section =
                Files.readString(Repository.ROOT.resolve("ARCHITECTURE.md")).split("\n## The containers\n")[1];
        SortedSet<String> arrows = new TreeSet<>();
        section.lines().filter(line -> line.contains("─▶")).forEach(line -> {
            List<String> steps = List.of(line.strip().split(" ─▶ "));
            for (int i = 1; i < steps.size(); i++) {
                for (String before : steps.get(i - 1).split(", ")) {
                    for (String after : steps.get(i).split(", ")) {
                        arrows.add(before + " ─▶ " + after);
                    }
                }
            }
        });
        return arrows;
    }
}
