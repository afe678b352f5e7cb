package pipeline.streaming.source;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;
import pipeline.events.kafka.KafkaEndpoint;
import pipeline.events.offsets.OffsetRange;
import pipeline.events.settings.KafkaClientConfig;
import pipeline.streaming.lifecycle.NoRecordsException;

class RecordReaderTest {

    @Test
    void doesNotWaitForABrokerThatIsDown() throws IOException {
        String down;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            down = "127.0.0.1:" + free.getLocalPort();
        }

        assertThatThrownBy(() -> read(down, Duration.ofMinutes(1)))
                .isInstanceOf(TimeoutException.class)
                .isNotInstanceOf(NoRecordsException.class)
                .hasMessage("Kafka at " + down + " does not accept connections");
    }

    @Test
    void waitsAsLongAsItIsToldForABrokerThatAcceptsConnections() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> read("127.0.0.1:" + silent.getLocalPort(), Duration.ofSeconds(7)))
                    .isInstanceOf(NoRecordsException.class)
                    .hasMessage("no records of events for 7 s");
        }
    }

    private static ConsumerRecord<byte[], byte[]> read(String broker, Duration patience) {
        KafkaEndpoint kafka = new KafkaEndpoint(broker, "events", KafkaClientConfig.none());
        try (RecordReader reader = RecordReader.borrow("events", KafkaSource.consumer(kafka), patience, 1000, 10)) {
            return reader.records(Map.of(0, new OffsetRange(0, 10))).next();
        }
    }
}
