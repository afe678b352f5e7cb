package pipeline.producer.kafka;

/** Kafka's client does not accept its settings; the message is one line for people. */
public final class UnusableClientException extends RuntimeException {
    UnusableClientException(String message) {
        super(message);
    }
}
