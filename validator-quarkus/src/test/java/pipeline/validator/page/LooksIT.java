package pipeline.validator.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import pipeline.validator.dataset.TestRun;

/** Speed, layout, keyboard, phone and dark mode. */
class LooksIT extends PageTestBase {
    @Test
    void paintsWithinASecond() {
        run.commit(allIds(1), 0);
        open("OK");

        double firstPaint = ((Number)
                        page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime"))
                .doubleValue();

        assertThat(firstPaint).isLessThan(1000);
    }

    @Test
    @Runs(2)
    void canBeUsedWithTheKeyboard() {
        new TestRun(outputDir, "old")
                .committedAt(now().minus(Duration.ofHours(1)))
                .commit(0, 1);
        run.commit(allIds(1), 0);
        open("OK");
        List<String> focused = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            page.keyboard().press("Tab");
            focused.add((String) page.evaluate("document.activeElement.id || document.activeElement.textContent"
                    + ".trim().slice(0, 20) || document.activeElement.localName"));
        }

        assertThat(focused.get(0)).isEqualTo("Skip to the data");
        assertThat(focused).contains("run", "deep");
    }

    @Test
    void fitsAPhone() {
        look(phone());
        run.eventsFrom("a-source-with-a-name-that-is-as-long-as-it-may-be-" + "x".repeat(50))
                .commit(allIds(1, 2, 3), 2);
        open("WARN");
        awaitChecks();

        assertThat(page.evaluate("document.documentElement.scrollWidth")).isEqualTo(375);
        assertThat(smallestGapBetweenBadgeAndName()).isGreaterThanOrEqualTo(8);
    }

    @Test
    void keepsTheBadgeOfACheckApartFromItsName() {
        run.commit(allIds(1), 0);
        open("OK");
        awaitChecks();
        assertThat(page.locator("#checks .status", new Page.LocatorOptions().setHasText("NO_DATA"))
                        .first())
                .isVisible();

        assertThat(smallestGapBetweenBadgeAndName()).isGreaterThanOrEqualTo(8);
    }

    /** In CSS pixels. */
    private double smallestGapBetweenBadgeAndName() {
        return ((Number) page.evaluate("Math.min(...[...document.querySelectorAll('.check')].map(check =>"
                        + " check.querySelector('.check-name').getBoundingClientRect().left"
                        + " - check.querySelector('.status').getBoundingClientRect().right))"))
                .doubleValue();
    }

    @Test
    void showsATimelineInDarkMode() {
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
        run.commit(allIds(1, 2, 3), 0);
        open("OK");
        awaitChecks();

        assertThat(page.evaluate("getComputedStyle(document.body).backgroundColor"))
                .isEqualTo("rgb(18, 20, 22)");
    }
}
