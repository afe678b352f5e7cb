package pipeline.endtoend.faults.scenarios;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The table in {@code docs/faults.md}, with a row for each scenario that passed. */
final class FaultTable {
    private final List<String> rows = new ArrayList<>();

    /** @param seen messages found in the scenario, each on its own line of the cell */
    synchronized void row(String fault, String whatHappens, String... seen) {
        List<String> sentences = new ArrayList<>();
        for (String sentence : seen) {
            sentences.add("`" + sentence.replace("|", "\\|") + "`");
        }
        rows.add("| " + fault + " | " + whatHappens + " | " + String.join("<br>", sentences) + " |");
    }

    synchronized void write(Path file) throws IOException {
        List<String> lines = new ArrayList<>(List.of("| fault | what happens | what a person sees |", "|---|---|---|"));
        lines.addAll(rows);
        Files.createDirectories(file.getParent());
        Files.write(file, lines);
    }
}
