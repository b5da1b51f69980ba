package ai.altertable.local.render;

import java.math.BigDecimal;
import java.math.BigInteger;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.DecimalVector;

/** Numbers that JSON has no exact form for: they pass through doubles, and NaN becomes null. */
final class Numbers {

    /** Up to here a decimal and the double next to it have the same digits. */
    private static final long EXACT_IN_A_DOUBLE = 1_000_000_000_000_000L;

    private static final BigInteger UNSIGNED_128 = BigInteger.ONE.shiftLeft(128);

    private Numbers() {}

    static CellWriter unsigned128(DecimalVector vector) {
        return (out, row) -> {
            BigInteger value = vector.getObject(row).unscaledValue();
            putWide(out, new BigDecimal(value.signum() < 0 ? value.add(UNSIGNED_128) : value));
        };
    }

    static void putFloat(JsonBuffer out, float value) {
        if (Float.isFinite(value)) {
            out.putPlain(Float.toString(value));
        } else {
            out.putNull();
        }
    }

    static void putDouble(JsonBuffer out, double value) {
        if (Double.isFinite(value)) {
            out.putPlain(Double.toString(value));
        } else {
            out.putNull();
        }
    }

    static void putDecimal(JsonBuffer out, DecimalVector vector, int row) {
        ArrowBuf data = vector.getDataBuffer();
        long low = data.getLong(16L * row);
        long high = data.getLong(16L * row + 8);
        boolean small = high == low >> 63;
        if (small && Math.abs(low) < EXACT_IN_A_DOUBLE) {
            putSmallDecimal(out, low, vector.getScale());
        } else if (small && vector.getScale() == 0) {
            out.putNumber(low);
        } else {
            putWide(out, vector.getObject(row));
        }
    }

    private static void putSmallDecimal(JsonBuffer out, long unscaled, int scale) {
        if (scale == 0) {
            out.putNumber(unscaled);
            return;
        }
        if (scale > 17) {
            putWide(out, BigDecimal.valueOf(unscaled, scale));
            return;
        }
        long power = 1;
        for (int i = 0; i < scale; i++) {
            power *= 10;
        }
        if (unscaled < 0) {
            out.put('-');
        }
        long magnitude = Math.abs(unscaled);
        out.putNumber(magnitude / power);
        out.put('.');
        long fraction = magnitude % power;
        int digits = scale;
        while (digits > 1 && fraction % 10 == 0) {
            fraction /= 10;
            digits--;
        }
        out.putDigits(fraction, digits);
    }

    private static void putWide(JsonBuffer out, BigDecimal value) {
        putDouble(out, value.doubleValue());
    }
}
