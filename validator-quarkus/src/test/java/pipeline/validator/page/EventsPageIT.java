package pipeline.validator.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import pipeline.events.schema.EventSchema;
import pipeline.validator.dataset.TestEvents;
import pipeline.validator.dataset.TestRun;

/** The page shows events that have a schema. */
class EventsPageIT extends PageTestBase {
    private static final String ORDERS =
            """
            {"type": "object",
             "properties": {
               "country": {"type": ["string", "null"]},
               "created_at": {"type": "string", "format": "date-time"},
               "amount": {"type": "number"},
               "number": {"type": "integer"},
               "customer": {"type": "object", "properties": {"name": {"type": "string"}}},
               "items": {"type": "array", "items": {"type": "integer"}}},
             "required": ["country", "created_at", "amount"],
             "x-pipeline": {"group": "country", "time": "created_at", "value": "amount"}}
            """;
    private static final String HTML = "<img src=x onerror=\"window.ran=true\">";
    private static final String LONG = "a text that is longer than a cell may be " + "x".repeat(60);

    private static EventSchema ordersBy(String roles) {
        return TestEvents.schema(ORDERS.replaceFirst("\"x-pipeline\".*", "\"x-pipeline\": " + roles + "}"));
    }

    private static String order(String country, double amount, String fields) {
        return order(now(), country, amount, fields);
    }

    private static String order(Instant at, String country, double amount, String fields) {
        return "{\"country\": " + (country == null ? null : "\"" + country.replace("\"", "\\\"") + "\"")
                + ", \"created_at\": \"" + at + "\", \"amount\": " + amount + fields + "}";
    }

    private List<String> heads(String body) {
        return page.locator("table:has(#" + body + ") thead th").allInnerTexts();
    }

    private List<String> drawn(String canvas) {
        return List.of(((String) page.evaluate(
                        "canvas => Chart.getChart(document.querySelector(canvas)).data.datasets[0].data"
                                + ".map(point => point.y).filter(y => y !== null).join()",
                        canvas))
                .split(","));
    }

    private Locator charts() {
        return page.locator("#averages li");
    }

    private Locator names() {
        return page.locator("#averages .name");
    }

    /** Each group has one row more than the next one; the groups with the most rows have charts. */
    private void commitGroups(int groups, Instant at) {
        List<String> events = new ArrayList<>();
        for (int group = 0; group < groups; group++) {
            for (int row = group; row < groups; row++) {
                events.add(order(at, "g" + group, group, ""));
            }
        }
        run.commitEvents(TestEvents.schema(ORDERS), events.toArray(String[]::new));
    }

    @Test
    void callsColumnsAsTheSchemaDoes() {
        run.commitEvents(
                TestEvents.schema(ORDERS),
                order("DE", 1.5, ""),
                order("DE", 2, ""),
                order("DE", 0.25, ""),
                order(null, 1234567.891, ""),
                order(null, 1234567.891, ""),
                order(HTML, 3, ""));
        open("OK");

        assertThat(page.locator("#averages-title")).hasText("Averages of amount per country");
        assertThat(page.locator("#ids-title")).hasText("Totals per country");
        assertThat(page.locator("#ids-note")).hasText("All rows of the run; mean, min and max of amount; times in UTC");
        assertThat(heads("ids")).containsExactly("country", "count", "mean", "min", "max", "last created_at");
        assertThat(cells("#ids tr:nth-child(1)").subList(0, 5)).containsExactly("DE", "3", "1.25", "0.25", "2");
        assertThat(cells("#ids tr:nth-child(2)").subList(0, 3)).containsExactly("null", "2", "1234567.89");
        assertThat(page.locator("#ids tr:nth-child(3) th")).hasText(HTML);
        assertThat(names()).hasText(new String[] {HTML, "DE", "null"});
        assertThat(names().first()).hasAttribute("title", HTML);
        assertThat(drawn("#averages li:nth-child(2) canvas")).containsExactly("1.25");
        assertThat(drawn("#events")).containsExactly("6");
        assertThat(page.locator("#events-note")).containsText("All groups together");
        assertThat(page.locator("img")).hasCount(0);
        assertThat(page.evaluate("window.ran")).isNull();
    }

