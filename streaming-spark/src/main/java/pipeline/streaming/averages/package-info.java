/** The second query: average values in 10-second windows, on the console. */
package pipeline.streaming.averages;
