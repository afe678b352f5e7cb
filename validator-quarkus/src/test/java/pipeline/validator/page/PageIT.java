package pipeline.validator.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import io.restassured.path.json.JsonPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import pipeline.validator.dataset.TestFiles;
import pipeline.validator.dataset.TestRun;

/** The page shows what the REST API returns. */
class PageIT extends PageTestBase {
    /** Long enough for the page to send every request again. */
    private static final int POLLS_SECONDS = 12;

    @Test
    void showsTheNumbersOfTheApi() throws IOException {
        run.commit(allIds(10, 20.126), 3).commit(Map.of(2, new double[] {99.5}), 0);
        open("WARN");

        JsonPath aggregates = JsonPath.from(validator.get("/aggregates"));
        assertThat(headline()).containsText(aggregates.getLong("totalRows") + " rows");
        assertThat(headline()).containsText(aggregates.getLong("rejected") + " rejected");
        assertThat(cells("#ids tr")).isEqualTo(idCells(aggregates));
        JsonPath batch = JsonPath.from(validator.get("/batches?last=1"));
        assertThat(cells("#batches tr:first-child"))
                .containsExactly("1", time(batch.getString("[0].committedAt")), "1", "1", "0", "1");
        JsonPath row = JsonPath.from(validator.get("/rows?last=12"));
        assertThat(cells("#rows tr").subList(0, 5))
                .containsExactly(
                        row.getString("[0].ts").substring(11, 23),
                        row.getString("[0].id"),
                        decimal(row.getDouble("[0].value")),
                        row.getString("[0].source"),
                        row.getString("[0].kafka_partition") + ":" + row.getString("[0].kafka_offset"));
    }

    private static List<String> idCells(JsonPath aggregates) {
        List<String> cells = new ArrayList<>();
        for (int i = 0; i < aggregates.getList("perId").size(); i++) {
            String id = "perId[" + i + "].";
            cells.add(aggregates.getString(id + "id"));
            cells.add(aggregates.getString(id + "count"));
            cells.add(decimal(aggregates.getDouble(id + "mean")));
            cells.add(decimal(aggregates.getDouble(id + "min")));
            cells.add(decimal(aggregates.getDouble(id + "max")));
            cells.add(time(aggregates.getString(id + "lastTs")));
        }
        return cells;
    }

    private static String decimal(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }

    private static String time(String ts) {
        return ts.substring(11, 19);
    }

    @Test
    void drawsTheWindowsOfTheApi() {
        Instant now = now();
        run.eventsAt(now.minusSeconds(60)).commit(allIds(10, 30), 0);
        run.eventsAt(now).commit(allIds(40), 0);
        open("OK");

        List<Double> means = drawn("#averages li:first-child canvas");
        List<Double> counts = drawn("#events");

        assertThat(means).containsExactly(20.0, 40.0);
        assertThat(counts).containsExactly(10.0, 5.0);
        assertThat(page.locator("#averages li")).hasCount(5);
        assertThat(page.locator("#averages li:first-child canvas"))
                .hasAttribute(
                        "aria-label", "id 0, the last 10 minutes: newest average 40.00, lowest 20.00, highest 40.00");
    }

    private List<Double> drawn(String canvas) {
        String numbers = (String) page.evaluate(
                "canvas => Chart.getChart(document.querySelector(canvas)).data.datasets[0].data"
                        + ".map(point => point.y).filter(y => y !== null).join()",
                canvas);
        return Stream.of(numbers.split(",")).map(Double::valueOf).toList();
    }

    @Test
    void showsNewDataInTheSameElements() {
        page.clock().install();
        run.commit(allIds(1), 0);
        open("OK");
        assertThat(headline()).containsText("5 rows");
        page.evaluate("document.querySelector('#ids tr').before = 'here'");

        run.commit(allIds(2), 0);
        letPollsPass();

        assertThat(headline()).containsText("10 rows");
        assertThat(page.locator("#ids tr:first-child td").first()).hasText("2");
        assertThat(page.evaluate("document.querySelector('#ids tr').before")).isEqualTo("here");
        assertThat(page.locator("#batches tr")).hasCount(2);
    }

    @Test
    @Runs(0)
    void explainsHowToGetDataUntilThereIsSome() {
        page.clock().install();
        open("NO_DATA");
        assertThat(page.getByRole(AriaRole.HEADING, name("How data gets here"))).isVisible();
        assertThat(page.locator("#verdict")).containsText("Start the streaming job");
        assertThat(page.locator("#timeline")).isHidden();
        assertThat(page.locator("#checks")).isHidden();
        screenshot("no-data");

        run.commit(allIds(1), 0);
        letPollsPass();

        assertThat(badge()).hasText("OK");
        assertThat(page.locator("#guide")).isHidden();
        assertThat(page.locator("#averages canvas").first()).isVisible();
    }

