package pipeline.events.output;

import java.io.IOException;

/** A file is not a valid ledger record. The message says why. */
public final class LedgerFormatException extends IOException {
    private static final long serialVersionUID = 1;

    public LedgerFormatException(String message) {
        super(message);
    }
}
