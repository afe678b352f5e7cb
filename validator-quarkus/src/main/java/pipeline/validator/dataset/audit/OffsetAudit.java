package pipeline.validator.dataset.audit;

import pipeline.validator.dataset.content.Sample;

/**
 * Every offset of a run, read from its files.
 *
 * @param rows rows that have an offset
 * @param offsets offsets that the ledger accounts for, 0 if there is no ledger
 * @param missing offsets that the ledger accounts for and no file has
 * @param holes offsets that no file has, between two that a file has, if there is no ledger
 * @param twice offsets that files have more than once
 * @param unexpected offsets that the ledger does not account for
 * @param filesBefore files that an earlier audit read, and this one did not
 */
public record OffsetAudit(
        long rows,
        long offsets,
        Sample missing,
        Sample holes,
        Sample twice,
        Sample unexpected,
        long withoutOffset,
        Sample unreadable,
        long filesBefore) {
    public static final OffsetAudit NONE =
            new OffsetAudit(0, 0, Sample.NONE, Sample.NONE, Sample.NONE, Sample.NONE, 0, Sample.NONE, 0);

    public OffsetAudit plus(OffsetAudit other) {
        return new OffsetAudit(
                rows + other.rows,
                offsets + other.offsets,
                missing.plus(other.missing),
                holes.plus(other.holes),
                twice.plus(other.twice),
                unexpected.plus(other.unexpected),
                withoutOffset + other.withoutOffset,
                unreadable.plus(other.unreadable),
                filesBefore + other.filesBefore);
    }

    /** Returns whether each offset is where it should be. */
    boolean isRight() {
        return missing.isEmpty()
                && twice.isEmpty()
                && unexpected.isEmpty()
                && unreadable.isEmpty()
                && withoutOffset == 0;
    }
}
