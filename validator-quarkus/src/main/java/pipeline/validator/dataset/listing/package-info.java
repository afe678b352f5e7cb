/** Which files a run has if there is no ledger: by listing folders, or by Spark's {@code _spark_metadata} log. */
package pipeline.validator.dataset.listing;
