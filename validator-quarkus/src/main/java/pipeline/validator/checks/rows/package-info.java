/** Checks of the files and their rows: whether they can be read, and hold what events may have. */
package pipeline.validator.checks.rows;