    @Test
    void namesAFailedCheckAndLinksToWhatToDo() throws IOException {
        run.commit(allIds(1), 0).commit(0, 2);
        Files.delete(run.folder().resolve("id=0/part-0000000001-0.parquet"));
        open("FAILED");

        assertThat(page.locator("#verdict"))
                .hasText("2 checks failed: readable-files, ledger-files."
                        + " Can't be read: run_1/id=0/part-0000000001-0.parquet (it does not exist)");
        Locator worst = page.locator("#checks tr").nth(1);
        assertThat(worst).containsText("ledger-files");
        assertThat(worst).containsText("1 missing, 0 stray");
        assertThat(worst).containsText("the committed files, with their rows and bytes, and no others");
        assertThat(worst).containsText("restore missing ones from a copy");
        screenshot("failed");

        worst.getByRole(AriaRole.LINK).click();

        assertThat(page.locator("#check-ledger-files")).isInViewport();
        assertThat(page).hasTitle("FAILED – Pipeline");
    }

    @Test
    void warnsWhileTheValidatorIsDown() throws IOException {
        page.clock().install();
        run.commit(allIds(1), 0);
        open("OK");

        validator.stop();
        letPollsPass();

        Locator alert = page.getByRole(AriaRole.ALERT);
        assertThat(alert).containsText("The validator can’t be reached. Trying again every few seconds.");
        assertThat(page.locator("#pulse")).hasText("Not live");
        assertThat(badge()).hasText("Was OK");
        assertThat(headline()).containsText("5 rows");
        screenshot("validator-down");
        run.commit(allIds(2), 0);
        validator.start();
        letPollsPass();
        assertThat(alert).isHidden();
        assertThat(headline()).containsText("10 rows");
        assertThat(takeErrors()).isNotEmpty().allMatch(error -> error.contains("ERR_CONNECTION_REFUSED"));
    }

    @Test
    void showsTheValidatorsErrorAboutItsStorage() throws IOException {
        page.clock().install();
        Files.createDirectories(outputDir);
        Files.writeString(outputDir.resolve("parquet"), "a file");
        page.navigate(validator.url("/"));

        assertThat(page.getByRole(AriaRole.ALERT)).containsText("it is not a folder. Trying again");
        // Each request of the page fails, and each has its line on the console.
        awaitAnswers();
        assertThat(takeErrors()).isNotEmpty().allMatch(error -> error.contains("503"));
    }

