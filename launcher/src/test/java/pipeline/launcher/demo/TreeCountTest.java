package pipeline.launcher.demo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import pipeline.launcher.demo.Comparison.TreeCount;

class TreeCountTest {
    @Test
    void readsTheLineOfTheReader() {
        assertThat(TreeCount.parse("Counted. files=7, rows=30, distinct=20, torn=1"))
                .contains(new TreeCount(7, 30, 20, 1));
    }

    @Test
    void takesNothingElseForIt() {
        assertThat(TreeCount.parse("Counted. files=7")).isEmpty();
    }
}
