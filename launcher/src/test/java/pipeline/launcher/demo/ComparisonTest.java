package pipeline.launcher.demo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import pipeline.launcher.demo.Comparison.Side;
import pipeline.launcher.demo.Comparison.TreeCount;

class ComparisonTest {
    private static final Side PLAIN = new Side(3, new TreeCount(80, 1_200, 990, 4));
    private static final Side RIGHT = new Side(3, new TreeCount(20, 1_000, 1_000, 0));

    @Test
    void showsBothSideBySide() {
        assertThat(new Comparison(1_000, PLAIN, RIGHT).text())
                .map(line -> line.strip().replaceAll(" {2,}", " | "))
                .containsExactly(
                        "all *.parquet files, as any other tool reads them",
                        "Spark's Parquet sink | this pipeline",
                        "killed with -9 | 3 | 3",
                        "events in Kafka | 1,000 | 1,000",
                        "rows in the files | 1,200 | 1,000",
                        "duplicated rows | 210 | 0",
                        "missing events | 10 | 0",
                        "files | 80 | 20",
                        "torn files | 4 | 0",
                        "this pipeline: every event exactly once");
    }

    @Test
    void asksNothingOfTheOther() {
        assertThat(new Comparison(1_000, PLAIN, RIGHT).isOursRight()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "3, 999, 999, 0",
        "3, 1001, 1000, 0",
        "3, 1000, 999, 0",
        "3, 1000, 1000, 1",
    })
    void findsOursWrong(int kills, long rows, long distinct, long torn) {
        Comparison comparison = new Comparison(1_000, PLAIN, new Side(kills, new TreeCount(20, rows, distinct, torn)));

        assertThat(comparison.isOursRight()).isFalse();
        assertThat(comparison.text()).last().asString().contains("is wrong");
    }

    @Test
    void showsNothingWithoutAKill() {
        Comparison comparison = new Comparison(1_000, PLAIN, new Side(0, RIGHT.count()));

        assertThat(comparison.isOursRight()).isFalse();
        assertThat(comparison.text()).last().asString().contains("never killed");
    }
}
