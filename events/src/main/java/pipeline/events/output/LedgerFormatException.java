package pipeline.events.output;

import java.io.IOException;

/** Says why a file is not a ledger record. */
public final class LedgerFormatException extends IOException {
    private static final long serialVersionUID = 1;

    public LedgerFormatException(String message) {
        super(message);
    }
}
