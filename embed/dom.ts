// Reads of the document and of the nodes around the element, and options for functions of the browser. Markup alone puts other things in
// place of their members: `<img name="scripts">` becomes `document.scripts`, and a form's control `form.parentNode`. Members of the prototypes
// are not reached by that.

/** Returns a property of a node by the getter of its interface. */
export const read = <T>(type: { prototype: Node }, name: string, node: Node): T => Reflect.get(type.prototype, name, node) as T;

/** Makes an element. */
export const create = <K extends keyof HTMLElementTagNameMap>(tag: K): HTMLElementTagNameMap[K] =>
  Document.prototype.createElement.call(document, tag) as HTMLElementTagNameMap[K];

/** Returns the elements of the document that a selector finds, in order. */
export const find = <E extends Element>(selector: string): E[] => [...(Document.prototype.querySelectorAll.call(document, selector) as NodeListOf<E>)];

/** Returns options without a prototype: what a page has put into `Object.prototype` is none of them. */
export function bare<T extends object>(options: T): T {
  return Object.assign(Object.create(null) as object, options) as T;
}
