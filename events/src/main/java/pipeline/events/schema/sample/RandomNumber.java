package pipeline.events.schema.sample;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.random.RandomGenerator;
import pipeline.events.schema.NumberRules;
import pipeline.events.schema.Range;

/** One of {@code count} numbers, the first of which is given, and the distance from each to the next. */
record RandomNumber(BigDecimal first, BigDecimal step, long count) implements RandomValue {
    private static final BigDecimal CENT = new BigDecimal("0.01");

    /** How far numbers go beyond their only bound, and how many steps at least. */
    private static final BigDecimal SPAN = BigDecimal.valueOf(1_000);

    private static final BigDecimal STEPS = BigDecimal.valueOf(100);

    /** Where fewer numbers with two decimals fit between the bounds, they have more decimals. */
    private static final BigInteger FEW = BigInteger.valueOf(20);

    private static final BigInteger MOST = BigInteger.valueOf(Long.MAX_VALUE);
    private static final BigDecimal MIN_LONG = BigDecimal.valueOf(Long.MIN_VALUE);
    private static final BigDecimal MAX_LONG = BigDecimal.valueOf(Long.MAX_VALUE);
    private static final BigDecimal MAX_DOUBLE = new BigDecimal(Double.MAX_VALUE);

    @Override
    public void append(StringBuilder json, RandomGenerator random, Instant now) {
        BigDecimal steps = BigDecimal.valueOf(random.nextLong(count));
        json.append(first.add(step.multiply(steps)).toPlainString());
    }

    static RandomNumber integer(NumberRules rules, String at) {
        BigDecimal step = rules.multipleOf() == null ? BigDecimal.ONE : firstInteger(rules.multipleOf());
        Multiples multiples = Multiples.of(rules.range(), step, MIN_LONG, MAX_LONG);
        return of(multiples, "integer", rules, at);
    }

    /** Returns the smallest integer that is a multiple. */
    private static BigDecimal firstInteger(BigDecimal multipleOf) {
        BigInteger tens = BigInteger.TEN.pow(Math.max(0, multipleOf.scale()));
        BigInteger numerator = multipleOf.multiply(new BigDecimal(tens)).toBigIntegerExact();
        return new BigDecimal(numerator.divide(numerator.gcd(tens)));
    }

    static RandomNumber number(NumberRules rules, String at) {
        boolean isAny = rules.multipleOf() == null;
        Multiples multiples =
                Multiples.of(rules.range(), isAny ? CENT : rules.multipleOf(), MAX_DOUBLE.negate(), MAX_DOUBLE);
        return of(isAny ? multiples.withMoreDecimals() : multiples, "number", rules, at);
    }

    private static RandomNumber of(Multiples multiples, String type, NumberRules rules, String at) {
        Multiples fewer = multiples;
        while (fewer.count().compareTo(MOST) > 0) {
            fewer = fewer.scaled(1);
        }
        if (fewer.count().signum() <= 0) {
            String kind = rules.multipleOf() == null ? "" : " that is a multiple of " + rules.multipleOf();
            throw new NoSampleException(at + ": no value is valid: the bounds exclude every " + type + kind);
        }
        BigDecimal first = new BigDecimal(fewer.first()).multiply(fewer.step);
        return new RandomNumber(first, fewer.step, fewer.count().longValueExact());
    }

    /** The multiples of a step that are in a range and between two bounds. */
    private record Multiples(Range range, BigDecimal lower, BigDecimal upper, BigDecimal step) {

        /** Without a lower bound numbers begin at 0, if some are above it. */
        static Multiples of(Range range, BigDecimal step, BigDecimal min, BigDecimal max) {
            BigDecimal span = SPAN.max(step.multiply(STEPS));
            BigDecimal lower = range.lower();
            if (lower == null) {
                boolean isPositive = range.upper() == null || range.upper().signum() > 0;
                lower = isPositive ? BigDecimal.ZERO : range.upper().subtract(span);
            }
            BigDecimal upper =
                    range.upper() == null ? lower.max(BigDecimal.ZERO).add(span) : range.upper();
            return new Multiples(range, lower.max(min), upper.min(max), step);
        }

        Multiples scaled(int powerOfTen) {
            return new Multiples(range, lower, upper, step.scaleByPowerOfTen(powerOfTen));
        }

        Multiples withMoreDecimals() {
            boolean isOne = lower.compareTo(upper) == 0 && range.contains(lower);
            BigInteger enough = isOne ? BigInteger.ONE : lower.compareTo(upper) < 0 ? FEW : BigInteger.ZERO;
            Multiples more = this;
            while (more.count().compareTo(enough) < 0) {
                more = more.scaled(-1);
            }
            return more;
        }

        BigInteger count() {
            return last().subtract(first()).add(BigInteger.ONE).max(BigInteger.ZERO);
        }

        /** Returns how many steps the first is away from 0. */
        BigInteger first() {
            BigInteger first = lower.divide(step, 0, RoundingMode.CEILING).toBigIntegerExact();
            return isIn(first) ? first : first.add(BigInteger.ONE);
        }

        private BigInteger last() {
            BigInteger last = upper.divide(step, 0, RoundingMode.FLOOR).toBigIntegerExact();
            return isIn(last) ? last : last.subtract(BigInteger.ONE);
        }

        private boolean isIn(BigInteger steps) {
            return range.contains(new BigDecimal(steps).multiply(step));
        }
    }
}
