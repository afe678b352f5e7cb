package pipeline.launcher.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import org.junit.jupiter.api.Test;
import pipeline.launcher.demo.Comparison.TreeCount;

class TreeCountTest {
    @Test
    void readsTheLineOfTheReader() throws JsonProcessingException {
        assertThat(TreeCount.parse("{\"files\":7,\"rows\":30,\"distinct\":20,\"torn\":1}"))
                .isEqualTo(new TreeCount(7, 30, 20, 1));
    }

    @Test
    void takesNothingElseForIt() {
        assertThatThrownBy(() -> TreeCount.parse("{\"files\":7}")).isInstanceOf(JsonProcessingException.class);
    }
}
