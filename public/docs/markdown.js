// @ts-check
/**
 * Markdown as elements, in the extent to which the documentation of this project uses it: headings, paragraphs, lists, tables, fenced code, and within
 * a line code, strong, emphasis, links and images. No markup is made from strings; HTML in the text is left out or shown as text.
 */

import { make } from "../studio/dom.js";

/** @typedef {(address: string) => string | null} Resolve Returns the address of a link on this site, or null if its target is not there. */

const INLINE = /(`+)(.+?)\1(?!`)|!\[([^\]]*)\]\(([^)\s]+)\)|\[((?:`[^`]*`|[^\]`])+)\]\(([^)\s]+)\)|\*\*(.+?)\*\*|\*([^*\s][^*]*)\*|<(https?:[^>\s]+)>|\\([|*_`\\[\]<])/g;

/** Returns the fragment by which a heading is linked to. @param {string} text */
export const slug = (text) => text.toLowerCase().replace(/[^\p{L}\p{N}\s_-]/gu, "").trim().replace(/\s/g, "-");

/** @param {string} address @param {(string | Node)[]} content @param {Resolve} resolve */
function link(address, content, resolve) {
  const target = resolve(address);
  return target === null ? make("span", {}, ...content) : make("a", { href: target }, ...content);
}

/**
 * Returns the content of a line.
 * @param {string} text
 * @param {Resolve} resolve
 * @returns {(string | Node)[]}
 */
function inline(text, resolve) {
  /** @type {(string | Node)[]} */
  const nodes = [];
  let end = 0;
  for (const match of text.matchAll(INLINE)) {
    const [all, , code, alt, image, label, address, strong, emphasis, bare, escaped] = match;
    nodes.push(text.slice(end, match.index));
    end = match.index + all.length;
    if (code !== undefined) nodes.push(make("code", {}, code.replace(/^ (.*) $/, "$1")));
    else if (image !== undefined) nodes.push(make("img", { src: resolve(image) ?? "", alt: alt ?? "" }));
    else if (address !== undefined) nodes.push(link(address, inline(label ?? "", resolve), resolve));
    else if (strong !== undefined) nodes.push(make("strong", {}, ...inline(strong, resolve)));
    else if (emphasis !== undefined) nodes.push(make("em", {}, ...inline(emphasis, resolve)));
    else if (bare !== undefined) nodes.push(link(bare, [bare], resolve));
    else nodes.push(escaped ?? "");
  }
  nodes.push(text.slice(end));
  return nodes.filter((node) => node !== "");
}

/** Returns the cells of a row. A bar that is escaped or within code does not divide. @param {string} row */
function cells(row) {
  const inner = row.trim().replace(/^\||\|$/g, "");
  return inner.split(/(?<!\\)\|/).map((cell) => cell.trim());
}

/** @param {string[]} rows @param {Resolve} resolve */
function table(rows, resolve) {
  const [head = "", , ...body] = rows;
  const line = (/** @type {string} */ row, /** @type {string} */ name) =>
    make("tr", {}, ...cells(row).map((cell) => make(cell === "" ? "td" : name, name === "th" && cell ? { scope: "col" } : {}, ...inline(cell, resolve))));
  const named = cells(head).some(Boolean);
  const parts = [...(named ? [make("thead", {}, line(head, "th"))] : []), make("tbody", {}, ...body.map((row) => line(row, "td")))];
  return make("div", { class: "table", tabindex: "0", role: "region", "aria-label": cells(head).filter(Boolean).join(", ") || "Table" }, make("table", {}, ...parts));
}

const BULLET = /^(\s*)(?:[-*]|(\d+)\.)\s+(.*)$/;

/** @param {string[]} lines @param {Resolve} resolve */
function list(lines, resolve) {
  const [, , number] = BULLET.exec(lines[0] ?? "") ?? [];
  /** @type {string[][]} */
  const items = [];
  const depth = /^\s*/.exec(lines[0] ?? "")?.[0].length ?? 0;
  for (const line of lines) {
    const [, space = "", , rest] = BULLET.exec(line) ?? [];
    if (rest !== undefined && space.length <= depth) items.push([rest]);
    else items.at(-1)?.push(line);
  }
  const rows = items.map(([first = "", ...more]) => {
    const indent = Math.min(...more.filter((line) => line.trim()).map((line) => /^\s*/.exec(line)?.[0].length ?? 0), 8);
    return make("li", {}, ...blocks([first, ...more.map((line) => line.slice(indent))], resolve, true));
  });
  return make(number ? "ol" : "ul", number && number !== "1" ? { start: number } : {}, ...rows);
}

/**
 * Returns the blocks of some lines. With `tight`, a paragraph that stands alone is only its content.
 * @param {string[]} lines
 * @param {Resolve} resolve
 * @param {boolean} tight
 * @returns {(string | Node)[]}
 */
function blocks(lines, resolve, tight = false) {
  /** @type {(string | Node)[]} */
  const nodes = [];
  /** Takes the lines from `at` for which `holds` is true. */
  const take = (/** @type {number} */ at, /** @type {(line: string) => boolean} */ holds) => {
    let end = at;
    while (end < lines.length && holds(lines[end] ?? "")) end += 1;
    return lines.slice(at, end);
  };
  for (let at = 0; at < lines.length;) {
    const text = lines[at] ?? "";
    const [, fence] = /^\s*(`{3,})/.exec(text) ?? [];
    const [, marks = "", title = ""] = /^(#{1,6}) (.*)$/.exec(text) ?? [];
    if (text.trim() === "" || /^\s*<!--.*-->\s*$/.test(text)) at += 1;
    else if (fence) {
      const body = take(at + 1, (line) => !line.trim().startsWith(fence));
      nodes.push(make("pre", { tabindex: "0", role: "region", "aria-label": "Code" }, make("code", {}, body.join("\n"))));
      at += body.length + 2;
    } else if (marks) {
      nodes.push(make(`h${marks.length}`, { id: slug(title.replaceAll("`", "")) }, ...inline(title, resolve)));
      at += 1;
    } else if (/^\s*\|/.test(text)) {
      const rows = take(at, (line) => /^\s*\|/.test(line));
      nodes.push(table(rows, resolve));
      at += rows.length;
    } else if (BULLET.test(text)) {
      const rows = take(at, (line) => BULLET.test(line) || /^\s{2,}\S/.test(line) || line.trim() === "");
      nodes.push(list(rows, resolve));
      at += rows.length;
    } else if (/^ {4}/.test(text)) {
      const body = take(at, (line) => /^ {4}/.test(line));
      nodes.push(make("pre", { tabindex: "0", role: "region", "aria-label": "Code" }, make("code", {}, body.map((line) => line.slice(4)).join("\n"))));
      at += body.length;
    } else {
      const rows = take(at, (line) => line.trim() !== "" && !/^\s*(?:`{3,}|\||#{1,6} )/.test(line) && !(line !== text && BULLET.test(line)));
      const content = inline(rows.map((row) => row.trim()).join(" "), resolve);
      nodes.push(...(tight && nodes.length === 0 ? content : [make("p", {}, ...content)]));
      at += Math.max(1, rows.length);
    }
  }
  return nodes;
}

/** Returns the elements of a document. @param {string} text @param {Resolve} resolve */
export const markdown = (text, resolve) => blocks(text.split("\n"), resolve);
