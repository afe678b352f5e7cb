package pipeline.local;
