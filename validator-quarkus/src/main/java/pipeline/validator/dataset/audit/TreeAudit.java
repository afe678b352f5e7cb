package pipeline.validator.dataset.audit;

import pipeline.validator.dataset.content.Sample;

/**
 * What a run's folder holds, compared with what should be there. Every sample names files.
 *
 * @param listed data files that a reader of the folder sees
 * @param missing files that should be there
 * @param stray files that should not be there, so that a reader sees rows that do not count
 * @param orphans the same under Spark's own log: Spark leaves such files after a crash
 * @param otherSize files whose size differs from the ledger's, each with both sizes
 * @param inPublication files of the batch after the last record, which is being published
 * @param uncompared files among which some are wrong, but too many files differ to find out which
 */
public record TreeAudit(
        long listed,
        Sample missing,
        Sample stray,
        Sample orphans,
        Sample otherSize,
        long inPublication,
        long uncompared) {
    public TreeAudit plus(TreeAudit other) {
        return new TreeAudit(
                listed + other.listed,
                missing.plus(other.missing),
                stray.plus(other.stray),
                orphans.plus(other.orphans),
                otherSize.plus(other.otherSize),
                inPublication + other.inPublication,
                uncompared + other.uncompared);
    }
}
