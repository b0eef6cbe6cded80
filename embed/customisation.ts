// Functions for pages that replace texts, provide the data themselves, or only show an order. Downloaded only by such pages.

export { adapted } from './source';
export { overridden } from './strings';
