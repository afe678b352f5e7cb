/** Offsets of a topic, and what a batch knows about them: start with {@link pipeline.events.offsets.ReadOffsets}. */
package pipeline.events.offsets;
