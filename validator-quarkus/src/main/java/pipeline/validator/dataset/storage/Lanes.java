package pipeline.validator.dataset.storage;

import jakarta.enterprise.context.ApplicationScoped;

/**
 * The threads that read for requests. At most one audit and one other request for rows or many records read at the same time,
 * so that their memory does not depend on the number of callers, and requests for totals stay fast.
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

    /** For requests that seldom have to read anything, and then little. */
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
