package pipeline.endtoend.system;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.message.ProduceRequestData;
import org.apache.kafka.common.message.ProduceRequestData.PartitionProduceData;
import org.apache.kafka.common.message.ProduceRequestData.TopicProduceData;
import org.apache.kafka.common.message.ProduceRequestData.TopicProduceDataCollection;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.record.CompressionType;
import org.apache.kafka.common.record.DefaultRecord;
import org.apache.kafka.common.record.DefaultRecordBatch;
import org.apache.kafka.common.record.MemoryRecords;
import org.apache.kafka.common.record.RecordBatch;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.requests.AbstractResponse;
import org.apache.kafka.common.requests.ProduceRequest;
import org.apache.kafka.common.requests.ProduceResponse;
import org.apache.kafka.common.requests.RequestHeader;
import org.apache.kafka.common.utils.ByteBufferOutputStream;
import org.apache.kafka.common.utils.Crc32C;

/** Sends records as a client in another language may: the broker's checks are the only ones. */
public final class RawRecords implements AutoCloseable {
    private static final short VERSION = 9;
    private static final int TIMEOUT_MILLIS = 10_000;

    /** Positions in a batch of version 2. */
    private static final int ATTRIBUTES = 21;

    private static final int BASE_TIMESTAMP = 27;
    private static final int MAX_TIMESTAMP = 35;

    private final Socket socket;
    private final DataOutputStream out;
    private final DataInputStream in;
    private int correlation;

    /** @param timestamp any 64 bits; the broker refuses some unless the topic allows them */
    public record Sent(long timestamp, byte[] key, byte[] value, List<Header> headers) {}

    public RawRecords(String bootstrapServer) throws IOException {
        int colon = bootstrapServer.lastIndexOf(':');
        socket =
                new Socket(bootstrapServer.substring(0, colon), Integer.parseInt(bootstrapServer.substring(colon + 1)));
        out = new DataOutputStream(socket.getOutputStream());
        in = new DataInputStream(socket.getInputStream());
    }

    /** Sends one batch, and returns the offset of its first record. */
    public long send(String topic, int partition, CompressionType codec, List<Sent> records) throws IOException {
        ProduceRequestData data = new ProduceRequestData()
                .setAcks((short) -1)
                .setTimeoutMs(TIMEOUT_MILLIS)
                .setTopicData(new TopicProduceDataCollection(List.of(new TopicProduceData()
                                .setName(topic)
                                .setPartitionData(List.of(new PartitionProduceData()
                                        .setIndex(partition)
                                        .setRecords(MemoryRecords.readableRecords(batch(codec, records))))))
                        .iterator()));
        RequestHeader header = new RequestHeader(ApiKeys.PRODUCE, VERSION, "raw", correlation++);
        ByteBuffer request = new ProduceRequest.Builder(VERSION, VERSION, data)
                .build(VERSION)
                .serializeWithHeader(header);
        out.writeInt(request.remaining());
        out.write(request.array(), request.arrayOffset() + request.position(), request.remaining());
        out.flush();
        byte[] answer = in.readNBytes(in.readInt());
        ProduceResponse response = (ProduceResponse) AbstractResponse.parseResponse(ByteBuffer.wrap(answer), header);
        var result = response.data()
                .responses()
                .iterator()
                .next()
                .partitionResponses()
                .get(0);
        Errors error = Errors.forCode(result.errorCode());
        if (error != Errors.NONE) {
            throw new IOException(error + ": " + result.errorMessage() + " " + result.recordErrors());
        }
        return result.baseOffset();
    }

    private static ByteBuffer batch(CompressionType codec, List<Sent> records) throws IOException {
        ByteBufferOutputStream body = new ByteBufferOutputStream(1024);
        long base = records.get(0).timestamp();
        long max = records.stream().mapToLong(Sent::timestamp).max().orElseThrow();
        try (DataOutputStream target = new DataOutputStream(
                Compression.of(codec).build().wrapForOutput(body, RecordBatch.CURRENT_MAGIC_VALUE))) {
            for (int i = 0; i < records.size(); i++) {
                Sent record = records.get(i);
                DefaultRecord.writeTo(
                        target,
                        i,
                        record.timestamp() - base,
                        buffer(record.key()),
                        buffer(record.value()),
                        record.headers().toArray(Header[]::new));
            }
        }
        ByteBuffer content = body.buffer();
        content.flip();
        ByteBuffer batch = ByteBuffer.allocate(DefaultRecordBatch.RECORD_BATCH_OVERHEAD + content.remaining());
        batch.position(DefaultRecordBatch.RECORD_BATCH_OVERHEAD);
        batch.put(content);
        batch.rewind();
        DefaultRecordBatch.writeHeader(
                batch,
                0,
                records.size() - 1,
                batch.limit(),
                RecordBatch.CURRENT_MAGIC_VALUE,
                codec,
                TimestampType.CREATE_TIME,
                0,
                0,
                RecordBatch.NO_PRODUCER_ID,
                RecordBatch.NO_PRODUCER_EPOCH,
                RecordBatch.NO_SEQUENCE,
                false,
                false,
                false,
                RecordBatch.NO_PARTITION_LEADER_EPOCH,
                records.size());
        batch.rewind();
        // Kafka's own code refuses negative times, so they are written afterwards.
        batch.putLong(BASE_TIMESTAMP, base).putLong(MAX_TIMESTAMP, max);
        batch.putInt(
                DefaultRecordBatch.CRC_OFFSET, (int) Crc32C.compute(batch, ATTRIBUTES, batch.limit() - ATTRIBUTES));
        return batch;
    }

    private static ByteBuffer buffer(byte[] bytes) {
        return bytes == null ? null : ByteBuffer.wrap(bytes);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
