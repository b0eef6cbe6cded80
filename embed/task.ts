// Divides long work into tasks of the browser.

/** Part of the browser's scheduler. Safari has none. */
interface TaskScheduler {
  postTask?(task: () => void): Promise<void>;
}

/**
 * Resolves in a new task, so that the browser can paint and handle input before. A timer would be delayed in a hidden tab. Chrome may deliver several
 * messages of a channel in one task, so a channel is only used without a scheduler.
 */
export const nextTask = (): Promise<void> =>
  new Promise((done) => {
    const { scheduler } = globalThis as { scheduler?: TaskScheduler };
    if (typeof scheduler?.postTask === 'function') return void scheduler.postTask(done);
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      done();
    };
    port2.postMessage(null);
  });