    @Test
    void showsCountsOfEventsWithoutAValue() {
        EventSchema schema = ordersBy("{\"group\": \"country\"}");
        run.commitEvents(schema, order("DE", 1, ""), order("DE", 2, ""), order("FR", 3, ""));
        open("OK");

        assertThat(page.locator("#averages-title")).hasText("Counts per country");
        assertThat(heads("ids")).containsExactly("country", "count", "last kafka_timestamp");
        assertThat(cells("#ids tr").subList(0, 2)).containsExactly("DE", "2");
        assertThat(drawn("#averages li:first-child canvas")).containsExactly("2");
        assertThat(page.locator("#averages .latest").first()).hasText("2");
        assertThat(page.locator("#averages canvas").first())
                .hasAttribute("aria-label", Pattern.compile("DE, .*: newest count 2, lowest 2, highest 2"));
    }

    @Test
    void showsEventsWithoutAGroupTogether() {
        run.commitEvents(ordersBy("{\"value\": \"amount\"}"), order("DE", 1, ""), order("FR", 3, ""));
        open("OK");

        assertThat(page.locator("#averages-title")).hasText("Averages of amount");
        assertThat(page.locator("#ids-title")).hasText("Totals");
        assertThat(names()).hasText("all");
        assertThat(cells("#ids tr").subList(0, 3)).containsExactly("all", "2", "2");
    }

    @Test
    void showsChartsOfTheLargestGroupsAndOfThoseThatAreChosen() {
        Instant now = now();
        commitGroups(14, now);
        run.commitEvents(TestEvents.schema(ORDERS), order(now.minus(Duration.ofDays(1)), null, 1, ""));
        open("OK");
        assertThat(charts()).hasCount(12);
        assertThat(page.locator("#averages-note")).containsText("; 3 more groups not shown");
        assertThat(drawn("#events")).containsExactly("105");
        Locator choice = page.getByLabel("Also show");
        assertThat(choice.locator("option").allInnerTexts()).containsExactly("only the largest", "g12", "g13", "null");

        choice.selectOption("g13");

        assertThat(names().first()).hasText("g13");
        assertThat(charts()).hasCount(12);
        assertThat(drawn("#averages li:first-child canvas")).containsExactly("13");
        assertThat(drawn("#events")).containsExactly("105");
        choice.selectOption("null");
        assertThat(names().first()).hasText("null");
        assertThat(names().nth(1)).hasText("g13");
        assertThat(page.locator("#averages .latest").first()).hasText("–");
        choice.selectOption("only the largest");
        assertThat(names().first()).hasText("g0");
        assertThat(page.locator("#averages-note")).containsText("; 3 more groups not shown");
    }

    @Test
    void namesTheGroupsThatAreNotListed() {
        run.commitEvents(
                TestEvents.schema(ORDERS),
                IntStream.range(0, 1_003)
                        .mapToObj(group -> order("g" + group, 1, ""))
                        .toArray(String[]::new));
        open("OK");

        assertThat(page.locator("#ids tr")).hasCount(1_001);
        assertThat(cells("#ids tr:last-child").subList(0, 3)).containsExactly("3 others", "3", "1");
        assertThat(page.locator("#averages-note")).containsText("; 991 more groups not shown");
        assertThat(page.locator("#group option")).hasCount(989);
        assertThat(drawn("#events")).containsExactly("1003");
    }

    @Test
    void showsAllColumnsOfTheNewestRows() {
        Instant now = Instant.parse(now().toString().substring(0, 19) + ".123456Z");
        run.commitEvents(
                TestEvents.schema(ORDERS),
                order(
                        now,
                        "DE",
                        1.125,
                        ", \"number\": 9007199254740993, \"customer\": {\"name\": \"" + LONG + "\", \"vip\": true},"
                                + " \"items\": [1, 9007199254740995]"));
        open("WARN");

        assertThat(heads("rows"))
                .containsExactly(
                        "country",
                        "created_at",
                        "amount",
                        "number",
                        "customer",
                        "items",
                        "kafka_partition",
                        "kafka_offset",
                        "kafka_timestamp",
                        "rescued");
        assertThat(cells("#rows tr"))
                .containsExactly(
                        "DE",
                        now.toString().substring(11, 23),
                        "1.125",
                        "9007199254740993",
                        ("{\"name\":\"" + LONG).substring(0, 39) + "…",
                        "[1,9007199254740995]",
                        "0",
                        "0",
                        "2026-11-22T12:34:57.000000Z",
                        "{\"/customer/vip\":true}");
        assertThat(page.locator("#rows td").nth(4)).hasAttribute("title", "{\"name\":\"" + LONG + "\"}");
    }

