package ai.altertable.flink.format;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Random;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;

/**
 * Random values of types that hold no others, each with one of the forms in which a server may
 * write it. Extremes come more often than their share.
 */
final class RenderedScalars {

    /** A value as JSON, and as Flink has it. */
    record Cell(String json, Object value) {}

    private final Random random;

    RenderedScalars(Random random) {
        this.random = random;
    }

    boolean oneIn(int n) {
        return random.nextInt(n) == 0;
    }

    @SafeVarargs
    final <T> T oneOf(T... values) {
        return values[random.nextInt(values.length)];
    }

    private String maybeQuoted(String plain) {
        return oneIn(2) ? plain : '"' + plain + '"';
    }

    Cell ofBoolean() {
        boolean value = random.nextBoolean();
        return new Cell(maybeQuoted(String.valueOf(value)), value);
    }

    /** An integer of so many bits; the caller boxes it. */
    long integer(int bits) {
        long any = random.nextLong() >> 64 - bits;
        return oneIn(3)
                ? oneOf(0L, 1L, -1L, -1L << bits - 1, ~(-1L << bits - 1))
                : any >> random.nextInt(bits);
    }

    String renderInteger(long value) {
        String plain = Long.toString(value);
        return maybeQuoted(oneIn(10) ? oneOf(plain + ".0", plain + "e0", plain + ".00E+0") : plain);
    }

    Cell ofDouble() {
        double value =
                oneIn(3)
                        ? oneOf(
                                Double.NaN,
                                Double.POSITIVE_INFINITY,
                                Double.NEGATIVE_INFINITY,
                                -0.0,
                                0.0,
                                Double.MIN_VALUE,
                                Double.MAX_VALUE)
                        : Double.longBitsToDouble(random.nextLong());
        value = oneIn(2) && Double.isFinite(value) ? random.nextInt(100_000) / 100.0 : value;
        if (!Double.isFinite(value)) {
            return new Cell(notFinite(value), Double.isNaN(value) ? Double.NaN : value);
        }
        return new Cell(maybeQuoted(plainOrNot(Double.toString(value), value)), value);
    }

    Cell ofFloat() {
        float value =
                oneIn(3)
                        ? oneOf(
                                Float.NaN,
                                Float.POSITIVE_INFINITY,
                                Float.NEGATIVE_INFINITY,
                                -0.0f,
                                Float.MIN_VALUE,
                                Float.MAX_VALUE)
                        : Float.intBitsToFloat(random.nextInt());
        if (!Float.isFinite(value)) {
            return new Cell(notFinite(value), Float.isNaN(value) ? Float.NaN : value);
        }
        String text = oneIn(2) ? Float.toString(value) : Double.toString(value);
        return new Cell(maybeQuoted(plainOrNot(text, value)), value);
    }

    private String plainOrNot(String text, double value) {
        boolean short_ = Math.abs(value) < 1e18 && Math.abs(value) > 1e-10;
        return short_ && oneIn(2) ? new BigDecimal(text).toPlainString() : text;
    }

    private String notFinite(double value) {
        String name =
                Double.isNaN(value)
                        ? oneOf("NaN", "nan")
                        : (value < 0 ? "-" : "") + oneOf("Infinity", "inf", "infinity");
        return '"' + name + '"';
    }

    Cell ofDecimal(int precision, int scale) {
        BigInteger bound = BigInteger.TEN.pow(precision);
        BigInteger unscaled =
                oneIn(4)
                        ? oneOf(BigInteger.ZERO, BigInteger.ONE, bound.subtract(BigInteger.ONE))
                        : new BigInteger(random.nextInt(130), random).mod(bound);
        BigDecimal value = new BigDecimal(oneIn(2) ? unscaled.negate() : unscaled, scale);
        String plain = value.toPlainString();
        String json =
                switch (random.nextInt(6)) {
                    case 0 -> plain;
                    case 1 -> '"' + plain.replaceFirst("^(-?)0\\.", "$1.") + '"';
                    case 2 -> maybeQuoted(value.stripTrailingZeros().toString());
                    case 3 -> maybeQuoted(plain + (scale > 0 ? "0" : ".0"));
                    default -> '"' + plain + '"';
                };
        return new Cell(json, DecimalData.fromBigDecimal(value, precision, scale));
    }

    Cell ofDate() {
        LocalDate date = date();
        return new Cell('"' + date(date) + '"', (int) date.toEpochDay());
    }

    private LocalDate date() {
        return oneIn(4)
                ? LocalDate.ofEpochDay(random.nextInt(200_000_000) - 100_000_000)
                : LocalDate.of(random.nextInt(1, 10_000), 1, 1).plusDays(random.nextInt(365));
    }

    private String date(LocalDate date) {
        int year = date.getYear();
        String rest = "-%02d-%02d".formatted(date.getMonthValue(), date.getDayOfMonth());
        if (year > 9999) {
            return oneOf("+", "") + year + rest;
        } else if (year <= 0 && oneIn(2)) {
            return "%04d".formatted(1 - year) + rest + " (BC)";
        }
        return (year < 0 ? "-" : "") + "%04d".formatted(Math.abs(year)) + rest;
    }

