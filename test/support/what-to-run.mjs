// jest-light-runner tells all its processes what to run when the first of them asks: one that is still loading would miss it, and
// wait for ever. Imported before it, this keeps what came early and gives it to whoever listens next.
let early;
let keeping = false;
const only = 2;

function keep(message) {
  // With tinypool's listener and this one alone nobody has heard it.
  if (message?.type === 'jest-light-runner-worker-data' && process.listenerCount('message') === only) early = message;
}

process.on('newListener', (event, listener) => {
  if (event !== 'message') return;
  if (early) {
    process.nextTick(listener, early);
    early = undefined;
  } else if (!keeping) {
    // Not before somebody listens: the first listener opens the channel, and what it does not know is lost.
    keeping = true;
    process.on('message', keep);
  }
});
