package pipeline.validator.dataset.content;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CompensatedSumTest {
    @Test
    void keepsWhatPlainAdditionLoses() {
        CompensatedSum sum = new CompensatedSum();

        for (double summand : new double[] {1, 1e100, 1, -1e100}) {
            sum.add(summand);
        }

        assertThat(sum.value()).isEqualTo(2);
    }

    @Test
    void isExactToTheLastBitInAnyOrderAndGrouping() {
        double[] values = new Random(7).doubles(100_000, 0, 100).toArray();
        BigDecimal exact = BigDecimal.ZERO;
        for (double value : values) {
            exact = exact.add(new BigDecimal(value));
        }

        CompensatedSum forward = sum(values, 0, values.length);
        CompensatedSum atOnce = new CompensatedSum();
        atOnce.add(values, values.length);
        CompensatedSum parts = sum(values, 60_000, values.length);
        parts.add(sum(values, 0, 60_000));

        assertThat(forward.value()).isEqualTo(exact.doubleValue());
        assertThat(atOnce.value()).isEqualTo(exact.doubleValue());
        assertThat(parts.value()).isEqualTo(exact.doubleValue());
        assertThat(java.util.stream.DoubleStream.of(values).reduce(0, (a, b) -> a + b))
                .as("a plain sum, which this is better than")
                .isNotEqualTo(exact.doubleValue());
    }

    private static CompensatedSum sum(double[] values, int from, int until) {
        CompensatedSum sum = new CompensatedSum();
        for (int i = from; i < until; i++) {
            sum.add(values[i]);
        }
        return sum;
    }
}
