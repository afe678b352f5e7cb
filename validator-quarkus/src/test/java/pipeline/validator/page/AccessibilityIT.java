package pipeline.validator.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.args.AxeRunOptions;
import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import pipeline.validator.dataset.TestEvents;

/** axe-core finds no violation in any state of the page. */
class AccessibilityIT extends PageTestBase {
    /** The page's Content-Security-Policy would block axe, which is a script of another origin. */
    @Override
    Browser.NewContextOptions window() {
        return super.window().setBypassCSP(true);
    }

    private void hasNoViolations(ColorScheme... schemes) {
        for (ColorScheme scheme : schemes) {
            page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
            assertThat(violations()).as(scheme.name()).isEmpty();
        }
    }

    /** The legacy mode does not open another page for the result. It differs only for frames, and the page has none. */
    private List<String> violations() {
        AxeRunOptions options = new AxeRunOptions();
        options.setResultTypes(List.of("violations"));
        return new AxeBuilder(page)
                .setLegacyMode(true).options(options).analyze().getViolations().stream()
                        .map(AccessibilityIT::text)
                        .toList();
    }

    private static String text(Rule rule) {
        return rule.getId() + ": "
                + rule.getNodes().stream()
                        .map(node -> node.getHtml() + node.getFailureSummary())
                        .toList();
    }

    @Test
    void hasNoViolationsForGoodData() {
        run.commit(allIds(1, 2), 0);
        open("OK");
        awaitChecks();

        hasNoViolations(ColorScheme.LIGHT, ColorScheme.DARK);
    }

    @Test
    void hasNoViolationsForEventsWithASchema() {
        run.commitEvents(
                TestEvents.schema(
                        """
                        {"type": "object",
                         "properties": {"country": {"type": "string"}, "tags": {"type": "array", "items": {"type": "string"}}},
                         "required": ["country"], "x-pipeline": {"group": "country"}}
                        """),
                IntStream.range(0, 13)
                        .mapToObj(group -> "{\"country\": \"g" + group + "\", \"tags\": [\"a\"]}")
                        .toArray(String[]::new));
        open("OK");
        awaitChecks();
        page.locator("summary").click();
        assertThat(page.locator("#columns")).isVisible();
        assertThat(page.getByLabel("Also show")).isVisible();

        hasNoViolations(ColorScheme.LIGHT, ColorScheme.DARK);
    }

    @Test
    void hasNoViolationsForFailedChecks() throws IOException {
        run.commit(allIds(1), 5).commit(0, 2);
        Files.delete(run.folder().resolve("id=0/part-0000000001-0.parquet"));
        open("FAILED");

        hasNoViolations(ColorScheme.LIGHT, ColorScheme.DARK);
    }

    @Test
    @Runs(0)
    void hasNoViolationsWithoutData() {
        open("NO_DATA");

        hasNoViolations(ColorScheme.LIGHT, ColorScheme.DARK);
    }

    @Test
    void hasNoViolationsOnAPhone() {
        look(phone().setBypassCSP(true));
        run.commit(allIds(1, 2), 1);
        open("WARN");

        assertThat(violations()).isEmpty();
    }
}
