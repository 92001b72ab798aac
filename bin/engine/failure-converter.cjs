// Loaded by the engine's client and inside the workflow bundle: failure messages are encoded like any other payload.
const { DefaultFailureConverter } = require('@temporalio/common');

exports.failureConverter = new DefaultFailureConverter({ encodeCommonAttributes: true });
