/** How queries stop and fail, where Spark keeps their working memory, and the lock of a run. */
package pipeline.streaming.lifecycle;
