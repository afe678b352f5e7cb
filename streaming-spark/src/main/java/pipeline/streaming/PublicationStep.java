package pipeline.streaming;

/** The steps of publishing a batch, named when they are done; a crash may come behind any of them. */
enum PublicationStep {
    /** The batch's files are in a staging folder of its own. */
    STAGED,
    /** They hold exactly the events of the batch's offsets. */
    COUNTED,
    /** They are on the disk, and the prepared record names them: from here the batch only goes forward. */
    PREPARED,
    /** One of the files, not the last one, is where readers see it. */
    PARTLY_PUBLISHED,
    /** All of them are. */
    PUBLISHED,
    /** The ledger has the record. */
    COMMITTED,
    /** The prepared record is gone. */
    CLEANED;

    /** Is told of each step. Nobody is, but for tests. */
    interface Listener {
        void reached(PublicationStep step);
    }
}
