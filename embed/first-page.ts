// Paints the first page: the tree of elements that comes with the order and is shown until the widget runs. The widget then takes over its nodes.
// `crates/first_page/src/tree.rs` describes the tree. The tree comes from outside, so only listed elements, attributes and addresses are painted.

import { create } from './dom';
import { nextFrame, nextTask } from './task';

const SVG = 'http://www.w3.org/2000/svg';
const TAGS = new Set(
  'a article aside button dd details div dl dt figcaption figure h1 h2 h3 h4 h5 h6 header img li ol p section slot span strong summary time ul'.split(' '),
);
const SVG_TAGS = new Set(['svg', 'path']);
/** Allowed attributes, beside those of `PREFIXED`. */
const ATTRIBUTES = new Set(
  'alt class d datetime decoding focusable href loading name open part referrerpolicy rel role src tabindex target type viewBox'.split(' '),
);
const PREFIXED = /^(?:aria|data)-[a-z-]+$/;
/** Allowed addresses of links and pictures. An address has no control characters, white space or `\`, because browsers drop or change them. */
const ADDRESS = { href: /^(?:https:\/\/|tel:|mailto:)[^\s\\\p{Cc}]+$/iu, src: /^(?:https?:\/\/|\/(?!\/))[^\s\\\p{Cc}]+$/iu };
/** The allowed value of each attribute that could affect the page around the widget. */
const VALUES: Readonly<Record<string, string>> = { rel: 'noopener noreferrer', target: '_blank', type: 'button', tabindex: '-1' };
const MAX_DEPTH = 32;
const MAX_NODES = 8_000;
/** Number of nodes of a part. A part takes less than 50 ms of a slow processor, with its layout; the first one has the first row of the timeline. */
const PART = 160;
/** Elements that a part ends with, so that no row is shown in halves. */
const ROWS = /^(?:LI|SECTION|ASIDE|HEADER|DETAILS)$/;

/** Tag, attributes and children of an element. A child is an entry, a text, or null for a placeholder. */
type Entry = readonly [string, readonly string[], ...unknown[]];

/**
 * Paints a tree in parts, so that its beginning is shown first and no task is long. Calls `show` with the page after each part, and again before the next
 * one; if it returns false, the painting ends. Throws before the first part if the tree is not a first page: it is then not painted, and the order is shown when the widget runs.
 */
export async function paint(tree: unknown, show: (page: HTMLElement) => Promise<boolean>): Promise<void> {
  check(tree);
  if (tree[0] !== 'div') return refuse(tree[0]);
  const page = element(tree);
  // Elements from the page to the one that is being filled, each with its entry and the position of the next child.
  const open: [Element, Entry, number][] = [[page, tree, 2]];
  for (let nodes = 1, end = PART, last = open.at(-1); last; last = open.at(-1)) {
    const [parent, entry, at] = last;
    const child = entry[at];
    if (at < entry.length) {
      last[2]++;
      nodes++;
      const node = child === null ? new Comment() : typeof child === 'string' ? new Text(child) : element(child as Entry);
      parent.append(node);
      if (node instanceof Element) open.push([node, child as Entry, 2]);
      continue;
    }
    open.pop();
    if (nodes < end || !ROWS.test(parent.tagName)) continue;
    if (!(await show(page))) return;
    await (end === PART ? nextFrame() : nextTask());
    if (!(await show(page))) return;
    end = nodes + PART;
  }
  await show(page);
}

function element([tag, attributes]: Entry): HTMLElement {
  const made = TAGS.has(tag) ? create(tag as 'div') : (Document.prototype.createElementNS.call(document, SVG, tag) as HTMLElement);
  for (let at = 0; at < attributes.length; at += 2) made.setAttribute(attributes[at] ?? '', attributes[at + 1] ?? '');
  return made;
}

/** Throws if a value is not an entry of a first page, with everything inside. */
function check(entry: unknown): asserts entry is Entry {
  if (count(entry, 0, 0) > MAX_NODES) refuse(MAX_NODES);
}

/** Returns the number of the nodes so far and of an entry with everything inside. Throws if the entry is not allowed. */
function count(entry: unknown, depth: number, before: number): number {
  let nodes = before + 1;
  if (!Array.isArray(entry) || depth > MAX_DEPTH || nodes > MAX_NODES) return refuse(depth);
  const [tag, attributes] = entry as unknown[];
  if (typeof tag !== 'string' || !(TAGS.has(tag) || SVG_TAGS.has(tag)) || !Array.isArray(attributes)) return refuse(tag);
  for (let at = 0; at < attributes.length; at += 2) checkAttribute(attributes[at], attributes[at + 1]);
  // A slot without a name would show the fallback of the page.
  if (tag === 'slot' && !attributes.includes('name')) return refuse(tag);
  for (let at = 2; at < entry.length; at++) {
    const child: unknown = entry[at];
    nodes = child === null || typeof child === 'string' ? nodes + 1 : count(child, depth + 1, nodes);
  }
  return nodes;
}

function checkAttribute(name: unknown, value: unknown): void {
  if (typeof name !== 'string' || typeof value !== 'string') return refuse(name);
  if (!(ATTRIBUTES.has(name) || PREFIXED.test(name))) return refuse(name);
  if ((name === 'href' || name === 'src') && !ADDRESS[name].test(value)) return refuse(value);
  if (Object.hasOwn(VALUES, name) && VALUES[name] !== value) return refuse(value);
}

function refuse(what: unknown): never {
  throw new Error(`first page: ${String(what).slice(0, 80)}`);
}
