/** The settings that components read from the environment. Start with {@link pipeline.events.settings.Settings}. */
package pipeline.events.settings;
