/** When Jest is stopped, as the check does with tests that hang, this says in which files it was. */
export default class StillRunning {
  #files = new Set();

  constructor() {
    process.once('SIGTERM', () => {
      console.error(`Stopped while these ran:\n${[...this.#files].join('\n')}`);
      process.exit(1);
    });
  }

  onTestStart({ path }) {
    this.#files.add(path);
  }

  onTestResult({ path }) {
    this.#files.delete(path);
  }
}
