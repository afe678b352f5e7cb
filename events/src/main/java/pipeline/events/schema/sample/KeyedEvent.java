package pipeline.events.schema.sample;

/**
 * An event and its Kafka key.
 *
 * @param key the value of the group's column as text; null if it is null, or if the schema has no group
 * @param json the Kafka value
 */
public record KeyedEvent(String key, byte[] json) {}
