/** Access to files. {@link pipeline.validator.dataset.storage.Storage} is the interface to other file systems. */
package pipeline.validator.dataset.storage;
