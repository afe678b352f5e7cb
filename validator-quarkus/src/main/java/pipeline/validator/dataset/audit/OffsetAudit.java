package pipeline.validator.dataset.audit;

import pipeline.validator.dataset.content.Sample;

/**
 * Every offset of a run, read from its files.
 *
 * @param rows rows that have an offset
 * @param withoutOffset rows that have none
 * @param offsets offsets that the ledger accounts for, 0 if there is no ledger
 * @param filesBefore files that an earlier audit read, and this one did not
 */
public record OffsetAudit(long rows, long withoutOffset, long offsets, Faults faults, long filesBefore) {
    public static final OffsetAudit NONE = new OffsetAudit(0, 0, 0, Faults.NONE, 0);

    /**
     * Offsets that are not where they should be.
     *
     * @param missing offsets that the ledger accounts for and no file has
     * @param holes offsets that no file has, between two that a file has, if there is no ledger
     * @param twice offsets that files have more than once
     * @param unexpected offsets that the ledger does not account for
     * @param unreadable files whose offsets could not be read, each with the reason
     */
    public record Faults(Sample missing, Sample holes, Sample twice, Sample unexpected, Sample unreadable) {
        public static final Faults NONE = new Faults(Sample.NONE, Sample.NONE, Sample.NONE, Sample.NONE, Sample.NONE);

        Faults plus(Faults other) {
            return new Faults(
                    missing.plus(other.missing),
                    holes.plus(other.holes),
                    twice.plus(other.twice),
                    unexpected.plus(other.unexpected),
                    unreadable.plus(other.unreadable));
        }
    }

    public OffsetAudit plus(OffsetAudit other) {
        return new OffsetAudit(
                rows + other.rows,
                withoutOffset + other.withoutOffset,
                offsets + other.offsets,
                faults.plus(other.faults),
                filesBefore + other.filesBefore);
    }

    /** Returns whether each offset is where it should be. */
    boolean isRight() {
        return faults.missing().isEmpty()
                && faults.twice().isEmpty()
                && faults.unexpected().isEmpty()
                && faults.unreadable().isEmpty()
                && withoutOffset == 0;
    }
}
