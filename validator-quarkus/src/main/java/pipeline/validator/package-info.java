package pipeline.validator;
