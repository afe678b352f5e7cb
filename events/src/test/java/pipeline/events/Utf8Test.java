package pipeline.events;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Utf8Test {

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "\0", "\u00e9\u20ac\ud83d\ude00", "\ufffd", "\uffff", "\ufeffa", "\udbff\udfff"})
    void decodesWellFormedText(String text) {
        assertThat(Utf8.decode(text.getBytes(UTF_8))).contains(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "80",
                "bf",
                "c080",
                "c1bf",
                "c3",
                "e282",
                "e080af",
                "eda080",
                "edbfbf",
                "eda0bdedb880",
                "f09f98",
                "f4908080",
                "f888808080",
                "fe",
                "ff",
                "61ff",
                "ff61",
                "c328"
            })
    void rejectsMalformedBytes(String hex) {
        assertThat(Utf8.decode(HexFormat.of().parseHex(hex))).isEmpty();
    }
}
