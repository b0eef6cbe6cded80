// Work of the dialogs that needs JavaScript: photos, downloads, the focus. Downloaded with the second chunk. No decisions are made here: the widget
// in Rust (src/browser_tasks.rs) determines the destination of each photo and handles the result.

import { create, nullProto } from './dom';
import type { ask, Pairs } from './network';
import { prepared } from './photo';

export { renewing } from './access';

/** Time in milliseconds after which the address of a file in memory is released. It starts when the file is handed to the browser. */
const KEPT = 60_000;

/**
 * Report about a photo. `sending`: the upload has started. `unreadable`: the file is not a photo. `unsendable`: this browser cannot send the photo.
 * `response` and `text`: the backend has answered. If no field is set, no response came. Photo 0 is not a photo: a file could not be downloaded.
 */
export interface TaskResult {
  readonly sending?: boolean;
  readonly unreadable?: boolean;
  readonly unsendable?: boolean;
  readonly response?: Response;
  readonly text?: string;
}

/** The tasks of one widget. */
export class BrowserTasks {
  readonly #ask: typeof ask;
  readonly #report: (photo: number, result: TaskResult) => void;
  readonly #ended = new AbortController();
  readonly #photos = new Map<number, { file: File; ended: AbortController }>();
  #next = 0;
  #dialog?: HTMLDialogElement;

  /** Takes the loader's function for HTTP requests, so that all of them are sent with the same options. */
  constructor(ask_: typeof ask, report: (photo: number, result: TaskResult) => void) {
    this.#ask = ask_;
    this.#report = report;
    const options = nullProto({ signal: this.#ended.signal });
    addEventListener('beforeprint', () => this.#reopen((dialog) => dialog.show()), options);
    addEventListener('afterprint', () => this.#reopen((dialog) => dialog.showModal()), options);
  }

  /** Closes and reopens an open dialog: not modal for printing, modal again afterwards. A modal dialog would cover the printed page. */
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

  /** Takes the files of a control and empties it, so that the same file can be picked again. Returns the number and the name of each file. */
  pick(control: HTMLInputElement): [number, string][] {
    const picked = [...(control.files ?? [])].map((file): [number, string] => {
      this.#photos.set(++this.#next, { file, ended: new AbortController() });
      return [this.#next, file.name];
    });
    control.value = '';
    return picked;
  }

  /**
   * Reduces a photo and uploads it, without the page's address and without cookies. `XMLHttpRequest`, which reports the progress of an upload, would
   * send both.
   */
  async upload(id: number, url: string, headers: Pairs, most: number, mostOfOriginal: number): Promise<void> {
    const photo = this.#photos.get(id);
    if (!photo) return;
    // The shopper may have removed the photo in the meantime.
    const report = (result: TaskResult) => this.#photos.has(id) && this.#report(id, result);
    const body = await prepared(photo.file, most, mostOfOriginal).catch(() => null);
    if (photo.ended.signal.aborted) return;
    if (!body) return void report(body === null ? { unreadable: true } : { unsendable: true });
    report({ sending: true });
    try {
      const options: RequestInit = { method: 'POST', headers: [...headers, ['Content-Type', body.type]], body, signal: photo.ended.signal };
      const response = await this.#ask(url, options);
      report({ response, text: await response.text() });
    } catch {
      report({});
    }
  }

  /** Aborts the upload of a photo and discards the photo. */
  drop(id: number): void {
    this.#photos.get(id)?.ended.abort();
    this.#photos.delete(id);
  }

  /** Downloads a file and saves it. The request has the token in a header, which a link could not send. */
  async fetch(name: string, url: string, headers: Pairs): Promise<void> {
    try {
      const response = await this.#ask(url, { headers, signal: this.#ended.signal });
      if (response.ok) return handOver(name, await response.blob());
    } catch {
      // Reported in the same way as a refusal.
    }
    this.#report(0, {});
  }

  /** Saves a text as a file. */
  save(name: string, type: string, text: string): void {
    handOver(name, new Blob([text], nullProto({ type })));
  }

  /**
   * Opens the dialog once the widget has drawn it, and moves the focus to its heading. The browser keeps the focus inside the dialog and restores it
   * on closing. A dialog that was closed in the meantime is empty: if opened, it would cover the page and have no control that closes it.
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

  /** Moves the focus to the first control with an error. */
  focusError(root: HTMLElement): void {
    later(root, (dialog) => {
      const first = dialog.querySelector<HTMLElement>('[aria-invalid=true], [data-invalid]');
      // In a question with several controls, the control with the error is focused, otherwise the first one.
      const inside = (which: string) => first?.querySelector<HTMLElement>(which);
      (inside('[aria-invalid=true]') ?? inside('input:enabled') ?? first)?.focus();
    });
  }

  /** Ends all tasks. Called when the widget ends. */
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

/** Saves a file by a click on a link that is never inserted into the page. */
function handOver(name: string, blob: Blob): void {
  const link = create('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), KEPT);
}
