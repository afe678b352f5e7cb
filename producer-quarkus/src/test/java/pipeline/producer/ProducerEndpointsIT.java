package pipeline.producer;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.matchesPattern;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.hamcrest.Matcher;
import org.junit.jupiter.api.Test;

/** The endpoints of the packaged producer, as a jar or as a native binary, while it sends to a real broker. */
@QuarkusIntegrationTest
@WithTestResource(BrokerWithTopic.class)
class ProducerEndpointsIT {
    @Test
    void isReadyAndCountsWhatKafkaAcknowledged() {
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> when().get("/q/health/ready")
                .then()
                .statusCode(200)
                .body("status", equalTo("UP"))
                .body("checks.name", hasItems("Kafka topic"))
                .body("checks.find { it.name == 'Kafka topic' }.data.topic", equalTo(BrokerWithTopic.TOPIC)));
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> when().get("/q/metrics")
                .then()
                .statusCode(200)
                .body(matches("^producer_events_acked_total [1-9]"))
                .body(containsString("producer_events_failed_total 0.0")));
    }

    @Test
    void isAlive() {
        when().get("/q/health/live").then().statusCode(200).body("status", equalTo("UP"));
    }

    @Test
    void refusesRequestsOfForeignWebPages() {
        for (String path : List.of("/q/health", "/q/metrics", "/")) {
            given().header("Host", "attacker.example")
                    .when()
                    .get(path)
                    .then()
                    .statusCode(421)
                    .body("detail", containsString("set PRODUCER_HOSTS=attacker.example."));
            given().header("Sec-Fetch-Site", "cross-site")
                    .when()
                    .get(path)
                    .then()
                    .statusCode(403);
        }
        given().header("Host", "127.0.0.1:8084").when().get("/q/metrics").then().statusCode(200);
    }

    private static Matcher<String> matches(String line) {
        return matchesPattern(Pattern.compile(".*" + line + ".*", Pattern.DOTALL | Pattern.MULTILINE));
    }
}
