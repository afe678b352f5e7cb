/**
 * The folders and files that the streaming job writes and the validator reads. Start with {@link
 * pipeline.events.output.OutputTree}, which names them; {@link pipeline.events.output.LedgerJson} reads and writes ledger
 * records.
 */
package pipeline.events.output;