    Cell ofTime(int precision) {
        int digits = Math.min(precision, 3);
        LocalTime time = LocalTime.ofNanoOfDay(cut(random.nextLong(86_400_000_000_000L), digits));
        return new Cell('"' + time(time) + '"', Math.toIntExact(time.toNanoOfDay() / 1_000_000));
    }

    private static long cut(long nanos, int digits) {
        long unit = (long) Math.pow(10, 9 - digits);
        return nanos - Math.floorMod(nanos, unit);
    }

    private String time(LocalTime time) {
        String fraction = "%09d".formatted(time.getNano());
        int digits = 9;
        while (digits > 0 && fraction.charAt(digits - 1) == '0' && !oneIn(4)) {
            digits--;
        }
        return "%02d:%02d:%02d".formatted(time.getHour(), time.getMinute(), time.getSecond())
                + (digits == 0 ? "" : "." + fraction.substring(0, digits));
    }

    Cell ofTimestamp(int precision, boolean zoned) {
        long second = date().toEpochDay() * 86_400 + random.nextInt(86_400);
        if (precision > 6) {
            second %= 9_000_000_000L;
        }
        int nano = (int) cut(random.nextInt(1_000_000_000), precision);
        LocalDateTime value = LocalDateTime.ofEpochSecond(second, nano, ZoneOffset.UTC);
        return new Cell(
                oneIn(2) ? epoch(second, nano, precision) : timestamp(value, zoned),
                TimestampData.fromInstant(Instant.ofEpochSecond(second, nano)));
    }

    private String epoch(long second, int nano, int precision) {
        int perSecond = precision > 6 ? 1_000_000_000 : 1_000_000;
        return renderInteger(second * perSecond + nano / (1_000_000_000 / perSecond));
    }

    private String timestamp(LocalDateTime value, boolean zoned) {
        ZoneOffset offset = ZoneOffset.ofTotalSeconds(random.nextInt(28) * 1800 - 12 * 3600);
        LocalDateTime local = zoned ? value.plusSeconds(offset.getTotalSeconds()) : value;
        String zone = zoned ? oneOf(offset.getId(), offset.getId().replace(":00", "")) : "";
        return '"'
                + date(local.toLocalDate())
                + oneOf("T", " ")
                + time(local.toLocalTime())
                + zone
                + '"';
    }

    Cell ofBytes() {
        byte[] value = new byte[random.nextInt(20)];
        random.nextBytes(value);
        String hex = HexFormat.of().formatHex(value);
        return new Cell('"' + (oneIn(2) ? hex.toUpperCase(Locale.ROOT) : hex) + '"', value);
    }

    Cell ofText() {
        if (oneIn(12)) {
            String json = oneOf("{\"a\": [1, null]}", "[]", "[[ ],\"\\u00e9\"]", "1.50", "true");
            return new Cell(json, StringData.fromString(json));
        }
        StringBuilder value = new StringBuilder();
        StringBuilder json = new StringBuilder("\"");
        int length = oneIn(20) ? 500 : random.nextInt(20);
        boolean ascii = oneIn(2);
        for (int i = 0; i < length; i++) {
            putCharacter(ascii ? ' ' + random.nextInt(95) : codePoint(), value, json);
        }
        // As bytes, so that what is compared is what a server sends.
        byte[] utf8 = value.toString().getBytes(StandardCharsets.UTF_8);
        return new Cell(json.append('"').toString(), StringData.fromBytes(utf8));
    }

    private int codePoint() {
        return switch (random.nextInt(6)) {
            case 0 -> random.nextInt(0x20);
            case 1 -> random.nextInt(0x80, 0x800);
            case 2 -> random.nextInt(0x800, 0x10000);
            case 3 -> random.nextInt(0x10000, 0x110000);
            case 4 -> oneOf((int) '"', (int) '\\', (int) '/', 0x7F, 0x80, 0x7FF, 0xFFFF, 0x10FFFF);
            default -> ' ' + random.nextInt(95);
        };
    }

    private void putCharacter(int codePoint, StringBuilder value, StringBuilder json) {
        boolean alone = Character.getType(codePoint) == Character.SURROGATE;
        // Half a pair could meet the other half behind it: an escaped one that comes alone ends
        // with a letter.
        value.append(alone ? "\uFFFDx" : Character.toString(codePoint));
        boolean mustEscape = codePoint < ' ' || codePoint == '"' || codePoint == '\\' || alone;
        int shortEscape = "\b\f\n\r\t\"\\/".indexOf(codePoint);
        if (shortEscape >= 0 && (mustEscape || oneIn(2)) && !oneIn(4)) {
            json.append('\\').append("bfnrt\"\\/".charAt(shortEscape));
        } else if (mustEscape || oneIn(8)) {
            for (char unit : Character.toChars(codePoint)) {
                json.append(oneOf("\\u%04x", "\\u%04X").formatted((int) unit));
            }
            json.append(alone ? "x" : "");
        } else {
            json.appendCodePoint(codePoint);
        }
    }
}
