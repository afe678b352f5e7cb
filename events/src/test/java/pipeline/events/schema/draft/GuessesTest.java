package pipeline.events.schema.draft;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import pipeline.events.schema.Roles;
import pipeline.events.schema.draft.SchemaDraft.Guess;

class GuessesTest {

    private static Roles roles(String... values) {
        return Drafts.schema(Drafts.of(values)).roles();
    }

    @Test
    void timeIsTheFirstDateTimeInEachRecord() {
        String time = "\"2026-11-22T12:00:00Z\"";

        Roles roles = roles(
                "{\"a\":" + time + ",\"b\":\"2026-11-22\",\"c\":" + time + ",\"d\":" + time + "}",
                "{\"a\":null,\"b\":\"2026-11-22\",\"c\":" + time + ",\"d\":" + time + "}");

        assertThat(roles.time()).isEqualTo("c");
    }

    @Test
    void groupIsTheStringWithTheFewestValues() {
        Roles roles = roles(
                "{\"one\":\"a\",\"three\":\"a\",\"two\":\"a\",\"also_two\":\"a\",\"flag\":true,\"optional\":\"a\"}",
                "{\"one\":\"a\",\"three\":\"b\",\"two\":\"b\",\"also_two\":\"b\",\"flag\":false}",
                "{\"one\":\"a\",\"three\":\"c\",\"two\":\"b\",\"also_two\":\"b\",\"flag\":false,\"optional\":\"b\"}");

        assertThat(roles.group()).isEqualTo("two");
    }

    @Test
    void withoutStringsGroupIsTheIntegerOrBooleanWithTheFewestValues() {
        Roles roles = roles(
                "{\"text\":\"a\",\"number\":1,\"flag\":true,\"day\":\"2026-11-22\"}",
                "{\"text\":\"a\",\"number\":2,\"flag\":true,\"day\":\"2026-11-23\"}",
                "{\"text\":\"a\",\"number\":3,\"flag\":false,\"day\":\"2026-11-23\"}");

        assertThat(roles.group()).isEqualTo("flag");
    }

    @Test
    void groupHasAtMostHundredValues() {
        EventSample sample = new EventSample();
        for (int i = 0; i < 100; i++) {
            sample.add(("{\"a\":\"" + i + "\"}").getBytes(UTF_8));
        }
        assertThat(Drafts.schema(sample.draft()).roles().group()).isEqualTo("a");
        assertThat(sample.draft().guesses().get(0)).isEqualTo(new Guess("group", "a", "100 different values"));

        sample.add("{\"a\":\"100\"}".getBytes(UTF_8));
        assertThat(Drafts.schema(sample.draft()).roles().group()).isNull();
    }

    @Test
    void valueIsTheFirstNumber() {
        Roles roles = roles(
                "{\"count\":1,\"maybe\":1.5,\"amount\":1.5,\"other\":1.5,\"x\":{\"y\":1.5}}",
                "{\"count\":1,\"amount\":2,\"other\":1.5,\"x\":{\"y\":1.5}}");

        assertThat(roles.value()).isEqualTo("amount");
    }

    @Test
    void withoutNumbersValueIsTheFirstIntegerThatIsNotTheGroup() {
        Roles roles = roles("{\"id\":1,\"count\":1}", "{\"id\":2,\"count\":1}");

        assertThat(roles.group()).isEqualTo("id");
        assertThat(roles.value()).isEqualTo("count");
    }

    @Test
    void integersThatCouldBeTimesHaveNoRole() {
        Roles roles = roles("{\"at\":1763812345678}", "{\"at\":1763812345679}");

        assertThat(roles).isEqualTo(Roles.NONE);
    }

    @Test
    void whatCannotBeGuessedIsSaid() {
        SchemaDraft draft = Drafts.of("{\"a\":\"x\"}");

        assertThat(draft.text()).doesNotContain("x-pipeline");
        assertThat(draft.guesses())
                .containsExactly(
                        new Guess(
                                "group",
                                null,
                                "no string, integer or boolean in each record has 2 to 100 different values, so there is one"
                                        + " group"),
                        new Guess(
                                "time",
                                null,
                                "no date-time is in each record, so the time is that of the Kafka record"),
                        new Guess("value", null, "no other number is in each record, so events are only counted"));
    }
}
