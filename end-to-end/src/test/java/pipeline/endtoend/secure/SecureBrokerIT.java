package pipeline.endtoend.secure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchException;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import pipeline.events.kafka.KafkaFailures;
import pipeline.events.settings.KafkaClientConfig;
import pipeline.events.settings.Settings;

/** Which operations a secured broker allows to Kafka's clients, and what they throw if it denies one. */
@Tag("slow")
class SecureBrokerIT {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    /** A producer that waits longer than this has to log in again. */
    private static final Duration IDLE = Duration.ofMillis(200);
    /** Contains characters with a special meaning in a JAAS entry or in a properties file. */
    private static final String SECRET = "a-\"secret\\ #=;";

    private static final AtomicInteger NEXT = new AtomicInteger();

    @TempDir
    private static Path folder;

    private static SecureBroker broker;
    private static CertificateAuthority stranger;

    /** Each test has its own user and topic, since they share one broker. */
    private final String user = "user" + NEXT.incrementAndGet();

    private final String topic = "topic" + NEXT.get();
    private final TopicPartition partition = new TopicPartition(topic, 0);

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        broker = SecureBroker.start(folder.resolve("broker"));
        stranger = CertificateAuthority.in(folder.resolve("stranger"), "Unknown CA");
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    /** How a client connects and logs in. */
    enum Login {
        SCRAM {
            @Override
            Client client(String user) throws IOException {
                broker.setPassword(user, SECRET);
                return new Client(broker.saslServers(), ClientSettings.scram(broker.authority(), user, SECRET));
            }
        },
        MTLS_PEM {
            @Override
            Client client(String user) throws IOException {
                CertificateAuthority authority = broker.authority();
                return new Client(broker.mtlsServers(), ClientSettings.mtls(authority, authority.issue(user)));
            }
        },
        MTLS_STORES {
            @Override
            Client client(String user) throws IOException {
                CertificateAuthority authority = broker.authority();
                return new Client(broker.mtlsServers(), ClientSettings.mtlsStores(authority, authority.issue(user)));
            }
        };

        abstract Client client(String user) throws IOException;
    }

    @ParameterizedTest
    @EnumSource
    void doesWithItsRightsWhatTheComponentsDo(Login login) throws Exception {
        broker.createTopic(topic, 1);
        Client client = login.client(user);

        allow(Rights.validator(topic));
        client.end(partition);
        takeAway(Rights.validator(topic));
        allow(Rights.producer(topic));
        client.send(partition);
        takeAway(Rights.producer(topic));
        allow(Rights.job(topic, user));

        assertThat(client.read(partition)).isEqualTo(1);
        client.storeLag("pipeline-" + user, partition);
        takeAway(Rights.job(topic, user));
        allow(Rights.launcher(topic + "-new"));
        client.create(topic + "-new");
    }

    @Test
    void letsAUserOfPlainIn() throws Exception {
        broker.createTopic(topic, 1);
        broker.allow("User:" + SecureBroker.PLAIN_USER, Right.onTopic(AclOperation.DESCRIBE, topic));

        assertThat(new Client(
                                broker.saslServers(),
                                ClientSettings.plain(
                                        broker.authority(), SecureBroker.PLAIN_USER, SecureBroker.PLAIN_PASSWORD))
                        .end(partition))
                .isZero();
    }

    @ParameterizedTest
    @EnumSource
    void namesWhoLacksTheRight(Login login) throws Exception {
        broker.createTopic(topic, 1);
        Client client = login.client(user);

        Exception failure = catchException(() -> client.end(partition));

        assertThat(failure).hasRootCauseInstanceOf(TopicAuthorizationException.class);
        String principal = login == Login.SCRAM ? "User:" + user : "User:CN=" + user + ",OU=pipeline";
        assertThat(client.explain(failure, "DESCRIBE", topic))
                .isEqualTo(
                        "Kafka at " + client.servers + " denies " + principal + " the right DESCRIBE on topic " + topic
                                + "; to grant it: kafka-acls --bootstrap-server " + client.servers
                                + " --command-config ADMIN_FILE --add --allow-principal " + principal
                                + " --operation DESCRIBE --topic " + topic);
    }

    @Test
    void showsWhichOperationsAreAllowed() throws Exception {
        broker.createTopic(topic, 1);
        Client client = Login.SCRAM.client(user);
        allow(Rights.validator(topic));
        assertThat(client.operations(topic))
                .containsExactlyInAnyOrder(AclOperation.DESCRIBE, AclOperation.DESCRIBE_CONFIGS);

        allow(Rights.producer(topic));
        assertThat(client.operations(topic))
                .containsExactlyInAnyOrder(AclOperation.DESCRIBE, AclOperation.DESCRIBE_CONFIGS, AclOperation.WRITE);
    }

