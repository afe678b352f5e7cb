package pipeline.events.schema.sample;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.util.UUID;
import pipeline.events.StrictJson;
import pipeline.events.schema.TextRules;

/** Strings without a pattern: words that one can pronounce, and UUIDs. */
final class RandomText {
    private static final String CONSONANTS = "bdfgklmnprstvz";
    private static final String VOWELS = "aeiou";
    private static final int UUID_LENGTH = 36;

    private RandomText() {}

    static RandomValue of(TextRules rules, String at) {
        return rules.isUuid() ? uuid(rules, at) : word(Lengths.ofText(rules.length(), at));
    }

    private static RandomValue word(Lengths lengths) {
        return (json, random, now) -> {
            int length = lengths.next(random);
            json.append('"');
            for (int i = 0; i < length; i++) {
                String letters = i % 2 == 0 ? CONSONANTS : VOWELS;
                json.append(letters.charAt(random.nextInt(letters.length())));
            }
            json.append('"');
        };
    }

    private static RandomValue uuid(TextRules rules, String at) {
        if (!rules.length().contains(UUID_LENGTH)) {
            throw new NoSampleException(at + ": no value is valid: minLength or maxLength excludes every UUID");
        }
        return (json, random, now) -> {
            long high = (random.nextLong() & ~0xF000L) | 0x4000L;
            long low = (random.nextLong() >>> 2) | Long.MIN_VALUE;
            json.append('"').append(new UUID(high, low)).append('"');
        };
    }

    /** Returns the JSON of a string. */
    static String quoted(String text) {
        StringBuilder json = new StringBuilder("\"");
        if (StrictJson.hasLoneSurrogate(text)) {
            // UTF-8 has no half of a pair, so that it has to be escaped.
            text.chars().forEach(c -> json.append(String.format("\\u%04x", c)));
        } else {
            JsonStringEncoder.getInstance().quoteAsString(text, json);
        }
        return json.append('"').toString();
    }
}
