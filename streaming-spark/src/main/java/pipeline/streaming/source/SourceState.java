package pipeline.streaming.source;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import pipeline.streaming.decode.DecodedRecords;

/**
 * What a query and its stream share. Spark creates the stream by the name of a class and options, so that it can only be told the
 * name of this.
 *
 * @param query whose state it is
 * @param bounds how large a batch may be; kept when the query starts a new stream
 * @param records how the stream's tasks decode what they read
 */
public record SourceState(String query, BatchBounds bounds, DecodedRecords records) {
    private static final Map<String, SourceState> BY_QUERY = new ConcurrentHashMap<>();

    static SourceState register(String query, DecodedRecords records) {
        SourceState state = new SourceState(query, new BatchBounds(), records);
        BY_QUERY.put(query, state);
        return state;
    }

    static SourceState of(String query) {
        return BY_QUERY.get(query);
    }
}
