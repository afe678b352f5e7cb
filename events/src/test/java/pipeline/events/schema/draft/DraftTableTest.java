package pipeline.events.schema.draft;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static pipeline.events.schema.draft.Drafts.add;

import org.junit.jupiter.api.Test;

class DraftTableTest {

    @Test
    void showsFieldsAndGuesses() {
        EventSample sample = new EventSample();
        add(
                sample,
                1_500,
                "{\"country\":\"DE\",\"amount\":1.5,\"at\":\"2026-11-22T12:00:00Z\",\"customer\":{\"id\":1,\"x/y\":1},\"n\":0}");
        add(
                sample,
                500,
                "{\"country\":\"FR\",\"amount\":1,\"at\":\"2026-11-22T12:00:00Z\",\"tags\":[\"a\"],\"n\":\"\"}");
        add(sample, 1, "{\"country\":\"FR\",\"amount\":1,\"at\":\"2026-11-22T12:00:00Z\",\"rare\":true}");
        add(sample, 20, "no JSON");

        assertThat(sample.draft().table())
                .isEqualTo(
                        """
                        2,021 records; 20 are not JSON objects

                        field           in       types seen                   column          why
                        /country        100.0 %  string: 2,001                string          in each, never null
                        /amount         100.0 %  integer: 501, number: 1,500  number          in each, never null; not all are integers
                        /at             100.0 %  date-time: 2,001             date-time       in each, never null
                        /customer       74.9 %   object: 1,500                object or null  missing in some
                        /customer/id    100.0 %  integer: 1,500               integer         in each, never null
                        /customer/x~1y  100.0 %  integer: 1,500               rescued         no column can have this name
                        /n              99.9 %   integer: 1,500, string: 500  rescued         mixed types
                        /tags           24.9 %   array: 500                   array or null   missing in some
                        /tags/*         100.0 %  string: 500                  string          never null
                        /rare           < 0.1 %  boolean: 1                   rescued         fewer than 1 % have a value

                        Guesses; nothing in the events proves them:
                        group  country  2 different values
                        time   at       the first date-time in each record
                        value  amount   the first number in each record
                        """);
    }

    @Test
    void showsHundredFieldsThatAreNoColumns() {
        EventSample sample = new EventSample();
        for (int i = 0; i < 300; i++) {
            sample.add(("{\"a" + i + "\":1,\"id\":1}").getBytes(UTF_8));
        }

        String table = sample.draft().table();

        assertThat(table).contains("/id ", "/a99 ", "\nand 200 other fields that are left to rescued\n");
        assertThat(table).doesNotContain("/a100 ");
    }

    @Test
    void namesCannotControlATerminal() {
        String table = Drafts.of("{\"\\u001b[2J\\n\u202e\u00e9\\ud800\":1}").table();

        assertThat(table).contains("/\\u001b[2J\\u000a\\u202e\u00e9\\ud800 ");
    }
}
