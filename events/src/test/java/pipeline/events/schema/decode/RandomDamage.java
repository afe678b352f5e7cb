package pipeline.events.schema.decode;

import static java.nio.charset.StandardCharsets.UTF_8;
import static pipeline.events.ByteEdits.replaced;

import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Changes a few bytes of an event. */
final class RandomDamage {
    private static final List<String> PIECES = List.of(
            "-",
            "0",
            "9",
            "9223372036854775807",
            "9223372036854775808",
            "null",
            "[]",
            "{}",
            "\"",
            "\\",
            ",",
            ":",
            "}",
            "]",
            "e9",
            "\0",
            " ",
            "\u00e9",
            ".",
            "-0",
            "\\ud83d");

    private final Random random;

    RandomDamage(Random random) {
        this.random = random;
    }

    /** Returns other bytes, most of which are no JSON. */
    byte[] damaged(byte[] bytes) {
        int at = random.nextInt(bytes.length);
        int end = Math.min(bytes.length, at + 1 + random.nextInt(8));
        return switch (random.nextInt(6)) {
            case 0 -> Arrays.copyOf(bytes, at);
            case 1 -> replaced(bytes, at, at + 1, new byte[] {(byte) random.nextInt(256)});
            case 2 -> replaced(bytes, at, end, new byte[0]);
            case 3 -> replaced(bytes, at, at, Arrays.copyOfRange(bytes, at, end));
            default ->
                replaced(
                        bytes,
                        at,
                        at + random.nextInt(2),
                        PIECES.get(random.nextInt(PIECES.size())).getBytes(UTF_8));
        };
    }
}
