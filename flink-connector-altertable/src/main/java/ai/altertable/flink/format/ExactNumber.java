package ai.altertable.flink.format;

import java.math.BigDecimal;
import java.util.regex.Pattern;

/** Numbers of which no digit is lost: what a text says is what the value is, or it is refused. */
final class ExactNumber {

    /** DuckDB casts a DECIMAL(2, 2) to {@code .50}. */
    private static final Pattern NUMBER =
            Pattern.compile("-?(?:\\d+(?:\\.\\d+)?|\\.\\d+)(?:[eE][+-]?\\d+)?");

    /** As for a JSON number that is not quoted. No type of ours has half as many digits. */
    private static final int MAX_LENGTH = 1000;

    private ExactNumber() {}

    static boolean isNumber(String text) {
        return text.length() <= MAX_LENGTH && NUMBER.matcher(text).matches();
    }

    /**
     * A number with this many digits behind the point.
     *
     * @param digits how many there may be in all
     */
    static BigDecimal of(String text, int digits, int scale) throws Refusal {
        if (!isNumber(text)) {
            throw new Refusal("a string that is no number");
        }
        BigDecimal number = parse(text).stripTrailingZeros();
        if (number.signum() == 0) {
            return BigDecimal.ZERO.setScale(scale);
        }
        // Asked before anything is scaled: 1e999999999 would become a gigabyte of zeros.
        if (number.scale() > scale) {
            throw new Refusal("a number with more than " + scale + " digits behind the point");
        }
        if ((long) number.precision() - number.scale() > digits - scale) {
            throw new Refusal(
                    "a number with more than " + (digits - scale) + " digits before the point");
        }
        return number.setScale(scale);
    }

    private static BigDecimal parse(String text) throws Refusal {
        try {
            return new BigDecimal(text);
        } catch (NumberFormatException e) {
            throw new Refusal("a number whose exponent is out of range");
        }
    }

    /** An integer, in whatever form: {@code 5}, {@code 5.0} and {@code 5e0} are the same number. */
    static long integer(String text, long min, long max) throws Refusal {
        BigDecimal number = of(text, 19, 0);
        if (number.compareTo(BigDecimal.valueOf(min)) < 0
                || number.compareTo(BigDecimal.valueOf(max)) > 0) {
            throw new Refusal("a number out of range");
        }
        return number.longValueExact();
    }
}
