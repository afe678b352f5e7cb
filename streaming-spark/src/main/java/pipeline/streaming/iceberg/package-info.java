/**
 * An Iceberg table as a sink: start with {@link pipeline.streaming.iceberg.IcebergTable}. Iceberg is on the class path only if the
 * job writes tables, so nothing else uses this package before that is known.
 */
package pipeline.streaming.iceberg;
