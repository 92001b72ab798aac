/** Aborted by the first Ctrl-C, SIGTERM or closing of the terminal. A second one ends the process at once, as ever. */
export function toldToStop(): AbortSignal & { promise: Promise<void> } {
  const controller = new AbortController();
  const promise = new Promise<void>((resolve) => {
    controller.signal.addEventListener('abort', () => resolve(), { once: true });
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => controller.abort());
  return Object.assign(controller.signal, { promise });
}
