package pipeline.validator.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** axe-core finds no violation in any state of the page. */
class AccessibilityIT extends PageTestBase {
    /** The page's Content-Security-Policy would block axe, which is a script of another origin. */
    private void openWindowForAxe(ColorScheme scheme) {
        look(desktop(scheme).setBypassCSP(true));
    }

    private List<String> violations() {
        return new AxeBuilder(page)
                .analyze().getViolations().stream().map(AccessibilityIT::text).toList();
    }

    private static String text(Rule rule) {
        return rule.getId() + ": "
                + rule.getNodes().stream()
                        .map(node -> node.getHtml() + node.getFailureSummary())
                        .toList();
    }

    @ParameterizedTest
    @EnumSource(
            value = ColorScheme.class,
            names = {"LIGHT", "DARK"})
    void hasNoViolationsForGoodData(ColorScheme scheme) {
        openWindowForAxe(scheme);
        run.commit(allIds(1, 2), 0);
        open("OK");
        assertThat(page.locator("#checks tr")).hasCount(12);

        assertThat(violations()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = ColorScheme.class,
            names = {"LIGHT", "DARK"})
    void hasNoViolationsForFailedChecks(ColorScheme scheme) throws IOException {
        openWindowForAxe(scheme);
        run.commit(allIds(1), 5).commit(0, 2);
        Files.delete(run.folder().resolve("id=0/part-0000000001-0.parquet"));
        open("FAILED");
        page.locator("#help summary").click();

        assertThat(violations()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = ColorScheme.class,
            names = {"LIGHT", "DARK"})
    @Runs(0)
    void hasNoViolationsWithoutData(ColorScheme scheme) {
        openWindowForAxe(scheme);
        open("NO_DATA");

        assertThat(violations()).isEmpty();
    }

    @Test
    void hasNoViolationsOnAPhone() {
        look(phone().setBypassCSP(true));
        run.commit(allIds(1, 2), 1);
        open("WARN");

        assertThat(violations()).isEmpty();
    }
}
