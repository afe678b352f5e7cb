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
 */
public record OffsetAudit(
        long rows,
        long offsets,
        Sample missing,
        Sample holes,
        Sample twice,
        Sample unexpected,
        long withoutOffset,
        Sample unreadable) {
    public static final OffsetAudit NONE =
            new OffsetAudit(0, 0, Sample.NONE, Sample.NONE, Sample.NONE, Sample.NONE, 0, Sample.NONE);

    public OffsetAudit plus(OffsetAudit other) {
        return new OffsetAudit(
                rows + other.rows,
                offsets + other.offsets,
                missing.plus(other.missing),
                holes.plus(other.holes),
                twice.plus(other.twice),
                unexpected.plus(other.unexpected),
                withoutOffset + other.withoutOffset,
                unreadable.plus(other.unreadable));
    }
}
