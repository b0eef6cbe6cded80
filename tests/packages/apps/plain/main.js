import { show } from './order.js';

const main = document.querySelector('main');
const button = document.querySelector('button');
const access = await (await fetch('/order.json')).json();
// A page with `?base=…` loads the files from that address.
const base = new URL(location.href).searchParams.get('base') ?? undefined;
const tracker = await show(main, access, { base });
button.addEventListener('click', () => {
  if (tracker.isConnected) tracker.remove();
  else main.append(tracker);
  button.textContent = tracker.isConnected ? 'Close' : 'Open';
});
