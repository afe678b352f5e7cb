package pipeline.validator.checks.evidence;

/** One rule. Looks at the evidence only, so that the same evidence always gives the same finding. */
public interface Check {
    Finding check(Evidence evidence);
}
