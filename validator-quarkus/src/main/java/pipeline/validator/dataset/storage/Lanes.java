package pipeline.validator.dataset.storage;

import jakarta.enterprise.context.ApplicationScoped;

/**
 * Who reads for requests. At most one audit reads at a time, and one other request that reads rows or many records, so that
 * their memory does not depend on the number of callers, and the totals stay quick.
 */
@ApplicationScoped
public class Lanes {
    private final Lane summaries;
    private final Lane readings;
    private final Lane validations;
    private final Lane audits;

    public Lanes(Storage storage) {
        summaries = new Lane(storage, "requests for totals", 8, 1000);
        readings = new Lane(storage, "requests that read rows or records", 1, 32);
        validations = new Lane(storage, "validations", 2, 32);
        audits = new Lane(storage, "audits", 1, 8);
    }

    /** For what is seldom read, and little. */
    public Lane summaries() {
        return summaries;
    }

    public Lane readings() {
        return readings;
    }

    public Lane validations() {
        return validations;
    }

    public Lane audits() {
        return audits;
    }

    /** Gives up all work. */
    public void close() {
        summaries.close();
        readings.close();
        validations.close();
        audits.close();
    }
}
