package pipeline.producer;
