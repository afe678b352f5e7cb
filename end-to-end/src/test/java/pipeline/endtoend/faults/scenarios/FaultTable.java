package pipeline.endtoend.faults.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import pipeline.endtoend.system.Repository;

/** The table of {@code docs/faults.md}: each of its rows is what a scenario has found. */
final class FaultTable {
    private FaultTable() {}

    /**
     * Requires the page to have this row. Only numbers may differ.
     *
     * @param seen messages found in the scenario, each on its own line of the cell
     */
    static void requireRow(String fault, String whatHappens, String... seen) throws IOException {
        List<String> messages = new ArrayList<>();
        for (String message : seen) {
            messages.add("`" + message.replace("|", "\\|") + "`");
        }
        String row = "| " + fault + " | " + whatHappens + " | " + String.join("<br>", messages) + " |";
        assertThat(Files.readString(Repository.ROOT.resolve("docs/faults.md")).lines())
                .as(
                        "The scenario has found this row, with other words than docs/faults.md:\n%s\nThe rows of the page",
                        row)
                .anySatisfy(line -> assertThat(withoutNumbers(line)).isEqualTo(withoutNumbers(row)));
    }

    private static String withoutNumbers(String row) {
        return row.replaceAll("\\d+([.,]\\d+)*", "0");
    }
}
