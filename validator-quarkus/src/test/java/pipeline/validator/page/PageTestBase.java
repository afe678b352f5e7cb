package pipeline.validator.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import io.restassured.RestAssured;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;
import pipeline.validator.OutputDir;
import pipeline.validator.PackagedValidator;
import pipeline.validator.dataset.TestRun;

/** Opens the page of a packaged validator in a real browser. Every test leaves a screenshot in {@code target/screenshots}. */
@TestMethodOrder(Runs.FewestFirst.class)
abstract class PageTestBase {
    static final Path SCREENSHOTS = Path.of("target/screenshots");
    /** Longer than the page needs to show new data, even on a busy machine. */
    private static final double TIMEOUT_MILLIS = 40_000;

    @RegisterExtension
    static final SharedBrowser SHARED = new SharedBrowser();

    /** How many runs the validator has seen since its last start. */
    private static long seen;

    static PackagedValidator validator;
    static Path outputDir;
    private final List<String> errors = new CopyOnWriteArrayList<>();
    private final Set<Request> unanswered = new HashSet<>();
    private BrowserContext context;
    Page page;
    TestRun run;

    @BeforeAll
    static void takeShared() {
        outputDir = SHARED.outputDir();
        validator = SHARED.validator();
        PlaywrightAssertions.setDefaultAssertionTimeout(TIMEOUT_MILLIS);
    }

    @BeforeEach
    void clear(TestInfo test) throws IOException {
        seen = Math.max(seen, runsInTree());
        OutputDir.delete(outputDir);
        if (Runs.FewestFirst.neededBy(test.getTestMethod().orElseThrow()) < seen) {
            restart();
        }
        run = new TestRun(outputDir, "1").committedAt(now()).eventsAt(now());
        look(window());
    }

    /** The usual window of a class. */
    Browser.NewContextOptions window() {
        return new Browser.NewContextOptions().setViewportSize(1280, 900);
    }

    @AfterEach
    void takeScreenshotAndCheckConsole(TestInfo test) {
        String arguments =
                test.getDisplayName().replaceAll("[^A-Za-z]+", " ").strip().replace(' ', '-');
        String method = test.getTestMethod().orElseThrow().getName();
        screenshot(arguments.equals(method) ? method : method + "-" + arguments);
        context.close();
        assertThat(errors).as("console").isEmpty();
    }

    private static long runsInTree() {
        return Stream.of("run_1", "run_old")
                .filter(name -> Files.exists(outputDir.resolve("parquet").resolve(name)))
                .count();
    }

    /** Lets the validator forget the runs of earlier tests, which it would report as missing. */
    private static void restart() throws IOException {
        validator.stop();
        validator.start();
        seen = 0;
    }

    static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MICROS);
    }

    /** Replaces the usual window by another one. */
    void look(Browser.NewContextOptions window) {
        if (context != null) {
            context.close();
        }
        context = SHARED.browser().newContext(window);
        page = context.newPage();
        page.onConsoleMessage(message -> note(message));
        page.onPageError(errors::add);
        unanswered.clear();
        page.onRequest(unanswered::add);
        page.onRequestFinished(unanswered::remove);
        page.onRequestFailed(unanswered::remove);
    }

    /** Waits until each request of the page has its answer, or has failed, and the page has shown them all. */
    void awaitAnswers() {
        do {
            awaitIdle();
            page.waitForCondition(unanswered::isEmpty);
            awaitIdle();
        } while (!unanswered.isEmpty());
    }

    /** Waits until the page has nothing else to do. A timer would not tell: it runs by the clock that tests advance. */
    void awaitIdle() {
        page.evaluate("() => scheduler.postTask(() => {}, { priority: 'background' })");
    }

    private void note(ConsoleMessage message) {
        if (message.type().equals("error") || message.type().equals("warning")) {
            errors.add(message.text() + " at " + message.location());
        }
    }

    /** Returns the errors on the console so far, and forgets them. */
    List<String> takeErrors() {
        List<String> taken = List.copyOf(errors);
        errors.clear();
        return taken;
    }

    static Browser.NewContextOptions phone() {
        return new Browser.NewContextOptions().setViewportSize(375, 800).setDeviceScaleFactor(2);
    }

    /** Opens the page, and waits until it shows this status. */
    void open(String status) {
        page.navigate(validator.url("/"));
        assertThat(badge()).hasText(status);
    }

    /** Waits until the page shows each check of the validator. */
    void awaitChecks() {
        int checks = RestAssured.get(validator.url("/validation")).path("checks.size()");
        assertThat(page.locator("#checks tr")).hasCount(checks);
    }

    Locator badge() {
        return page.locator("#badge");
    }

    Locator headline() {
        return page.locator("#headline");
    }

    List<String> cells(String rows) {
        return page.locator(rows).locator("th, td").allInnerTexts();
    }

    void screenshot(String name) {
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(SCREENSHOTS.resolve(name + ".png"))
                .setFullPage(true));
    }

    /** These values for every id. */
    static Map<Integer, double[]> allIds(double... values) {
        return Map.of(0, values, 1, values, 2, values, 3, values, 4, values);
    }
}
