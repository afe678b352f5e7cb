/** Tests of the documentation. Start with {@link pipeline.endtoend.docs.DocumentationLinksTest}. */
package pipeline.endtoend.docs;