    @Test
    void showsASourceAsTextOnly() {
        String source = "<img src=x onerror=\"window.ran=true\">";
        run.eventsFrom(source).commit(allIds(1), 0);
        open("OK");

        assertThat(page.locator("#rows tr:first-child td").nth(3)).hasText(source);
        assertThat(page.locator("img")).hasCount(0);
        assertThat(page.evaluate("window.ran")).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"document.body.innerHTML = '<b>'", "document.body.setAttribute('onclick', 'ran = true')"})
    void neverTurnsTextIntoHtmlOrScript(String script) {
        run.commit(allIds(1), 0);
        open("OK");

        assertThatThrownBy(() -> page.evaluate("() => { " + script + " }")).hasMessageContaining("Trusted");

        assertThat(takeErrors()).hasSize(1).allMatch(error -> error.contains("The action has been blocked"));
    }

    @Test
    void sendsNoRequestsWhileTheTabIsHidden() {
        page.clock().install();
        run.commit(allIds(1), 0);
        open("OK");
        setVisibility("hidden");
        awaitAnswers();
        List<String> requests = new ArrayList<>();
        page.onRequest(request -> requests.add(request.url()));

        letPollsPass();
        assertThat(requests).isEmpty();

        Response answer = page.waitForResponse(
                response -> response.url().contains("/aggregates"), () -> setVisibility("visible"));
        assertThat(answer.status()).isEqualTo(200);
    }

    /** Runs the page's clock a second at a time, so that an answer arrives before the next request is due. */
    private void letPollsPass() {
        for (int second = 0; second < POLLS_SECONDS; second++) {
            page.clock().runFor(1_000);
            awaitAnswers();
        }
    }

    private void setVisibility(String state) {
        page.evaluate(
                "state => { Object.defineProperty(document, 'visibilityState', { value: state, configurable: true });"
                        + "document.dispatchEvent(new Event('visibilitychange')); }",
                state);
    }

    @Test
    void sendsFewRequestsWhileNothingChanges() {
        page.clock().install();
        run.commit(allIds(1), 0);
        open("OK");
        awaitChecks();
        List<String> requests = new ArrayList<>();
        page.onRequest(request -> requests.add(request.url()));

        letPollsPass();

        assertThat(requests).isNotEmpty().hasSizeLessThanOrEqualTo(5).noneMatch(url -> url.contains("/windows"));
    }

    @Test
    @Runs(2)
    void showsAnotherRunWhenItIsSelected() {
        commitAnOlderRunToo();
        open("OK");
        Locator runs = page.getByLabel("Run");
        assertThat(runs.locator("option").allInnerTexts())
                .containsExactly("Latest: run_1", "run_1", "run_old", "All runs");

        runs.selectOption("run_old");

        assertThat(headline()).containsText("3 rows");
        assertThat(badge()).hasText("OK");
        page.reload();
        assertThat(headline()).containsText("3 rows");
        page.getByLabel("Run").selectOption("all");
        assertThat(headline()).containsText("8 rows");
    }

    @Test
    @Runs(2)
    void showsAnotherRunAtOnceWhileTheFormerOnesValidationIsSlow() {
        commitAnOlderRunToo();
        // Never answered.
        page.route(url -> url.contains("/validation") && !url.contains("run_old"), route -> {});
        page.navigate(validator.url("/"));
        assertThat(headline()).containsText("5 rows");
        assertThat(page.locator("#checks")).isHidden();

        page.getByLabel("Run").selectOption("run_old");

        assertThat(headline()).containsText("3 rows");
        assertThat(page.locator("#checks")).isVisible();
    }

    @Test
    @Runs(2)
    void showsNothingOfTheFormerRunWhileAnotherOneIsSlow() {
        commitAnOlderRunToo();
        page.route(url -> url.contains("/aggregates") && url.contains("run_old"), route -> {});
        open("OK");
        assertThat(page.locator("#batches-section")).isVisible();

        page.getByLabel("Run").selectOption("run_old");

        assertThat(badge()).hasText("Loading");
        assertThat(page.locator("#pulse")).hasText("Starting");
        assertThat(headline()).hasText("Asking the validator …");
        assertThat(page.locator("#main")).hasAttribute("aria-busy", "true");
        for (String part : List.of("#timeline", "#rows-section", "#batches-section", "#checks-section")) {
            assertThat(page.locator(part)).isHidden();
        }
    }

    @Test
    void showsHowFarTheFirstReadingIs() {
        page.clock().install();
        run.commit(allIds(1), 0);
        List<Route> waiting = new ArrayList<>();
        page.route(url -> url.contains("/aggregates"), waiting::add);
        page.route(
                url -> url.contains("/progress"),
                route -> route.fulfill(new Route.FulfillOptions()
                        .setContentType("application/json")
                        .setBody("{\"run\":\"run_1\",\"done\":3000,\"total\":40000,\"unit\":\"batches\"}")));
        page.waitForResponse(
                response -> response.url().contains("/validation"), () -> page.navigate(validator.url("/")));
        awaitIdle();

        page.clock().runFor(2_000);

        assertThat(headline()).hasText("Reading run_1: 3,000 of 40,000 batches.");
        assertThat(page.locator("#pulse")).hasText("Reading run_1: 3,000 of 40,000 batches");
        screenshot("first-reading");

        waiting.get(0).resume();

        assertThat(headline()).containsText("5 rows");
        assertThat(page.locator("#pulse")).containsText("Live");
    }

    /** A process that is suspended accepts connections, but answers nothing. */
    @Test
    void saysThatTheValidatorDoesNotAnswer() {
        page.clock().install();
        page.route(url -> url.contains("/aggregates") || url.contains("/progress"), route -> {});
        page.navigate(validator.url("/"));

        page.waitForRequest(request -> request.url().contains("/progress"), () -> page.clock()
                .runFor(2_000));
        page.clock().runFor(10_000);

        assertThat(page.getByRole(AriaRole.ALERT)).containsText("The validator does not answer.");
    }

    @Test
    void showsTheDateOfDataThatIsNotOfToday() {
        page.clock().install();
        run.commit(allIds(1), 0);
        open("OK");
        String today = now().toString().substring(0, 10);

        page.route(url -> true, route -> route.abort("connectionrefused"));
        page.clock().fastForward(Duration.ofDays(1).toMillis());

        assertThat(page.getByRole(AriaRole.ALERT)).containsText("This data is from " + today + " ");
        awaitAnswers();
        assertThat(takeErrors()).isNotEmpty().allMatch(error -> error.contains("ERR_CONNECTION_REFUSED"));
    }

    @Test
    void keepsPollingAndSaysWhatItCannotShow() {
        page.clock().install();
        run.commit(allIds(1), 0);
        page.route(url -> url.contains("chart.umd"), Route::abort);
        open("OK");

        assertThat(page.getByRole(AriaRole.ALERT))
                .hasText("A part of this page can’t be shown (Chart is not defined). Reload the page.");
        assertThat(page.locator("#batches tr")).hasCount(1);
        run.commit(allIds(2), 0);
        letPollsPass();
        assertThat(headline()).containsText("10 rows");
        assertThat(page.locator("#batches tr")).hasCount(2);
        assertThat(takeErrors())
                .isNotEmpty()
                .allMatch(error -> error.contains("ERR_FAILED") || error.contains("Chart is not defined"));
    }

    @Test
    void saysAtOnceThatNothingButRejectedEventsCame() {
        run.commit(Map.of(), 3);
        open("FAILED");

        assertThat(headline()).hasText("No rows: 3 events rejected.");
        assertThat(page.locator("#verdict"))
                .hasText(
                        "1 check failed: rejected. Most of the newest ones: id: missing, for example partition 0 offset 0."
                                + " Each event with its reason: " + outputDir.resolve("rejected/run_1") + ".");
        assertThat(page.locator("#verdict")).isInViewport();
        assertThat(page.locator("#checks tr").nth(0)).containsText("Fix the program that sends them.");
    }

    @Test
    void saysHowFarTheNewestEventIsAheadOfTheClock() {
        run.eventsAt(now().plus(Duration.ofMinutes(10))).commit(allIds(1), 0);

        open("WARN");

        assertThat(headline()).containsText("the newest event 9 min ahead of the clock");
    }

    @Test
    void leavesItToTheValidatorHowFarAheadAnEventMayBe() {
        run.eventsAt(now().plus(Duration.ofMinutes(10))).commit(allIds(1), 0);
        page.route(url -> url.contains("/validation"), route -> {
            APIResponse answer = route.fetch();
            route.fulfill(new Route.FulfillOptions()
                    .setResponse(answer)
                    .setBody(answer.text().replaceAll("not after [^\"]+", "not after 2999-01-01T00:00:00.000000Z")));
        });

        open("WARN");
        awaitChecks();

        assertThat(headline()).containsText("the newest event 0 s old");
    }

    @Test
    void showsTheAdviceOfACheckUntilItPasses() throws IOException {
        page.clock().install();
        run.commit(allIds(1), 0);
        Path stray = TestFiles.writeEvents(run.folder().resolve("id=0/stray.parquet"), 0, 0, 1);
        open("FAILED");
        Locator check = page.locator("#checks tr").nth(0);
        assertThat(check.locator(".advice"))
                .containsText(
                        run.folder() + " does not hold exactly the committed files. If data that was here is gone");
        assertThat(check.locator(".advice code").first()).hasText(run.folder().toString());
        assertThat(page.locator("#checks .advice:visible")).hasCount(1);

        Files.delete(stray);
        letPollsPass();

        assertThat(badge()).hasText("OK");
        assertThat(page.locator("#checks .advice:visible")).hasCount(0);
    }

    @Test
    void readsEveryRowOnRequest() {
        page.clock().install();
        run.commit(allIds(1), 0);
        open("OK");
        Locator check = page.locator("#checks tr", new Page.LocatorOptions().setHasText("exactly-once"));
        assertThat(check).containsText("NO_DATA");

        page.getByRole(AriaRole.BUTTON, name("Read every row now")).click();

        assertThat(check).containsText("Every offset is present exactly once.");
        page.waitForResponse(response -> response.url().contains("/validation"), this::letPollsPass);
        assertThat(check).containsText("5 rows, 0 offsets missing");
    }

    @Test
    void readsEveryRowAndReportsDuplicates() {
        run.commit(allIds(1), 0);
        open("OK");
        TestFiles.writeEvents(run.folder().resolve("id=0/stray.parquet"), 0, 0, 1);

        page.getByRole(AriaRole.BUTTON, name("Read every row now")).click();

        assertThat(badge()).hasText("FAILED");
        assertThat(page.locator("#verdict"))
                .hasText("2 checks failed: ledger-files, exactly-once." + " Stray (1): run_1/id=0/stray.parquet.");
    }

    @Test
    void forgetsWhatWasFoundInTheRowsOnceSomebodyMendedSomething() throws IOException {
        page.clock().install();
        run.commit(allIds(1), 0);
        open("OK");
        Path stray = TestFiles.writeEvents(run.folder().resolve("id=0/stray.parquet"), 0, 0, 1);
        page.getByRole(AriaRole.BUTTON, name("Read every row now")).click();
        Locator check = page.locator("#checks tr", new Page.LocatorOptions().setHasText("exactly-once"));
        assertThat(check).containsText("FAILED");

        Files.delete(stray);
        letPollsPass();

        assertThat(check).containsText("NO_DATA");
        assertThat(badge()).hasText("OK");
    }

    private void commitAnOlderRunToo() {
        new TestRun(outputDir, "old")
                .committedAt(now().minus(Duration.ofHours(1)))
                .commit(0, 1, 2, 3);
        run.commit(allIds(1), 0);
    }

    private static Page.GetByRoleOptions name(String name) {
        return new Page.GetByRoleOptions().setName(name);
    }
}
