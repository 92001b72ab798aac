// Loaded once by what runs the workflows. The SDK takes down, by its source map, where each promise of a workflow was made: with
// ten places a quarter of the whole work on a workflow. An error names as many, and these are enough to find it.
Error.stackTraceLimit = 3;
