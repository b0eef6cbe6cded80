// Divides long work into tasks of the browser.

import { nullProto } from './dom';

/** Part of the browser's scheduler. Safari has none. */
interface TaskScheduler {
  postTask?(task: () => void, options: object): Promise<void>;
}

/**
 * Resolves in a new task, so that the browser can paint and handle input before. With a lower priority, each of the many tasks of the network would
 * come first, and the first page would be painted a second later on a slow phone. A timer would be delayed in a hidden tab, so it is only used without
 * a scheduler. The message of a channel would not do, because Chrome delivers several of them in one task.
 */
export const nextTask = (): Promise<void> =>
  new Promise((done) => {
    const { scheduler } = window as { scheduler?: TaskScheduler };
    void (scheduler?.postTask?.(done, nullProto({ priority: 'user-blocking' })) ?? setTimeout(done));
  });