    @Test
    void doesNotWriteWithoutItsRight() throws Exception {
        broker.createTopic(topic, 1);
        Client client = Login.SCRAM.client(user);
        allow(Rights.validator(topic));

        assertThat(catchException(() -> client.send(partition)))
                .hasRootCauseInstanceOf(ClusterAuthorizationException.class);

        Right elsewhere = Right.onTopic(AclOperation.WRITE, topic + "-other");
        allow(List.of(elsewhere));
        assertThat(catchException(() -> client.send(partition)))
                .hasRootCauseInstanceOf(TopicAuthorizationException.class);
    }

    @Test
    void doesNotReadWithoutItsRight() throws Exception {
        broker.createTopic(topic, 1);
        Client client = Login.SCRAM.client(user);
        allow(Rights.validator(topic));

        assertThat(catchException(() -> client.read(partition))).isInstanceOf(TopicAuthorizationException.class);
    }

    @Test
    void doesNotCreateWithoutItsRight() throws Exception {
        Client client = Login.SCRAM.client(user);

        assertThat(catchException(() -> client.create(topic)))
                .hasRootCauseInstanceOf(TopicAuthorizationException.class);
    }

    @Test
    void doesNotStoreTheLagWithoutItsRights() throws Exception {
        broker.createTopic(topic, 1);
        Client client = Login.SCRAM.client(user);
        String group = "pipeline-" + user;
        allow(List.of(Right.onTopic(AclOperation.READ, topic)));

        Exception withoutGroup = catchException(() -> client.storeLag(group, partition));
        assertThat(withoutGroup).hasRootCauseInstanceOf(GroupAuthorizationException.class);
        assertThat(client.explain(withoutGroup, "READ", topic)).contains("the right READ on group " + group + ";");

        takeAway(List.of(Right.onTopic(AclOperation.READ, topic)));
        allow(List.of(Right.onGroup(AclOperation.READ, group), Right.onTopic(AclOperation.DESCRIBE, topic)));
        assertThat(catchException(() -> client.storeLag(group, partition)))
                .hasRootCauseInstanceOf(TopicAuthorizationException.class);
    }

    @Test
    void saysWhyItCannotConnect() throws Exception {
        broker.createTopic(topic, 1);
        broker.setPassword(user, SECRET);
        CertificateAuthority known = broker.authority();

        assertFails(
                new Client(broker.saslServers(), ClientSettings.scram(known, user, "wrong-secret")),
                SaslAuthenticationException.class,
                "Kafka at " + broker.saslServers() + " refuses the login of User:" + user);
        assertFails(
                new Client(broker.saslServers(), ClientSettings.plain(known, SecureBroker.PLAIN_USER, "wrong-secret")),
                SaslAuthenticationException.class,
                "Kafka at " + broker.saslServers() + " refuses the login of User:plain");
        assertFails(
                new Client(broker.saslServers(), ClientSettings.scram(stranger, user, SECRET)),
                SslAuthenticationException.class,
                "The certificate of Kafka at " + broker.saslServers() + " is not trusted");
        assertFails(
                new Client(broker.mtlsServers(), ClientSettings.mtls(known, stranger.issue(user))),
                SslAuthenticationException.class,
                "Kafka at " + broker.mtlsServers() + " refuses the certificate of this client");
        assertFails(
                new Client(broker.openServers(), ClientSettings.scram(known, user, SECRET)),
                TimeoutException.class,
                "Kafka at " + broker.openServers()
                        + " accepts connections, but does not answer; security.protocol is SASL_SSL here");
        assertFails(
                new Client(broker.saslServers(), ClientSettings.plaintext()),
                TimeoutException.class,
                "Kafka at " + broker.saslServers()
                        + " accepts connections, but does not answer; security.protocol is PLAINTEXT here");
    }

    private void assertFails(Client client, Class<? extends Throwable> with, String line) throws IOException {
        long start = System.nanoTime();
        Exception failure = catchException(() -> client.end(partition));

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(LIMIT);
        assertThat(Stream.<Throwable>iterate(failure, cause -> cause != null, Throwable::getCause))
                .hasAtLeastOneElementOfType(with);
        assertThat(client.explain(failure, "DESCRIBE", topic)).startsWith(line).doesNotContain("secret");
    }

    @Test
    void recoversOnceTheBrokerIsSetRight() throws Exception {
        broker.createTopic(topic, 1);
        allow(Rights.producer(topic));
        Client client = Login.SCRAM.client(user);
        try (KafkaProducer<byte[], byte[]> producer = client.producer()) {
            // Log in once first: a producer whose first login fails gets no producer id later either, and sends nothing
            // (Kafka 3.4.1 and 4.1.1). So a client should be made only after an admin client got an answer.
            Client.send(producer, partition);
            broker.setPassword(user, "changed");
            await().pollInterval(IDLE.multipliedBy(3)).atMost(LIMIT).untilAsserted(() -> assertThatThrownBy(
                            () -> Client.send(producer, partition))
                    .hasRootCauseInstanceOf(TimeoutException.class));
            assertThat(catchException(() -> client.end(partition)))
                    .hasRootCauseInstanceOf(SaslAuthenticationException.class);
            broker.setPassword(user, SECRET);
            within(LIMIT, () -> Client.send(producer, partition));

            takeAway(Rights.producer(topic));
            // An event that was waiting when the producer learned this from the topic's metadata expires instead.
            await().atMost(LIMIT).untilAsserted(() -> assertThatThrownBy(() -> Client.send(producer, partition))
                    .hasRootCauseInstanceOf(TopicAuthorizationException.class));
            allow(Rights.producer(topic));
            within(LIMIT, () -> Client.send(producer, partition));
        }
    }

