/** How queries stop and fail, and where Spark keeps their working memory. */
package pipeline.streaming.lifecycle;
