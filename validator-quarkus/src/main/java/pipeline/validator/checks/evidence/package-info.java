/** What a check is, what it sees and what it finds. */
package pipeline.validator.checks.evidence;
