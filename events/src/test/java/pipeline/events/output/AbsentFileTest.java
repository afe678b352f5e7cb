package pipeline.events.output;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import pipeline.events.offsets.OffsetRange;

class AbsentFileTest {
    @Test
    void writesOneLineForEachRangeInOrder() throws Exception {
        SortedMap<Integer, List<OffsetRange>> ranges = new TreeMap<>(
                Map.of(2, List.of(new OffsetRange(5, 6)), 0, List.of(new OffsetRange(1, 4), new OffsetRange(9, 10))));

        byte[] content = AbsentFile.encode(ranges);

        assertThat(new String(content, US_ASCII)).isEqualTo("partition,from,until\n0,1,4\n0,9,10\n2,5,6\n");
        assertThat(AbsentFile.decode(content)).isEqualTo(ranges);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "partition,from,until",
                "0,1,4\n",
                "partition,from,until\n0,1,4",
                "partition,from,until\n0,4,1\n",
                "partition,from,until\n0,-4,1\n",
                "partition,from,until\n0,1\n",
                "partition,from,until\n9999999999,1,2\n",
                "partition,from,until\n0,1,9999999999999999999\n"
            })
    void rejectsAnythingElse(String text) {
        assertThatThrownBy(() -> AbsentFile.decode(text.getBytes(US_ASCII))).isInstanceOf(LedgerFormatException.class);
    }
}
