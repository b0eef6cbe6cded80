// Divides long work into tasks of the browser.

/** Part of the browser's scheduler. Safari has none. */
interface TaskScheduler {
  postTask?(task: () => void): Promise<void>;
}

/**
 * Resolves in a new task, so that the browser can paint and handle input before. A timer would be delayed in a hidden tab, so it is only used without
 * a scheduler. The message of a channel would not do, because Chrome delivers several of them in one task.
 */
export const nextTask = (): Promise<void> =>
  new Promise((done) => {
    const { scheduler } = window as { scheduler?: TaskScheduler };
    if (typeof scheduler?.postTask === 'function') void scheduler.postTask(done);
    else setTimeout(done);
  });
