package pipeline.endtoend.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pipeline.endtoend.system.KillableProcess;
import pipeline.endtoend.system.SystemUnderTest;
import pipeline.events.settings.Settings;

/** A schema file with a mistake ends job and producer before they do anything: there is not even a broker. */
@Tag("slow")
class WrongSchemaIT {
    private static final int WRONG_SETTING = 2;

    @TempDir
    private Path folder;

    @Test
    void endsEachComponentWithOneLineAndNothingIsCreated() throws IOException {
        Path file = folder.resolve("orders.schema.json");
        ObjectNode schema = Orders.schema();
        ((ObjectNode) schema.at("/properties/customer/properties/country")).put("pattern", "^(?!XX)");
        Orders.write(schema, file);
        String line = "EVENT_SCHEMA_FILE=" + file + " is not allowed: /properties/customer/properties/country/pattern:"
                + " not supported: (?!; supported are regular expressions of ECMA-262 without lookaround and back"
                + " references, and with repeats of at most 1,000";
        try (SystemUnderTest system =
                new SystemUnderTest(folder, Map.of(Settings.EVENT_SCHEMA_FILE.name(), file.toString()))) {
            for (KillableProcess component : List.of(system.job(), system.producer())) {
                component.start();

                assertThat(component.hasEndedWithin(60)).isTrue();
                assertThat(component.exitCode()).isEqualTo(WRONG_SETTING);
                assertThat(component.linesOfThisLife())
                        // Of the JVM, about the options of all tests.
                        .filteredOn(said -> !said.startsWith("Picked up JAVA_TOOL_OPTIONS"))
                        .containsExactly(line);
            }
            assertThat(Files.exists(system.tree().root())).isFalse();
        }
    }
}
