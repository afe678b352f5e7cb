package pipeline.validator.dataset.content;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TallyTest {
    private final Tally tally = new Tally();

    @Test
    void countsNonFiniteValuesSeparately() {
        tally.addValue(1);
        tally.addValue(Double.NaN);
        tally.addValue(Double.POSITIVE_INFINITY);
        tally.addValue(Double.NEGATIVE_INFINITY);
        tally.addNullValues(1);
        tally.addValue(4);

        assertThat(tally.rows()).isEqualTo(6);
        assertThat(tally.nans()).isEqualTo(1);
        assertThat(tally.infinities()).isEqualTo(2);
        assertThat(tally.nulls()).isEqualTo(1);
        assertThat(tally.notFinite()).isEqualTo(4);
        assertThat(tally.mean()).hasValue(2.5);
        assertThat(tally.min()).hasValue(1);
        assertThat(tally.max()).hasValue(4);
    }

    @Test
    void hasNoMeanOrBoundsWithoutAFiniteValue() {
        tally.addNullValues(1);

        assertThat(tally.mean()).isEmpty();
        assertThat(tally.min()).isEmpty();
        assertThat(tally.max()).isEmpty();
        assertThat(tally.firstTs()).isEmpty();
        assertThat(tally.lastTs()).isEmpty();
    }

    @Test
    void countsValuesOutOfRange() {
        tally.addValue(-0.1);
        tally.addValue(0);
        tally.addValue(100);
        tally.addValue(100.1);

        assertThat(tally.outOfRange()).isEqualTo(2);
    }

    @ParameterizedTest
    @MethodSource("pages")
    void addsAPageAsItsValuesOneByOne(double[] page) {
        for (double value : page) {
            tally.addValue(value);
        }
        Tally atOnce = new Tally();
        atOnce.addValues(page, page.length);

        assertThat(atOnce).usingRecursiveComparison().isEqualTo(tally);
    }

    static List<double[]> pages() {
        return List.of(
                new double[] {},
                new double[] {0, 0.1, 0.2, 100},
                new double[] {1, 2, 100.1},
                new double[] {1, Double.NaN, 3},
                new double[] {Double.NEGATIVE_INFINITY, -1, 3});
    }

    @Test
    void hasOneZero() {
        tally.addValue(-0.0);

        assertThat(tally.min()).hasValue(0.0);
        assertThat(tally.max()).hasValue(0.0);
    }

    @Test
    void addsAnotherTallyAsItsRowsOneByOne() {
        Tally both = new Tally();
        addRows(both, 1, 100.5, Double.NaN);
        addRows(both, 0, 7, -3, Double.NEGATIVE_INFINITY);

        Tally other = new Tally();
        addRows(tally, 1, 100.5, Double.NaN);
        addRows(other, 0, 7, -3, Double.NEGATIVE_INFINITY);
        tally.add(other);

        assertThat(tally).usingRecursiveComparison().isEqualTo(both);
    }

    private static void addRows(Tally tally, double... values) {
        for (double value : values) {
            tally.addValue(value);
            tally.addTs((long) (Double.isFinite(value) ? 10 * value : 0));
        }
        tally.addNullValues(2);
        tally.addNullTs(3);
    }

    @Test
    void addsAllTotals() {
        tally.addValue(1);
        tally.addTs(20);
        Tally other = new Tally();
        other.addValue(5);
        other.addValue(Double.NaN);
        other.addTs(10);
        other.addTs(30);
        other.addNullTs(2);

        tally.add(other);

        assertThat(tally.rows()).isEqualTo(3);
        assertThat(tally.nans()).isEqualTo(1);
        assertThat(tally.mean()).hasValue(3);
        assertThat(tally.min()).hasValue(1);
        assertThat(tally.max()).hasValue(5);
        assertThat(tally.firstTs()).hasValue(10);
        assertThat(tally.lastTs()).hasValue(30);
        assertThat(tally.nullTs()).isEqualTo(2);
    }
}
