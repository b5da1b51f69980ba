package ai.altertable.flink.format;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;

/** Damage to bytes, as a bad network, a bad server or a bad day would do it. */
final class Mutation {

    private static final String[] FRAGMENTS = {
        "\"",
        "\\",
        "[",
        "]",
        "{",
        "}",
        ",",
        ":",
        "\n",
        "\r\n",
        " ",
        "\0",
        "null",
        "true",
        "false",
        "0",
        "-",
        ".",
        "e",
        "1e999999999",
        "1E-999999999",
        "-0",
        "00",
        "999999999999999999999",
        "NaN",
        "Infinity",
        "\\u",
        "\\ud800",
        "\\udc00",
        "\\u0000",
        "\uFEFF",
        "é",
        "\uD83D\uDE00",
        "[]",
        "{}",
        "//",
        "'",
        "24:00:00",
        "2023-02-29",
        "infinity",
        "{\"error\":\"no\"}\n",
        "\"error\"",
        ",1",
        "1,",
    };

    private final Random random;

    Mutation(Random random) {
        this.random = random;
    }

    byte[] of(byte[] original) {
        byte[] bytes = original;
        int times = 1 + random.nextInt(3);
        for (int i = 0; i < times; i++) {
            bytes = once(bytes);
        }
        return bytes;
    }

    private byte[] once(byte[] bytes) {
        int at = random.nextInt(bytes.length + 1);
        int length = Math.min(random.nextInt(random.nextBoolean() ? 3 : 40), bytes.length - at);
        return switch (random.nextInt(9)) {
            case 0 -> Arrays.copyOf(bytes, at);
            case 1 -> spliced(bytes, at, new byte[0], at + length);
            case 2, 3 -> spliced(bytes, at, fragment(), at);
            case 4 -> spliced(bytes, at, fragment(), at + length);
            case 5 -> spliced(bytes, at, Arrays.copyOfRange(bytes, at, at + length), at);
            case 6 -> spliced(bytes, at, noise(), at);
            case 7 -> swapped(bytes);
            default -> flipped(bytes, at);
        };
    }

    private byte[] fragment() {
        if (random.nextInt(50) == 0) {
            return "[{\"a\":".repeat(5000).substring(random.nextInt(20_000)).getBytes();
        } else if (random.nextInt(30) == 0) {
            return "9".repeat(random.nextInt(2000)).getBytes(StandardCharsets.US_ASCII);
        }
        return FRAGMENTS[random.nextInt(FRAGMENTS.length)].getBytes(StandardCharsets.UTF_8);
    }

    private byte[] noise() {
        byte[] noise = new byte[random.nextInt(6)];
        random.nextBytes(noise);
        return noise;
    }

    private static byte[] spliced(byte[] bytes, int to, byte[] middle, int from) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(bytes, 0, to);
        out.writeBytes(middle);
        out.write(bytes, from, bytes.length - from);
        return out.toByteArray();
    }

    private byte[] swapped(byte[] bytes) {
        byte[] result = bytes.clone();
        if (bytes.length > 0) {
            int a = random.nextInt(bytes.length);
            int b = random.nextInt(bytes.length);
            result[a] = bytes[b];
            result[b] = bytes[a];
        }
        return result;
    }

    private byte[] flipped(byte[] bytes, int at) {
        byte[] result = bytes.clone();
        if (at < bytes.length) {
            result[at] ^= (byte) (1 << random.nextInt(8));
        }
        return result;
    }
}
