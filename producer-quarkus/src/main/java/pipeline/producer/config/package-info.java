/** What may be set: {@link pipeline.events.settings.Settings} checks and explains the values, Quarkus hands them around. */
package pipeline.producer.config;
