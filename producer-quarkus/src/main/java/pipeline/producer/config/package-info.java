/** The settings, which {@link pipeline.events.settings.Settings} checks and Quarkus injects. */
package pipeline.producer.config;