    @Test
    void listsColumnsOnRequest() {
        run.commitEvents(
                TestEvents.schema(ORDERS),
                order(
                        "DE",
                        1.5,
                        ", \"items\": [9007199254740993], \"customer\": {\"name\": \"" + HTML.replace("\"", "'")
                                + "\"}"),
                order(LONG, 2, ""));
        open("OK");
        assertThat(page.locator("#columns")).isHidden();

        page.getByText("Columns", new Page.GetByTextOptions().setExact(true)).click();

        assertThat(page.locator("#columns")).isVisible();
        assertThat(heads("columns")).containsExactly("column", "type", "rows", "nulls", "minimum", "maximum");
        assertThat(page.locator("#columns tr").first().locator("td").nth(4)).hasAttribute("title", LONG);
        assertThat(column("country")).containsExactly("string", "2", "0", "DE", LONG.substring(0, 39) + "…");
        assertThat(column("amount")).containsExactly("number", "2", "0", "1.5", "2");
        assertThat(column("number")).containsExactly("integer", "2", "2", "–", "–");
        assertThat(column("items[]")).containsExactly("integer", "2", "1", "9007199254740993", "9007199254740993");
        assertThat(column("customer.name")).contains(HTML.replace("\"", "'"));
        assertThat(page.locator("img")).hasCount(0);
    }

    private List<String> column(String path) {
        return page.locator("#columns tr:has(th:text-is(\"" + path + "\")) td").allInnerTexts();
    }

    /** As many columns and as long names as people may have. */
    private void commitWideEvents() {
        String names = IntStream.range(0, 40)
                .mapToObj(column -> "column_" + column + "_" + "n".repeat(50))
                .map(name -> "\"" + name + "\": {\"type\": \"string\"}")
                .collect(Collectors.joining(", "));
        String schema = ORDERS.replace("country", "country_" + "c".repeat(52))
                .replace("amount", "amount_" + "a".repeat(53))
                .replace("created_at", "created_" + "t".repeat(52))
                .replace("\"number\":", names + ", \"number\":");
        String event = order(LONG, -1234567.891, ", \"column_3_" + "n".repeat(50) + "\": \"" + LONG + "\"")
                .replace("country", "country_" + "c".repeat(52))
                .replace("amount", "amount_" + "a".repeat(53))
                .replace("created_at", "created_" + "t".repeat(52));
        run.commitEvents(TestEvents.schema(schema), event);
        open("OK");
        awaitChecks();
        page.locator("summary").click();
        assertThat(page.locator("#columns")).isVisible();
    }

    private void scrollsNothingButTables() {
        assertThat(page.evaluate("document.documentElement.scrollWidth - innerWidth"))
                .isEqualTo(0);
        assertThat(
                        page.evaluate(
                                "[...document.querySelectorAll('main *:not(.scroll, .scroll *, .visually-hidden)')]"
                                        + ".filter(node => node.getBoundingClientRect().right > innerWidth).map(node => node.outerHTML)"))
                .isEqualTo(List.of());
    }

    @Test
    void fitsTheWindowWithManyColumnsAndLongNames() {
        commitWideEvents();

        scrollsNothingButTables();
        assertThat(page.locator("#rows tr:first-child td")).hasCount(50);
    }

    @Test
    void fitsAPhoneWithManyColumnsAndLongNames() {
        look(phone());
        commitWideEvents();

        scrollsNothingButTables();
    }

    @Test
    @Runs(2)
    void showsBuiltInEventsAsUsualAfterOthers() {
        new TestRun(outputDir, "old")
                .committedAt(now().minus(Duration.ofHours(1)))
                .commit(0, 1);
        run.commitEvents(TestEvents.schema(ORDERS), order("DE", 1.5, ""));
        open("OK");
        assertThat(names()).hasText("DE");
        Locator runs = page.getByLabel("Run");

        runs.selectOption("run_old");

        assertThat(names()).hasText("id 0");
        assertThat(page.locator("#averages .latest")).hasText("1.00");
        assertThat(page.locator("#averages-title")).hasText("Averages per id");
        assertThat(page.locator("#ids-title")).hasText("Totals per id");
        assertThat(heads("ids")).containsExactly("id", "count", "mean", "min", "max", "last ts");
        assertThat(heads("rows")).containsExactly("ts", "id", "value", "source", "offset");
        assertThat(page.locator("#rows tr:first-child td")).hasCount(5);
        assertThat(page.locator("#columns-section")).isHidden();
        runs.selectOption("all");
        assertThat(page.locator("#ids tr")).hasCount(2);
        assertThat(names()).hasText("DE");
        assertThat(page.locator("#rows tr").first()).containsText("DE");
        assertThat(page.locator("#columns-section")).isVisible();
    }
}
