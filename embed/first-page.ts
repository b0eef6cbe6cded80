// Paints the first page: the tree of elements that comes with the order and is shown until the widget runs. The widget then takes over its nodes.
// `crates/first_page/src/tree.rs` describes the tree. The tree comes from outside, so only listed elements, attributes and addresses are painted.

import { create } from './dom';
import type { Encoded, Formatter } from './format';
import { nextTask } from './task';

const SVG = 'http://www.w3.org/2000/svg';
const TAGS =
  /^(?:a|article|aside|button|d[dlt]|details|div|figcaption|figure|h[1-6]|header|img|li|[ou]l|p|section|span|strong|summary|time)$/;
const SVG_TAGS = /^(?:svg|path)$/;
const ATTRIBUTES =
  /^(?:alt|(?:aria|data)-[a-z-]+|class|d|datetime|decoding|focusable|href|loading|open|part|referrerpolicy|rel|role|src|tabindex|target|type|viewBox)$/;
/** Allowed addresses of links and pictures. An address has no control characters, white space or `\`, because browsers drop or change them. */
const ADDRESS = { href: /^(?:https:\/\/|tel:|mailto:)[^\s\\\p{Cc}]+$/iu, src: /^(?:https?:\/\/|\/(?!\/))[^\s\\\p{Cc}]+$/iu };
/** The allowed value of each attribute that could affect the page around the widget. */
const VALUES: Readonly<Record<string, string>> = { rel: 'noopener noreferrer', target: '_blank', type: 'button', tabindex: '-1' };
const MAX_DEPTH = 32;
const MAX_NODES = 8_000;
/** Number of nodes after which the painting goes on in another task: at most about 20 ms of a slow processor. */
const SLICE = 128;

/** Paints a tree, in several tasks. Throws if it is not a first page: the page is then not painted, and the order is shown when the widget runs. */
export async function paint(tree: unknown, formatter: Formatter): Promise<HTMLElement> {
  let nodes = 0;

  const refuse = (what: unknown): never => {
    throw new Error(`first page: ${String(what).slice(0, 80)}`);
  };

  const text = (value: unknown): string => {
    if (typeof value === 'string') return value;
    if (!Array.isArray(value) || value[0] !== '') return refuse(value);
    let whole = '';
    for (const part of value as unknown[]) whole += typeof part === 'string' ? part : formatter.text(part as Encoded);
    return whole;
  };

  const attribute = (element: Element, name: unknown, given: unknown): void => {
    const value = text(given);
    if (typeof name !== 'string' || !ATTRIBUTES.test(name)) return refuse(name);
    if ((name === 'href' || name === 'src') && !ADDRESS[name].test(value)) return refuse(value);
    if (Object.hasOwn(VALUES, name) && VALUES[name] !== value) return refuse(value);
    element.setAttribute(name, value);
  };

  const node = async (value: unknown, depth: number): Promise<Node> => {
    if (depth > MAX_DEPTH || ++nodes > MAX_NODES) return refuse(depth);
    if (nodes % SLICE === 0) await nextTask();
    if (value === null) return new Comment();
    if (!Array.isArray(value) || value[0] === '') return new Text(text(value));
    return branch(value, depth);
  };

  const branch = async ([tag, attributes, ...children]: unknown[], depth: number): Promise<Element> => {
    if (typeof tag !== 'string' || !Array.isArray(attributes)) return refuse(tag);
    const element = TAGS.test(tag)
      ? create(tag as 'div')
      : SVG_TAGS.test(tag)
        ? (Document.prototype.createElementNS.call(document, SVG, tag) as Element)
        : refuse(tag);
    for (let at = 0; at < attributes.length; at += 2) attribute(element, attributes[at], attributes[at + 1]);
    for (const child of children) element.append(await node(child, depth + 1));
    return element;
  };

  if (!Array.isArray(tree) || tree[0] !== 'div') return refuse(tree);
  return branch(tree, 0) as Promise<HTMLElement>;
}
