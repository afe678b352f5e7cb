package pipeline.producer.channel;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.subscription.BackPressureStrategy;
import io.smallrye.mutiny.subscription.MultiEmitter;
import io.smallrye.reactive.messaging.kafka.KafkaClientService;
import io.smallrye.reactive.messaging.kafka.KafkaProducer;
import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.Metadata;
import org.eclipse.microprofile.reactive.messaging.Outgoing;
import org.jboss.logging.Logger;
import pipeline.events.EventHeaders;
import pipeline.events.kafka.KafkaEndpoint;
import pipeline.events.kafka.KafkaFailures;
import pipeline.events.kafka.KafkaFailures.Kind;
import pipeline.events.schema.sample.KeyedEvent;
import pipeline.producer.ProducerSession;
import pipeline.producer.observe.Deliveries;

/** Sends the session's events to the channel as Kafka records, and counts acknowledgements and failures. */
@ApplicationScoped
public class EventPublisher implements ProducerSession.Channel {
    static final String CHANNEL = "events";

    /** At DEBUG, one line for each event that Kafka acknowledged: {@code acked <session> <seq> <json>}. */
    private static final Logger ACKED = Logger.getLogger("pipeline.producer.acked");

    private static final CompletionStage<Void> DONE = CompletableFuture.completedStage(null);

    private final ProducerSession producer;
    private final Deliveries deliveries;
    private final KafkaClientService clients;
    private final KafkaEndpoint kafka;
    private final String session = UUID.randomUUID().toString();
    private volatile MultiEmitter<? super Message<byte[]>> emitter;

    EventPublisher(ProducerSession producer, Deliveries deliveries, KafkaClientService clients, KafkaEndpoint kafka) {
        this.producer = producer;
        this.deliveries = deliveries;
        this.clients = clients;
        this.kafka = kafka;
    }

    /** The back-pressure strategy never applies: events are emitted only when requested. */
    @Outgoing(CHANNEL)
    Multi<Message<byte[]>> events() {
        return Multi.createFrom()
                .emitter(
                        newEmitter -> {
                            emitter = newEmitter;
                            producer.start(this);
                        },
                        BackPressureStrategy.ERROR);
    }

    @Override
    public long requested() {
        return emitter.requested();
    }

    @Override
    public void send(long seq, KeyedEvent event) {
        deliveries.sent();
        emitter.emit(message(seq, event));
    }

    @Override
    public void abort() {
        KafkaProducer<?, ?> client = clients.getProducer(CHANNEL);
        // The first event creates the client; in tests without Kafka there is none.
        if (client != null && client.unwrap() != null) {
            client.unwrap().close(Duration.ZERO);
        }
    }

    private Message<byte[]> message(long seq, KeyedEvent event) {
        byte[] json = event.json();
        return Message.of(
                json,
                Metadata.of(OutgoingKafkaRecordMetadata.<String>builder()
                        .withKey(event.key())
                        .withHeaders(headers(seq))
                        .build()),
                () -> {
                    deliveries.acked();
                    if (ACKED.isDebugEnabled()) {
                        ACKED.debug("acked " + session + " " + seq + " " + new String(json, StandardCharsets.UTF_8));
                    }
                    return DONE;
                },
                failure -> {
                    deliveries.failed(reason(failure));
                    return DONE;
                });
    }

    private String reason(Throwable failure) {
        if (KafkaFailures.kind(failure) == Kind.DENIED) {
            return kafka.explain(failure, AclOperation.WRITE.name());
        }
        return failure.getMessage() == null ? failure.toString() : failure.getMessage();
    }

    private Headers headers(long seq) {
        return new RecordHeaders()
                .add(EventHeaders.SESSION, bytes(session))
                .add(EventHeaders.SEQ, bytes(Long.toString(seq)));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
