package pipeline.validator.api.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import pipeline.validator.dataset.RunSelection;

class ParametersTest {
    @ParameterizedTest
    @ValueSource(strings = {"0", "7", "1000", "007"})
    void acceptsWholeNumbersOfTheRange(String value) {
        assertThat(Parameters.wholeNumber("head", value, 0, 1000)).isEqualTo(Integer.parseInt(value));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " 1", "-1", "+1", "1001", "1.0", "1e2", "ten", "99999999999999999999", "٣", "1\n"})
    void refusesOtherTexts(String value) {
        assertThatThrownBy(() -> Parameters.wholeNumber("head", value, 0, 1000))
                .isInstanceOf(BadParameterException.class)
                .hasMessage("head=" + value + " is not allowed: a whole number from 0 to 1000");
    }

    @Test
    void selectsTheLatestRunByDefault() {
        assertThat(Parameters.run(null)).isEqualTo(RunSelection.LATEST);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "run_1", "all", "run_all", "a-B_9"})
    void acceptsRunNames(String value) {
        assertThat(Parameters.run(value)).isEqualTo(new RunSelection(value));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "..", "run_1/..", "run 1", "*"})
    void refusesInvalidRunNames(String value) {
        assertThatThrownBy(() -> Parameters.run(value)).isInstanceOf(BadParameterException.class);
    }
}
