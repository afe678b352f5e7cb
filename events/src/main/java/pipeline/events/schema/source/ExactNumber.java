package pipeline.events.schema.source;

import java.math.BigDecimal;

/**
 * The exact value of a JSON number, in a time that grows only with the length of its text: {@link BigDecimal} takes hours for
 * {@code 1e999999999} or for a million digits.
 */
public final class ExactNumber {
    /** Farther from 0, or nearer to it, is no bound and no multiple that a schema file can name. */
    public static final int MAX_EXPONENT = 400;

    private static final int MAX_DIGITS = 1_200;

    private ExactNumber() {}

    /**
     * Returns a number that compares with every number of a schema as the text's does, and is a multiple of the same ones:
     * the text's own, as long as it has at most {@value #MAX_DIGITS} digits and exponents of at most four digits.
     */
    static BigDecimal of(String text) {
        int start = text.charAt(0) == '-' ? 1 : 0;
        int exponentAt = exponentAt(text);
        StringBuilder digits = new StringBuilder();
        long exponent = exponentAt < text.length() ? clamped(text, exponentAt + 1) : 0;
        boolean inFraction = false;
        boolean isInexact = false;
        for (int i = start; i < exponentAt; i++) {
            char c = text.charAt(i);
            if (c == '.') {
                inFraction = true;
                continue;
            }
            if (digits.length() < MAX_DIGITS) {
                exponent -= inFraction ? 1 : 0;
                // Zeros at the beginning are no digits of the number.
                if (c != '0' || digits.length() > 0) {
                    digits.append(c);
                }
            } else {
                exponent += inFraction ? 0 : 1;
                isInexact |= c != '0';
            }
        }
        if (digits.length() == 0) {
            return BigDecimal.ZERO;
        }
        if (isInexact) {
            // One more digit stands for all the others.
            digits.append('1');
            exponent--;
        }
        BigDecimal number = new BigDecimal(digits.toString());
        number = number.scaleByPowerOfTen((int) Math.max(-10_000, Math.min(10_000, exponent)));
        return start == 1 ? number.negate() : number;
    }

    /** Returns whether the exponent, as it is written, is beyond ±{@value #MAX_EXPONENT}. */
    static boolean hasFarExponent(String text) {
        int at = exponentAt(text);
        return at < text.length() && Math.abs(clamped(text, at + 1)) > MAX_EXPONENT;
    }

    private static int exponentAt(String text) {
        for (int i = 0; i < text.length(); i++) {
            if ((text.charAt(i) | 0x20) == 'e') {
                return i;
            }
        }
        return text.length();
    }

    private static long clamped(String text, int from) {
        boolean isNegative = text.charAt(from) == '-';
        long exponent = 0;
        for (int i = isNegative || text.charAt(from) == '+' ? from + 1 : from; i < text.length(); i++) {
            exponent = Math.min(1_000_000_000_000L, exponent * 10 + text.charAt(i) - '0');
        }
        return isNegative ? -exponent : exponent;
    }
}
