package pipeline.events.offsets;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class RecordIdentityTest {
    private static final long NOW = Instant.parse("2026-11-22T12:00:00Z").toEpochMilli();
    private static final byte[] KEY = {1};
    private static final byte[] VALUE = "value".getBytes(UTF_8);

    @Test
    void isTheSameForTheSameRecord() {
        RecordIdentity identity = RecordIdentity.of(7, NOW, KEY, VALUE);

        assertThat(identity.isSame(RecordIdentity.of(7, NOW, KEY.clone(), VALUE.clone())))
                .isTrue();
        assertThat(identity.hash()).matches("[0-9a-f]{16}");
    }

    @Test
    void differsInEachPart() {
        RecordIdentity identity = RecordIdentity.of(7, NOW, KEY, VALUE);

        assertThat(identity.isSame(RecordIdentity.of(8, NOW, KEY, VALUE))).isFalse();
        assertThat(identity.isSame(RecordIdentity.of(7, NOW + 1, KEY, VALUE))).isFalse();
        assertThat(identity.isSame(RecordIdentity.of(7, NOW, VALUE, VALUE))).isFalse();
        assertThat(identity.isSame(RecordIdentity.of(7, NOW, KEY, KEY))).isFalse();
    }

    @Test
    void distinguishesNullFromEmptyAndKeyFromValue() {
        byte[] empty = {};

        assertThat(RecordIdentity.of(7, NOW, null, VALUE).isSame(RecordIdentity.of(7, NOW, empty, VALUE)))
                .isFalse();
        assertThat(RecordIdentity.of(7, NOW, KEY, null).isSame(RecordIdentity.of(7, NOW, KEY, empty)))
                .isFalse();
        assertThat(RecordIdentity.of(7, NOW, empty, KEY).isSame(RecordIdentity.of(7, NOW, KEY, empty)))
                .isFalse();
    }

    @Test
    void doesNotCompareTimestampsThatSparkMoves() {
        long days = 10 * 86_400_000L;

        assertThat(RecordIdentity.of(7, -20_000_000_000_000L, KEY, VALUE)
                        .isSame(RecordIdentity.of(7, -20_000_000_000_000L + days, KEY, VALUE)))
                .isTrue();
        assertThat(RecordIdentity.of(7, -20_000_000_000_000L, KEY, VALUE).isSame(RecordIdentity.of(7, NOW, KEY, VALUE)))
                .isFalse();
    }
}
