/** Runs that are tables, which other tools read while components and the catalog's database are killed: start with {@code TableFaultsIT}. */
package pipeline.endtoend.table;
