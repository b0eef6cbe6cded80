// What dialogs lead to: photos, downloads, the focus. Fetched with the second chunk. Decides nothing: which photo goes where, and what
// becomes of it, says the widget in Rust (src/errand.rs).

/** A photo is drawn anew with this many pixels on its longest side at first: enough to read a label. */
const LONGEST = 1800;
/** How good it is at first, of 1. */
const QUALITY = 0.82;
/** How often it is made smaller before it is given up. */
const ATTEMPTS = 5;
/** The address of a file in memory lives so long after the press that asked for it (milliseconds). */
const KEPT = 60_000;

type Pairs = [string, string][];

/**
 * What is told of a photo: how far it is in per cent, that it cannot be read, or the answer; no status means that none came. Photo 0 is
 * no photo: a file could not be fetched.
 */
export interface Told {
  readonly percent?: number;
  readonly unreadable?: boolean;
  readonly status?: number;
  readonly text?: string;
  readonly retryAfter?: string | null;
}

/** The errands of one widget. */
export class Errands {
  readonly #tell: (photo: number, told: Told) => void;
  readonly #ended = new AbortController();
  readonly #photos = new Map<number, { file: File; request?: XMLHttpRequest }>();
  #next = 0;
  #dialog?: HTMLDialogElement;

  constructor(tell: (photo: number, told: Told) => void) {
    this.#tell = tell;
    const { signal } = this.#ended;
    addEventListener('beforeprint', () => this.#reopen((dialog) => dialog.show()), { signal });
    addEventListener('afterprint', () => this.#reopen((dialog) => dialog.showModal()), { signal });
  }

  /** Opens an open dialog in another way. Modal, it would lie over the printed page; otherwise it has a place of its own in it. */
  #reopen(open: (dialog: HTMLDialogElement) => void): void {
    const dialog = this.#dialog;
    if (!dialog?.open) return;
    const { scrollTop } = dialog;
    const { activeElement } = dialog.getRootNode() as ShadowRoot;
    dialog.close();
    open(dialog);
    dialog.scrollTop = scrollTop;
    (activeElement as HTMLElement | null)?.focus();
  }

  /** Takes the files of a control and empties it, so that the same file can be picked again: number and name of each. */
  pick(control: HTMLInputElement): [number, string][] {
    const picked = [...(control.files ?? [])].map((file): [number, string] => {
      this.#photos.set(++this.#next, { file });
      return [this.#next, file.name];
    });
    control.value = '';
    return picked;
  }

  /** Makes a photo small and sends it. `fetch` cannot tell how far it is, so it goes by the older request object. */
  async upload(id: number, url: string, headers: Pairs, most: number): Promise<void> {
    const tell = (told: Told) => this.#tell(id, told);
    const photo = this.#photos.get(id);
    if (!photo) return;
    const body = await small(photo.file, most).catch(() => null);
    // It may have been taken back meanwhile.
    if (!this.#photos.has(id)) return;
    if (!body) return tell({ unreadable: true });
    const request = (photo.request = new XMLHttpRequest());
    request.open('POST', url);
    for (const [name, value] of headers) request.setRequestHeader(name, value);
    request.setRequestHeader('Content-Type', body.type);
    request.upload.onprogress = ({ loaded, total }) => tell({ percent: total ? Math.floor((loaded / total) * 100) : 0 });
    request.onload = () =>
      tell({ status: request.status, text: request.responseText, retryAfter: request.getResponseHeader('Retry-After') });
    request.onerror = () => tell({});
    request.send(body);
  }

  /** Stops a photo and forgets it. */
  drop(id: number): void {
    this.#photos.get(id)?.request?.abort();
    this.#photos.delete(id);
  }

  /** Fetches a file with the token in the header, where a link could not carry it, and hands it over. */
  async fetch(name: string, url: string, headers: Pairs): Promise<void> {
    try {
      const response = await fetch(url, {
        headers,
        signal: this.#ended.signal,
        mode: 'cors',
        credentials: 'omit',
        cache: 'no-store',
        referrerPolicy: 'no-referrer',
      });
      if (!response.ok) throw new Error(`${response.status}`);
      handOver(name, await response.blob());
    } catch {
      this.#tell(0, {});
    }
  }

  /** Hands a text over. */
  save(name: string, type: string, text: string): void {
    handOver(name, new Blob([text], { type }));
  }

  /**
   * Opens the dialog once the widget has drawn it; the focus goes to its heading. The browser keeps it inside, and gives it back later. A
   * dialog that was closed meanwhile is empty: opened, it would lie over the page with nothing in it to close it by.
   */
  show(root: HTMLElement): void {
    later(root, (dialog) => {
      const heading = dialog.querySelector('h2');
      if (!heading) return;
      this.#dialog = dialog;
      if (!dialog.open) dialog.showModal();
      dialog.scrollTop = 0;
      heading.focus();
    });
  }

  hide(root: HTMLElement): void {
    root.querySelector('dialog')?.close();
  }

  /** To the first control that wants correction. */
  focusError(root: HTMLElement): void {
    later(root, (dialog) => {
      const first = dialog.querySelector<HTMLElement>('[aria-invalid=true], [data-invalid]');
      // Of a question with several controls, the one that is wrong, or else the first.
      const inside = (which: string) => first?.querySelector<HTMLElement>(which);
      (inside('[aria-invalid=true]') ?? inside('input:enabled') ?? first)?.focus();
    });
  }

  /** Ends with the widget. */
  stop(): void {
    this.#ended.abort();
    for (const id of [...this.#photos.keys()]) this.drop(id);
  }
}

function later(root: HTMLElement, then: (dialog: HTMLDialogElement) => void): void {
  setTimeout(() => {
    const dialog = root.querySelector('dialog');
    if (dialog) then(dialog);
  });
}

/** The photo as JPEG of so many bytes at most: drawn anew, so that nothing but the picture itself leaves the device. */
async function small(file: File, most: number): Promise<Blob | null> {
  const bitmap = await createImageBitmap(file);
  try {
    let [longest, quality] = [LONGEST, QUALITY];
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const blob = await drawn(bitmap, longest, quality);
      if (!blob || blob.size <= most) return blob;
      longest *= 0.75;
      quality -= 0.08;
    }
    return null;
  } finally {
    bitmap.close();
  }
}

function drawn(bitmap: ImageBitmap, longest: number, quality: number): Promise<Blob | null> {
  const scale = Math.min(longest / Math.max(bitmap.width, bitmap.height), 1);
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(Math.round(bitmap.width * scale), 1);
  canvas.height = Math.max(Math.round(bitmap.height * scale), 1);
  const context = canvas.getContext('2d');
  if (!context) return Promise.resolve(null);
  // JPEG knows no transparency: what shines through is paper, not ink.
  context.fillStyle = '#fff';
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  return new Promise((done) => canvas.toBlob(done, 'image/jpeg', quality));
}

/** A link that is never part of the page is pressed once. */
function handOver(name: string, blob: Blob): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), KEPT);
}
