// Divides long work into tasks of the browser.

import { nullProto } from './dom';

/** Part of the browser's scheduler. Safari has none. */
interface TaskScheduler {
  postTask?(task: () => void, options: object): Promise<void>;
}

/**
 * Resolves in a new task, so that the browser can paint and handle input before. With the priority `user-visible`, each of the many tasks of the network
 * comes first; the first page would then be painted a second later on a slow phone. A timer would be delayed in a hidden tab, so it is only used without
 * a scheduler. The message of a channel would not do, because Chrome delivers several of them in one task.
 */
export const nextTask = (priority: 'user-blocking' | 'user-visible' = 'user-blocking'): Promise<void> =>
  new Promise((done) => {
    const { scheduler } = window as { scheduler?: TaskScheduler };
    void (scheduler?.postTask?.(done, nullProto({ priority })) ?? setTimeout(done));
  });

/** Milliseconds after which a frame is not awaited any longer: a page that is hidden draws none. */
const NO_FRAME_MS = 100;

/** Resolves in a task after the next frame. */
export async function nextFrame(): Promise<void> {
  await new Promise<unknown>((done) => {
    requestAnimationFrame(done);
    setTimeout(done, NO_FRAME_MS);
  });
  await nextTask();
}
