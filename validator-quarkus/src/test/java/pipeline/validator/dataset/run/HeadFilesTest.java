package pipeline.validator.dataset.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HeadFilesTest {
    private final HeadFiles files = new HeadFiles();

    @Test
    void keepsNoMoreFilesThanItNeeds() {
        files.add("c", 600);
        files.add("d", 600);
        files.add("b", 600);
        files.add("a", 10);

        assertThat(files.head(this).paths()).containsExactly("a", "b", "c");
    }

    @Test
    void leavesOutFilesWithoutRows() {
        files.add("a", 0);
        files.add("b", 1);

        assertThat(files.head(this).paths()).containsExactly("b");
    }
}
