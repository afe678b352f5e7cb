/**
 * Tests of the page, most of them in a browser ({@link pipeline.validator.page.Chromium}). Start with {@link
 * pipeline.validator.page.PageIT}.
 */
package pipeline.validator.page;
