/** What a check looks at and what it returns. */
package pipeline.validator.checks.evidence;
