package pipeline.validator.dataset.content;

import java.util.BitSet;

/**
 * The paths and sizes of any number of files in a fixed amount of memory: a sum of hashes in each of {@value #BUCKETS}
 * buckets. The order in which files are added does not matter. If two sets of files differ, so do their sums, apart from one
 * case in 2^64; and the buckets that differ say which files to look at.
 */
public final class FileSums {
    /** With 1.3 million files, about 1,300 in a bucket. */
    public static final int BUCKETS = 1024;

    private static final long FNV_OFFSET_BASIS = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    private final long[] hashes;
    private final int[] counts;

    public FileSums() {
        this(new long[BUCKETS], new int[BUCKETS]);
    }

    private FileSums(long[] hashes, int[] counts) {
        this.hashes = hashes;
        this.counts = counts;
    }

    public FileSums copy() {
        return new FileSums(hashes.clone(), counts.clone());
    }

    public void add(String path, long bytes) {
        long hash = hash(path);
        int bucket = bucket(hash);
        hashes[bucket] += mixed(hash ^ mixed(bytes + 1));
        counts[bucket]++;
    }

    /** Returns the buckets whose files differ. */
    public BitSet difference(FileSums other) {
        BitSet difference = new BitSet(BUCKETS);
        for (int bucket = 0; bucket < BUCKETS; bucket++) {
            difference.set(bucket, hashes[bucket] != other.hashes[bucket] || counts[bucket] != other.counts[bucket]);
        }
        return difference;
    }

    /** Returns the number of files in a bucket. */
    public int count(int bucket) {
        return counts[bucket];
    }

    public static int bucket(String path) {
        return bucket(hash(path));
    }

    private static int bucket(long hash) {
        return (int) (hash >>> 54);
    }

    /** FNV-1a over the characters, then mixed, since its highest bits depend little on the last characters. */
    private static long hash(String path) {
        long hash = FNV_OFFSET_BASIS;
        for (int i = 0; i < path.length(); i++) {
            hash = (hash ^ path.charAt(i)) * FNV_PRIME;
        }
        return mixed(hash);
    }

    /** The finalizer of MurmurHash3, a bijection. */
    private static long mixed(long value) {
        long mixed = (value ^ value >>> 33) * 0xff51afd7ed558ccdL;
        mixed = (mixed ^ mixed >>> 33) * 0xc4ceb9fe1a85ec53L;
        return mixed ^ mixed >>> 33;
    }
}
