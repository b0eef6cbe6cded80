// A host page that interferes with the widget: markup that replaces members of the document, prototypes that old libraries and polluted data have
// extended, and functions that a library has replaced. Only the widget is affected: code that a test or the browser's driver runs in the page gets
// the normal results, because its stack frame is not one of the embedded files.

/** Runs in the page before any other script. */
export function beHostile(): void {
  // Checks the first frame of a script behind this function and its caller. Built-in functions in between have no file.
  const ours = () => {
    const frames = String(new Error().stack).split('\n').slice(3);
    return frames.find((frame) => /:\/\/|eval at/.test(frame))?.includes('/embed/') ?? false;
  };
  const breaches: string[] = [];
  Object.defineProperty(window, 'breaches', { value: breaches });

  // Markup: `<img name="scripts">` is `document.scripts`. This is done for every member of the document, as its own property in the page's world.
  const decoy = () => {
    const element = Document.prototype.createElement.call(document, 'img');
    element.setAttribute('src', '');
    return element;
  };
  const names = new Set<string>();
  for (let type: object | null = Document.prototype; type && type !== Object.prototype; type = Object.getPrototypeOf(type) as object | null) {
    for (const name of Object.getOwnPropertyNames(type)) names.add(name);
  }
  // Markup cannot replace, for the browser itself, the members that event listeners need.
  for (const name of ['constructor', 'addEventListener', 'removeEventListener', 'dispatchEvent', 'location']) names.delete(name);
  for (const name of names) {
    if (Object.getOwnPropertyDescriptor(document, name)?.configurable === false) continue;
    Object.defineProperty(document, name, {
      configurable: true,
      get: () => {
        if (ours()) {
          breaches.push(`document.${name}`);
          return decoy();
        }
        const value = Reflect.get(Document.prototype, name, document) as unknown;
        return typeof value === 'function' ? value.bind(document) : value;
      },
      set: (value: unknown) => Reflect.set(Document.prototype, name, value, document),
    });
  }

  // Polluted data: fields in the prototype of all objects that options of the platform have, and that the widget's own objects have.
  const polluted: Record<string, unknown> = {
    body: 'polluted', cache: 'force-cache', credentials: 'include', headers: { 'X-Polluted': 'yes' }, integrity: 'sha256-polluted', keepalive: true,
    method: 'DELETE', mode: 'no-cors', redirect: 'error', referrerPolicy: 'unsafe-url', signal: AbortSignal.abort(), referrer: location.href,
    once: true, passive: true, capture: true, bubbles: false, composed: false, cancelable: false, delegatesFocus: true, slotAssignment: 'manual',
    root: null, rootMargin: '-9999px', threshold: 1, module_or_path: 'polluted',
    token: 'polluted', order: 'polluted', api: 'https://polluted.example', answer: Promise.resolve({ status: 500 }), response: 1, tasks: {}, requestsLoaded: false, format: () => 'polluted',
    localTime: () => 0, painted: {}, firstPage: ['polluted'], first_page: ['polluted'], json: {}, code: 'not-found',
    catalogue: [], lang: 'xx', status: 500, text: 'polluted', etag: 'polluted', retryAfter: '600', date: 'polluted', sending: true, unreadable: true,
    unsendable: true, timeZone: 'Asia/Tokyo', dateStyle: 'full', currency: 'XXX', style: 'percent', weekday: 'long', minimumFractionDigits: 7, numberingSystem: 'arab',
    done: true, nonce: 'polluted', type: 'polluted', endings: 'native', visible: () => false,
  };
  for (const [name, value] of Object.entries(polluted)) {
    Object.defineProperty(Object.prototype, name, {
      configurable: true,
      get(this: unknown) {
        // Applies only if the widget, or the platform on its behalf, reads a field that does not exist.
        return ours() ? value : undefined;
      },
      set(this: object, own: unknown) {
        Object.defineProperty(this, name, { value: own, configurable: true, enumerable: true, writable: true });
      },
    });
  }

  // Old libraries: JSON of their own, and methods with other meanings.
  for (const { prototype } of [Array, Object, String, Number, Boolean]) {
    Object.defineProperty(prototype, 'toJSON', {
      configurable: true,
      get: () => (ours() ? () => 'polluted' : undefined),
      set(this: object, own: unknown) {
        Object.defineProperty(this, 'toJSON', { value: own, configurable: true, enumerable: true, writable: true });
      },
    });
  }
  const replace = (type: object, name: string, other: (this: unknown, ...rest: unknown[]) => unknown) => {
    const native = Reflect.get(type, name) as (...rest: unknown[]) => unknown;
    const value = function (this: unknown, ...rest: unknown[]): unknown {
      return Reflect.apply(ours() ? other : native, this, rest);
    };
    Object.defineProperty(type, name, { value, configurable: true, writable: true });
  };
  replace(Array, 'from', (list) => [list]);
  replace(Array.prototype, 'reduce', function () {
    return this;
  });
  replace(Array.prototype, 'entries', function () {
    return this;
  });
  Object.defineProperty(Array.prototype, 'each', { configurable: true, enumerable: true, writable: true, value: () => 'polluted' });
  Error.stackTraceLimit = 6;
}
