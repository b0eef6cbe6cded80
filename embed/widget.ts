// The modules of the loader that belong to the glue, because nothing before the widget needs them.

export { warm } from './format';
export { mayMount, panicked } from './panic';
export { RunningWidget } from './running-widget';
