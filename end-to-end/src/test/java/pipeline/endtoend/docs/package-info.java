/**
 * Tests of the documentation: {@link pipeline.endtoend.docs.DocumentationLinksTest} follows its links, {@link
 * pipeline.endtoend.docs.VersionsTest} compares the versions that it and other files name, and {@link
 * pipeline.endtoend.docs.EventFieldsTest} the fields of the event.
 */
package pipeline.endtoend.docs;
