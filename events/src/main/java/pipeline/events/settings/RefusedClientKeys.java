package pipeline.events.settings;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The keys that {@code KAFKA_CONFIG_FILE} must not set, each with the reason: the pipeline's promise depends on them, or Kafka's
 * Java clients would silently ignore them.
 */
final class RefusedClientKeys {
    private static final String REMOVE = "; remove this line";

    private static final Map<String, String> REASONS = new HashMap<>();

    static {
        refuse("is set by " + Settings.KAFKA_BOOTSTRAP_SERVERS + REMOVE, "bootstrap.servers");
        refuse(
                "names controllers, and the pipeline asks brokers; set " + Settings.KAFKA_BOOTSTRAP_SERVERS
                        + " instead",
                "bootstrap.controllers");

        // Producer: an event is sent once, in the format that the job reads.
        refuse(
                "belongs to the pipeline, which reads and writes bytes" + REMOVE,
                "key.serializer",
                "value.serializer",
                "key.deserializer",
                "value.deserializer");
        refuse(
                "belongs to the producer, which sends each event once, acknowledged by all replicas" + REMOVE,
                "acks",
                "enable.idempotence",
                "max.in.flight.requests.per.connection");
        refuse("belongs to the producer, which retries until delivery.timeout.ms ends; set that instead", "retries");
        refuse(
                "belongs to the producer, which sends without transactions" + REMOVE,
                "transactional.id",
                "transaction.two.phase.commit.enable");
        refuse(
                "belongs to the producer, which sends all events of an id to one partition" + REMOVE,
                "partitioner.class",
                "partitioner.ignore.keys");
        refuse(
                "belongs to the producer, which would block all sending when the client bootstraps again" + REMOVE,
                "metadata.recovery.strategy");

        // Job: Spark decides which offsets are read, and the ledger decides where to resume.
        refuse(
                "belongs to the job: Spark reads in groups of its own, and the lag is stored for pipeline-<"
                        + Settings.RUN_ID + ">" + REMOVE,
                "group.id",
                "group.instance.id",
                "group.protocol",
                "group.remote.assignor",
                "partition.assignment.strategy");
        refuse(
                "belongs to the job, which resumes where its ledger ends" + REMOVE,
                "auto.offset.reset",
                "enable.auto.commit",
                "auto.commit.interval.ms");
        refuse("belongs to the job, which counts every offset of the topic" + REMOVE, "isolation.level");
        refuse("belongs to the job, which must not take damaged records for events" + REMOVE, "check.crcs");
        refuse(
                "belongs to the pipeline, which waits for the topic: one made by a request has the wrong settings"
                        + REMOVE,
                "allow.auto.create.topics");

        // All components: an interceptor can change, drop or resend events.
        refuse("may change events, so the pipeline runs without interceptors" + REMOVE, "interceptor.classes");

        // Spark's Kafka client 3.4 ignores these names of newer ones, and would request another token.
        refuse(
                "is not known to Spark's Kafka client; write clientId=\"…\" in sasl.jaas.config",
                "sasl.oauthbearer.client.credentials.client.id");
        refuse(
                "is not known to Spark's Kafka client; write clientSecret=\"…\" in sasl.jaas.config",
                "sasl.oauthbearer.client.credentials.client.secret");
        refuse("is not known to Spark's Kafka client; write scope=\"…\" in sasl.jaas.config", "sasl.oauthbearer.scope");
        refuse("is not known to Spark's Kafka client" + REMOVE, "sasl.oauthbearer.jwt.retriever.class");

        // Java clients ignore these names of librdkafka, and would connect without security.
        refuse("is a name of librdkafka; Java's clients take sasl.jaas.config", "sasl.username", "sasl.password");
        refuse("is a name of librdkafka; Java's clients take sasl.mechanism", "sasl.mechanisms");
        refuse(
                "is a name of librdkafka; Java's clients take ssl.truststore.location, with ssl.truststore.type=PEM",
                "ssl.ca.location");
        refuse(
                "is a name of librdkafka; Java's clients take ssl.keystore.location, with ssl.keystore.type=PEM",
                "ssl.certificate.location",
                "ssl.key.location");
    }

    private RefusedClientKeys() {}

    private static void refuse(String reason, String... keys) {
        for (String key : keys) {
            REASONS.put(key, reason);
        }
    }

    /** Returns why the key is refused, as the rest of a sentence that starts with the key. */
    static Optional<String> reason(String key) {
        if (key.startsWith("kafka.")) {
            return Optional.of("is a name of Spark or Quarkus; write it without \"kafka.\"");
        }
        // The job has its own provider, which gives the file's values to Spark's executors.
        if (key.equals("config.providers") || key.startsWith("config.providers.")) {
            return Optional.of("is not supported; write the values themselves, which the pipeline never shows");
        }
        return Optional.ofNullable(REASONS.get(key));
    }
}
