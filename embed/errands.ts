// What dialogs lead to: photos, downloads, the focus. Fetched with the second chunk. Decides nothing: which photo goes where, and what
// becomes of it, says the widget in Rust (src/errand.rs).

import { bare, create } from './dom';
import type { ask, Pairs } from './network';
import { prepared } from './photo';

/** The address of a file in memory lives so long after the press that asked for it (milliseconds). */
const KEPT = 60_000;

/**
 * What is told of a photo: that it is on its way, that it cannot be read, that this browser cannot send it, or the response with its
 * text; neither means that none came. Photo 0 is no photo: a file could not be fetched.
 */
export interface Told {
  readonly sending?: boolean;
  readonly unreadable?: boolean;
  readonly unsendable?: boolean;
  readonly response?: Response;
  readonly text?: string;
}

/** The errands of one widget. */
export class Errands {
  readonly #ask: typeof ask;
  readonly #tell: (photo: number, told: Told) => void;
  readonly #ended = new AbortController();
  readonly #photos = new Map<number, { file: File; ended: AbortController }>();
  #next = 0;
  #dialog?: HTMLDialogElement;

  /** Takes how requests are sent from the loader, so that all of them are sent alike. */
  constructor(ask_: typeof ask, tell: (photo: number, told: Told) => void) {
    this.#ask = ask_;
    this.#tell = tell;
    const options = bare({ signal: this.#ended.signal });
    addEventListener('beforeprint', () => this.#reopen((dialog) => dialog.show()), options);
    addEventListener('afterprint', () => this.#reopen((dialog) => dialog.showModal()), options);
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
      this.#photos.set(++this.#next, { file, ended: new AbortController() });
      return [this.#next, file.name];
    });
    control.value = '';
    return picked;
  }

  /** Makes a photo small and sends it, without the page's address and its cookies: the older request object, which tells how far it is, sends both. */
  async upload(id: number, url: string, headers: Pairs, most: number, mostOfOriginal: number): Promise<void> {
    const photo = this.#photos.get(id);
    if (!photo) return;
    // It may be taken back meanwhile.
    const tell = (told: Told) => this.#photos.has(id) && this.#tell(id, told);
    const body = await prepared(photo.file, most, mostOfOriginal).catch(() => null);
    if (photo.ended.signal.aborted) return;
    if (!body) return void tell(body === null ? { unreadable: true } : { unsendable: true });
    tell({ sending: true });
    try {
      const options: RequestInit = { method: 'POST', headers: [...headers, ['Content-Type', body.type]], body, signal: photo.ended.signal };
      const response = await this.#ask(url, options);
      tell({ response, text: await response.text() });
    } catch {
      tell({});
    }
  }

  /** Stops a photo and forgets it. */
  drop(id: number): void {
    this.#photos.get(id)?.ended.abort();
    this.#photos.delete(id);
  }

  /** Fetches a file with the token in the header, where a link could not carry it, and hands it over. */
  async fetch(name: string, url: string, headers: Pairs): Promise<void> {
    try {
      const response = await this.#ask(url, { headers, signal: this.#ended.signal });
      if (!response.ok) throw new Error(`${response.status}`);
      handOver(name, await response.blob());
    } catch {
      this.#tell(0, {});
    }
  }

  /** Hands a text over. */
  save(name: string, type: string, text: string): void {
    handOver(name, new Blob([text], bare({ type })));
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

/** A link that is never part of the page is pressed once. */
function handOver(name: string, blob: Blob): void {
  const link = create('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), KEPT);
}
