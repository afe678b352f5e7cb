/** How queries stop and fail. */
package pipeline.streaming.lifecycle;
