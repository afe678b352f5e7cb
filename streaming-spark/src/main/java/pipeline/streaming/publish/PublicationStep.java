package pipeline.streaming.publish;

/** The steps of publishing a batch, in order. Each is reported once it is done; a sink may have only some of them. */
public enum PublicationStep {
    /** The batch's files are written, where readers cannot see them. */
    STAGED,
    /** The files hold exactly the events of the batch's offsets. */
    COUNTED,
    /** The files are on the disk, and the prepared record names them: from now on the batch only rolls forward. */
    PREPARED,
    /** One file is visible, and at least one is not. */
    PARTLY_PUBLISHED,
    /** All files are visible. */
    PUBLISHED,
    /** The ledger has the record. */
    COMMITTED,
    /** The prepared record is deleted. */
    CLEANED;

    /** Is told of each step, so that tests can stop a job after one of them. */
    public interface Listener {
        void reached(PublicationStep step);
    }
}
