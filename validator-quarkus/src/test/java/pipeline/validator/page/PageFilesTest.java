package pipeline.validator.page;

import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import pipeline.validator.OutputDir;

/** The page's files and headers: what can be tested without a browser. */
@QuarkusTest
@WithTestResource(OutputDir.class)
class PageFilesTest {
    private static final int MAX_BYTES = 55_000;
    private static final String FILES = "src/main/resources/META-INF/resources";

    private static String page() {
        return when().get("/").then().statusCode(200).extract().asString();
    }

    private static List<String> all(String pattern, String text) {
        return Pattern.compile(pattern, Pattern.DOTALL)
                .matcher(text)
                .results()
                .map(result -> result.group(1))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/index.html", "/page/app.js", "/page/style.css", "/aggregates", "/nothing"})
    void allowsOnlyItsOwnFiles(String path) {
        when().get(path)
                .then()
                .header(
                        "Content-Security-Policy",
                        allOf(
                                containsString("default-src 'none'; script-src 'self'; style-src 'self'; "),
                                containsString("require-trusted-types-for 'script'"),
                                not(containsString("unsafe"))))
                .header("X-Content-Type-Options", "nosniff");
    }

    @Test
    void leavesQuarkusPagesAlone() {
        when().get("/q/swagger-ui/").then().statusCode(200).header("Content-Security-Policy", nullValue());
    }

    @Test
    void hasNoInlineScriptOrStyle() {
        assertThat(page())
                .doesNotContainPattern("<script(?![^>]*\\ssrc=)")
                .doesNotContainPattern("<style")
                .doesNotContainPattern("\\s(style|on\\w+)=");
    }

    @Test
    void linksOnlyToExistingFiles() {
        List<String> links = all("(?:src|href)=\"([^\"#][^\"]*)\"", page());

        assertThat(links).hasSizeGreaterThan(10).noneMatch(link -> link.contains("//"));
        links.forEach(link -> when().get("/" + link).then().statusCode(200));
    }

    @Test
    void isSmall() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of(FILES))) {
            long bytes = files.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
            assertThat(bytes).isLessThan(MAX_BYTES);
        }
    }
}
