package pipeline.launcher.infer;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.acl.AclOperation;
import pipeline.events.kafka.KafkaEndpoint;
import pipeline.events.kafka.KafkaFailures;
import pipeline.events.kafka.KafkaFailures.Kind;
import pipeline.events.schema.draft.EventSample;
import pipeline.events.schema.draft.SchemaDraft;
import pipeline.launcher.process.Console;
import pipeline.launcher.setup.StartException;
import pipeline.launcher.setup.UsageException;

/**
 * Drafts a schema file from the newest records of a topic. Writes the schema to standard output, and to standard error what it is
 * based on. Neither has a value of an event.
 *
 * @param ownBroker whether the Kafka is the broker of {@code ./pipeline}
 */
public record InferSchema(KafkaEndpoint kafka, boolean ownBroker, Console console) {
    private static final int MOST_RECORDS = 10_000;
    private static final Duration LIMIT = Duration.ofMinutes(1);

    /**
     * @throws UsageException when there is no topic of this name, or nothing in it to draft a schema from
     * @throws StartException when Kafka cannot be read, or the schema not be written
     */
    public void run(PrintStream out) {
        SchemaDraft draft = sample().draft();
        if (draft.rows().stream().noneMatch(SchemaDraft.Row::isColumn)) {
            throw new UsageException(nothing(draft));
        }
        out.writeBytes(draft.text().getBytes(StandardCharsets.UTF_8));
        if (out.checkError()) {
            throw new StartException("the schema cannot be written to standard output");
        }
        console.error(draft.table().stripTrailing());
    }

    private EventSample sample() {
        EventSample sample = new EventSample();
        try (KafkaTopicLog log = new KafkaTopicLog(kafka, LIMIT)) {
            int read = new NewestRecords(log, MOST_RECORDS).forEach(sample::add);
            if (log.isTimeUp()) {
                sayThatTimeIsUp(read);
            }
            return sample;
        } catch (KafkaException e) {
            throw failure(e);
        }
    }

    private void sayThatTimeIsUp(int read) {
        String within = " within " + LIMIT.toSeconds() + " s";
        if (read == 0) {
            throw new StartException(
                    "no record of topic " + kafka.topic() + " came from Kafka at " + kafka.bootstrapServers() + within);
        }
        console.error("pipeline: only %s records came%s".formatted(number(read), within));
    }

    private static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private RuntimeException failure(KafkaException e) {
        String line = kafka.explain(e, AclOperation.READ.name());
        Kind kind = KafkaFailures.kind(e);
        if (kind == Kind.NO_TOPIC) {
            return new UsageException(line + "; --topic names another one");
        }
        boolean isDown = ownBroker && kind == Kind.NO_ANSWER;
        return new StartException(
                line + (isDown ? "; start ./pipeline first, or name another Kafka with --kafka HOST:PORT" : ""));
    }

    private String nothing(SchemaDraft draft) {
        String topic = "there is nothing to draft a schema from: topic " + kafka.topic() + " of Kafka at "
                + kafka.bootstrapServers();
        if (draft.records() == 0) {
            return topic + " has no records";
        }
        return draft.isEmpty()
                ? topic + " has no JSON object among its " + number(draft.records()) + " newest records"
                : topic + " has no field that can be a column";
    }
}
