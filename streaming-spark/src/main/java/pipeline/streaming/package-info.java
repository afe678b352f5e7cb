package pipeline.streaming;
