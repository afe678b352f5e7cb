package pipeline.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class GoldenMessagesTest {

    @Test
    void theReferenceDecoderSaysWhatWasRecorded() throws IOException {
        List<String> verdicts =
                GoldenMessages.values().stream().map(GoldenMessages::verdict).toList();

        assertThat(verdicts).isEqualTo(GoldenMessages.verdicts());
    }

    @Test
    void manyAreAcceptedAndEachKindOfReasonOccurs() throws IOException {
        List<String> verdicts = GoldenMessages.verdicts();

        assertThat(verdicts.stream().filter(verdict -> verdict.startsWith("accepted: ")))
                .hasSizeGreaterThan(1_200);
        assertThat(verdicts)
                .contains(
                        "tombstone: the value is null",
                        "not a JSON object",
                        "not UTF-8",
                        "not JSON: empty",
                        "text after the object",
                        "id: missing",
                        "id: more than once",
                        "id: not an integer",
                        "id: not in 0 to 4",
                        "ts: not a string",
                        "ts: not an RFC 3339 date-time with Z or offset",
                        "ts: more than 6 fraction digits",
                        "ts: no such date or time",
                        "ts: year not in 0001 to 9999",
                        "value: not a number",
                        "value: not in 0 to 100",
                        "source: not a string",
                        "source: a surrogate without its pair",
                        "source: not 1 to 100 code points");
    }
}
