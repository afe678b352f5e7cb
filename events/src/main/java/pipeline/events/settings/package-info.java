/**
 * The settings. {@link pipeline.events.settings.Settings} declares each of them once and reads its value; everything else that
 * names a setting uses the declaration. {@link pipeline.events.settings.KafkaClientConfig} reads the file that one of them names.
 */
package pipeline.events.settings;
