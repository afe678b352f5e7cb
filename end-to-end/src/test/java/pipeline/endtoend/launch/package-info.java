/** {@code ./pipeline} as a user runs it, with all real components. */
package pipeline.endtoend.launch;
