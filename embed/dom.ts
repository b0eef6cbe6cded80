// Reads the document and the nodes around the element, and creates options for functions of the browser. Markup alone can replace members of the
// document and of nodes: `<img name="scripts">` becomes `document.scripts`, and a control of a form becomes `form.parentNode`. Members of the
// prototypes cannot be replaced that way.

/** Returns a property of a node through the getter of its interface. */
export const read = <T>(type: { prototype: Node }, name: string, node: Node): T => Reflect.get(type.prototype, name, node) as T;

/** Creates an element. */
export const create = <K extends keyof HTMLElementTagNameMap>(tag: K): HTMLElementTagNameMap[K] =>
  Document.prototype.createElement.call(document, tag) as HTMLElementTagNameMap[K];

/** Returns the elements of the document that match a selector, in document order. */
export const find = <E extends Element>(selector: string): E[] => [...(Document.prototype.querySelectorAll.call(document, selector) as NodeListOf<E>)];

/** Returns options without a prototype, so that properties that a page has added to `Object.prototype` are not taken as options. */
export function nullProto<T extends object>(options: T): T {
  return Object.assign(Object.create(null) as object, options) as T;
}