    private static void within(Duration limit, Callable<?> attempt) throws Exception {
        long end = System.nanoTime() + limit.toNanos();
        while (true) {
            try {
                attempt.call();
                return;
            } catch (ExecutionException e) {
                if (System.nanoTime() > end) {
                    throw e;
                }
            }
        }
    }

    @Test
    void keepsUsersAndRightsWhenItIsKilled() throws Exception {
        broker.createTopic(topic, 1);
        Client client = Login.SCRAM.client(user);
        allow(Rights.validator(topic));
        List<Right> before = List.of(Right.onTopic(AclOperation.DESCRIBE, topic));

        broker.kill();
        broker.start();

        assertThat(broker.rights()).contains(before.get(0).of("User:" + user));
        within(LIMIT, () -> client.end(partition));
    }

    private void allow(List<Right> rights) {
        broker.allow("User:" + user, rights.toArray(Right[]::new));
    }

    private void takeAway(List<Right> rights) {
        rights.forEach(right -> broker.takeAway("User:" + user, right));
    }

    /** Kafka's clients, as the components use them. */
    private record Client(String servers, ClientSettings settings) {
        String explain(Exception failure, String operation, String topic) throws IOException {
            KafkaClientConfig config = new Settings(Map.of(
                            Settings.KAFKA_CONFIG_FILE.name(),
                            settings.write(folder.resolve("client.properties")).toString()))
                    .get(Settings.KAFKA_CONFIG_FILE);
            settings.values()
                    .forEach((key, value) -> assertThat(config.settings()).containsEntry(key, value.strip()));
            return new KafkaFailures(servers, config).explain(failure, operation, topic);
        }

        private Map<String, Object> with(Map<String, Object> more) {
            Map<String, Object> all = new HashMap<>(settings.with(servers));
            all.putAll(more);
            return all;
        }

        private Admin admin() {
            return Admin.create(with(Map.of("request.timeout.ms", 4500, "default.api.timeout.ms", 4500)));
        }

        long end(TopicPartition partition) throws Exception {
            try (Admin admin = admin()) {
                admin.describeCluster().clusterId().get();
                admin.describeTopics(List.of(partition.topic())).allTopicNames().get();
                return admin.listOffsets(Map.of(partition, OffsetSpec.latest()))
                        .partitionResult(partition)
                        .get()
                        .offset();
            }
        }

        java.util.Set<AclOperation> operations(String topic) throws Exception {
            try (Admin admin = admin()) {
                return admin.describeTopics(
                                List.of(topic), new DescribeTopicsOptions().includeAuthorizedOperations(true))
                        .allTopicNames()
                        .get()
                        .get(topic)
                        .authorizedOperations();
            }
        }

        void create(String topic) throws Exception {
            try (Admin admin = admin()) {
                admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1)
                                .configs(Map.of("cleanup.policy", "delete", "retention.ms", "604800000"))))
                        .all()
                        .get();
            }
        }

        void storeLag(String group, TopicPartition partition) throws Exception {
            try (Admin admin = Admin.create(settings.with(servers))) {
                admin.alterConsumerGroupOffsets(group, Map.of(partition, new OffsetAndMetadata(1)))
                        .all()
                        .get();
            }
        }

        KafkaProducer<byte[], byte[]> producer() {
            return new KafkaProducer<>(
                    with(Map.of(
                            "enable.idempotence",
                            true,
                            "metadata.recovery.strategy",
                            "none",
                            "request.timeout.ms",
                            4500,
                            "delivery.timeout.ms",
                            10_000,
                            "connections.max.idle.ms",
                            IDLE.toMillis())),
                    new ByteArraySerializer(),
                    new ByteArraySerializer());
        }

        void send(TopicPartition partition) throws Exception {
            try (KafkaProducer<byte[], byte[]> producer = producer()) {
                send(producer, partition);
            }
        }

        static Object send(KafkaProducer<byte[], byte[]> producer, TopicPartition partition) throws Exception {
            return producer.send(new ProducerRecord<>(partition.topic(), partition.partition(), null, new byte[1]))
                    .get();
        }

        /** Reads as Spark's executors do: with an assigned partition, in a group without any rights. */
        int read(TopicPartition partition) {
            try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                    with(Map.of(
                            "group.id",
                            "spark-kafka-source-1",
                            "enable.auto.commit",
                            false,
                            "auto.offset.reset",
                            "none")),
                    new ByteArrayDeserializer(),
                    new ByteArrayDeserializer())) {
                consumer.assign(List.of(partition));
                consumer.seek(partition, 0);
                int read = 0;
                while (read == 0) {
                    read = consumer.poll(Duration.ofSeconds(1)).count();
                }
                return read;
            }
        }
    }
}
