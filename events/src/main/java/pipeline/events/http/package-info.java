/** What the HTTP servers of the producer and the validator have in common. */
package pipeline.events.http;
