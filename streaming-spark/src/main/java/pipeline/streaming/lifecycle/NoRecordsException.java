package pipeline.streaming.lifecycle;

import org.apache.kafka.common.errors.TimeoutException;

/** No record has come in time, although the broker has some. */
public final class NoRecordsException extends TimeoutException {
    private static final long serialVersionUID = 1;

    public NoRecordsException(String message) {
        super(message);
    }
}
