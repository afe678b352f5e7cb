package pipeline.events.offsets;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;

/**
 * Identifies a Kafka record, so that a later look shows whether Kafka still has this record at its offset, or another one.
 *
 * @param offset in its partition
 * @param timestamp in milliseconds since 1970, as Kafka has it
 * @param hash of key and value, see {@link #hash}
 */
public record RecordIdentity(long offset, long timestamp, String hash) implements Serializable {
    private static final int HASH_BYTES = 8;

    /**
     * Spark may shift timestamps before 1900 from one calendar to another when it reads them, so only later ones can be compared.
     */
    private static final long FIRST_COMPARABLE =
            Instant.parse("1900-01-02T00:00:00Z").toEpochMilli();

    public static RecordIdentity of(long offset, long timestamp, byte[] key, byte[] value) {
        return new RecordIdentity(offset, timestamp, hash(key, value));
    }

    /** Returns the first 64 bits of the SHA-256 of both lengths (-1 for null), the key and the value, in hexadecimal digits. */
    private static String hash(byte[] key, byte[] value) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(ByteBuffer.allocate(8)
                    .putInt(length(key))
                    .putInt(length(value))
                    .flip());
            digest.update(key == null ? new byte[0] : key);
            digest.update(value == null ? new byte[0] : value);
            return HexFormat.of().formatHex(digest.digest(), 0, HASH_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static int length(byte[] bytes) {
        return bytes == null ? -1 : bytes.length;
    }

    /** Returns whether both are the same record. */
    public boolean isSame(RecordIdentity other) {
        boolean comparable = timestamp >= FIRST_COMPARABLE || other.timestamp >= FIRST_COMPARABLE;
        return offset == other.offset && hash.equals(other.hash) && (!comparable || timestamp == other.timestamp);
    }
}
