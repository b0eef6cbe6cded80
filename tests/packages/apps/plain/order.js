import { load } from 'doorstep-tracker';

/** Shows an order at the end of a container, and returns the element. */
export async function show(container, { api, order, token }, options) {
  await load(options);
  const tracker = document.createElement('doorstep-tracker');
  Object.assign(tracker, { api, order, token });
  tracker.addEventListener('doorstep-ready', (event) => {
    container.querySelector('[role=status]').textContent = `Parcels: ${event.detail.parcels}`;
  });
  container.append(tracker);
  return tracker;
}
