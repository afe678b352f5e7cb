/**
 * Tests of the whole pipeline, in the packages below. {@link pipeline.endtoend.ArchitectureTest} holds the rules between
 * modules and packages.
 */
package pipeline.endtoend;
