/** What repeats the declarations of the settings agrees with them: documents, configuration files and code. */
package pipeline.endtoend.settings;
