/** Programs that demos, benchmarks and fault tests run in place of the job. Nothing else depends on them. */
package pipeline.streaming.demo;
