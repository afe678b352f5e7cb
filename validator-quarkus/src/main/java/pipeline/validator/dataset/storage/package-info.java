/** Access to files. {@link pipeline.validator.dataset.storage.Storage} is the seam to other file systems. */
package pipeline.validator.dataset.storage;
