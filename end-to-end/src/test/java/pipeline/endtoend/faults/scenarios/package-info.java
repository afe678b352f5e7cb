/**
 * One test for each fault that does not depend on chance: what the job does and logs, and whether the output is right. Start
 * with {@link pipeline.endtoend.faults.scenarios.Scenario}.
 */
package pipeline.endtoend.faults.scenarios;
