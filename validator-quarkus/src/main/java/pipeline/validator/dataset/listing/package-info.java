/** Which files a run has, by listing folders or by Spark's {@code _spark_metadata} log. */
package pipeline.validator.dataset.listing;
