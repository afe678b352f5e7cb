package pipeline.events.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import pipeline.events.http.RequestRules.Refusal;

class RequestRulesTest {
    private final RequestRules rules = RequestRules.of(List.of("validator", "Data.Example."), "VALIDATOR_HOSTS");

    private Optional<Integer> status(String host, String path, Map<String, String> headers) {
        return rules.refusal(host, path, headers::get).map(Refusal::status);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "localhost",
                "LOCALHOST",
                "localhost.",
                "validator",
                "data.example",
                "127.0.0.1",
                "10.0.0.7",
                "[::1]",
                "::1"
            })
    void allowsItsOwnNamesAndAddresses(String host) {
        assertThat(status(host, "/aggregates", Map.of())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"attacker.example", "localhost.attacker.example", "127.0.0.1.attacker.example", "validator2", ""
            })
    void refusesOtherNames(String host) {
        assertThat(status(host, "/q/health", Map.of())).contains(421);
    }

    @Test
    void saysWhichSettingAllowsAName() {
        Refusal refusal = rules.refusal("a\"b.example", "/", Map.<String, String>of()::get)
                .orElseThrow();

        assertThat(refusal.detail())
                .isEqualTo("Requests to the host name a\"b.example are not allowed. If it is a name of this server, set"
                        + " VALIDATOR_HOSTS=a\"b.example.");
        assertThat(refusal.json())
                .isEqualTo("{\"type\":\"about:blank\",\"title\":\"Misdirected Request\",\"status\":421,\"detail\":"
                        + "\"Requests to the host name a\\\"b.example are not allowed. If it is a name of this server, set"
                        + " VALIDATOR_HOSTS=a\\\"b.example.\"}");
    }

    @ParameterizedTest
    @CsvSource({
        "/validation, no-cors, image, 403",
        "/aggregates, cors, empty, 403",
        "/validation, navigate, document, 403",
        "/, navigate, iframe, 403",
        "/, navigate, document,",
        "/index.html, navigate, document,",
        "/q/swagger-ui, navigate, document,",
    })
    void refusesWhatPagesOfOtherSitesRequestUnlessItIsALinkToAPage(
            String path, String mode, String destination, Integer status) {
        Map<String, String> headers =
                Map.of("Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", mode, "Sec-Fetch-Dest", destination);

        assertThat(status("localhost", path, headers)).isEqualTo(Optional.ofNullable(status));
    }

    @ParameterizedTest
    @ValueSource(strings = {"same-origin", "same-site", "none"})
    void allowsRequestsOfItsOwnPageAndOfThePerson(String site) {
        assertThat(status("localhost", "/validation", Map.of("Sec-Fetch-Site", site)))
                .isEmpty();
    }
}
