/**
 * What the tests share: the pipeline's processes ({@link pipeline.endtoend.system.SystemUnderTest}), the repository they are
 * started from, and readers of what the job writes.
 */
package pipeline.endtoend.system;
