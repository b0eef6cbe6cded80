// Formats messages for the widget in Rust: looks the entry of the catalogue up, selects the plural form, and formats the arguments with the browser's
// Intl. The encoding of messages is described in `crates/view/src/encode.rs`; the two files must be changed together.

import { nullProto } from './dom';
import type { Catalogue } from './glue';
import { nextTask } from './task';

/** Encoded value: a text, a count, or an array that begins with its kind. */
export type Encoded = string | number | readonly [string, ...unknown[]];

/** Entry of a catalogue: a text with placeholders in braces, or one text for each plural form. */
type Entry = string | Readonly<Record<string, string>>;

const DAY_MS = 86_400_000;
/** Number of days from 0000-12-31 to 1970-01-01. */
const EPOCH = 719_163;

const SHORT = { timeZone: 'UTC', weekday: 'short', day: 'numeric', month: 'short' } as const;
const LONG = { timeZone: 'UTC', weekday: 'long', day: 'numeric', month: 'long' } as const;
const YEAR = { year: 'numeric' } as const;

/** Right-to-left letters: Hebrew, Arabic and related scripts. */
const RIGHT_TO_LEFT = /[\u{590}-\u{8ff}\u{fb1d}-\u{fefc}\u{10800}-\u{1efff}]/u;

type DateFormat = Intl.DateTimeFormatOptions;

/** Returns a text for use within a sentence. Right-to-left text is isolated, so that it does not reorder the punctuation and numbers beside it. */
const isolated = (text: string) => (RIGHT_TO_LEFT.test(text) ? `\u2068${text}\u2069` : text);

/** Returns noon of a day in UTC. The formatters of dates use UTC too, so that nothing is converted between time zones. */
const noon = (day: number) => new Date((day - EPOCH + 0.5) * DAY_MS);

/** Creates a formatter of Intl. If the browser rejects the locale, its default locale is used. */
function make<O extends object, F>(Type: new (locale: string | undefined, options: O) => F, locale: string, options: O): F {
  const plain = nullProto(options);
  try {
    return new Type(locale, plain);
  } catch {
    return new Type(undefined, plain);
  }
}

/** Values of the kinds that most orders have. */
const COMMON: readonly Encoded[] = [0, ['t', 0], ['d', 0], ['r', 0, 1], ['a', 0, 'hour']];

/** Formatters of Intl by language and name. All widgets share them, because they are slow to create. */
const made = new Map<string, unknown>();

export class Formatter {
  /** @param requests Catalogue of the second chunk, once it is loaded. */
  constructor(
    readonly lang: string,
    readonly catalogue: Catalogue,
    readonly requests: Catalogue = [],
  ) {}

  /** Returns the text of an encoded value, or an empty text if the value cannot be formatted. */
  text(value: Encoded): string {
    try {
      return this.#text(value);
    } catch {
      return '';
    }
  }

  #text(value: Encoded): string {
    if (typeof value === 'string') return isolated(value);
    if (typeof value === 'number') return this.#number().format(value);
    const [kind, first, second] = value as [string, never, never];
    switch (kind) {
      case 'm':
        return this.#message(value);
      case 'd':
        return this.#date(kind, LONG).format(noon(first));
      case 'D':
        return this.#date(kind, { ...LONG, ...YEAR }).format(noon(first));
      case 'r':
        return range(this.#date(kind, SHORT), first, second);
      case 'R':
        return range(this.#date(kind, { ...SHORT, ...YEAR }), first, second);
      case 'w':
        return this.#date(kind, { timeZone: 'UTC', weekday: 'short' }).format(noon(first));
      case 't':
        return this.#date(kind, { timeZone: 'UTC', timeStyle: 'short' }).format(new Date(first * 60_000));
      case 'n':
        return this.#number().format(first / 10);
      case 'c':
        return this.#money(first, second);
      case 'a':
        return this.#once('a', () => make(Intl.RelativeTimeFormat, this.lang, { numeric: 'always', style: 'short' } as const)).format(-first, second);
      default:
        return '';
    }
  }

  /** Returns the text of a message, with its placeholders replaced. A placeholder without a value is left out. */
  #message([, entry, ...args]: readonly unknown[]): string {
    const value = (name: string) => {
      const at = args.findIndex((arg, index) => index % 2 === 0 && arg === name);
      return at < 0 ? undefined : (args[at + 1] as Encoded);
    };
    return this.#template(entry as number, value('count')).replace(/\{(.*?)\}/g, (_, name: string) => {
      const arg = value(name);
      return arg === undefined ? '' : this.#text(arg);
    });
  }

  /** Returns the text of an entry, in the plural form that the count selects. A negative index means an entry in the catalogue of the second chunk. */
  #template(key: number, count: Encoded | undefined): string {
    const entry = (key < 0 ? this.requests[-1 - key] : this.catalogue[key]) as Entry | undefined;
    if (entry === undefined || typeof entry === 'string') return entry ?? '';
    const form = (name: string) => (Object.hasOwn(entry, name) ? entry[name] : undefined);
    const plural = () => this.#once('p', () => make(Intl.PluralRules, this.lang, {}));
    const chosen = typeof count === 'number' ? ((count === 0 ? form('zero') : undefined) ?? form(plural().select(count))) : undefined;
    return chosen ?? form('other') ?? '';
  }

  /**
   * Formats an amount of money. The amount is a decimal number in a text, because a number type would lose digits of large amounts. If the amount has
   * decimals, all of them are shown. If it has none, the browser adds the usual decimals of the currency. If the browser rejects the currency code, the
   * code is appended to the plain amount.
   */
  #money(amount: string, currency: string): string {
    const decimals = amount.split('.')[1]?.length;
    const options = { style: 'currency', currency, ...(decimals && { minimumFractionDigits: decimals }) } as const;
    try {
      return make(Intl.NumberFormat, this.lang, options).format(amount as unknown as number);
    } catch {
      return `${amount}\u00a0${currency}`;
    }
  }

  #number(): Intl.NumberFormat {
    return this.#once('n', () => make(Intl.NumberFormat, this.lang, {}));
  }

  #date(name: string, options: DateFormat): Intl.DateTimeFormat {
    return this.#once(name, () => make(Intl.DateTimeFormat, this.lang, options));
  }

  /** Returns the formatter of this name, created when it is first needed. */
  #once<F>(name: string, create: () => F): F {
    const key = `${this.lang} ${name}`;
    if (!made.has(key)) made.set(key, create());
    return made.get(key) as F;
  }
}

/**
 * Creates the formatters of Intl that most orders need, each in a task of its own, until the promise is settled. The first formatter makes the browser
 * load the data of its locales, which takes 150 ms of a slow processor. A collator, created before, loads about half of it, so that no task takes that
 * long.
 */
export async function warm(lang: string, until: Promise<unknown>): Promise<void> {
  if (made.has(`${lang} n`)) return;
  const formatter = new Formatter(lang, []);
  const makers: (() => unknown)[] = [() => make(Intl.Collator, lang, {}), ...COMMON.map((value) => () => formatter.text(value))];
  const settled = () => makers.splice(0);
  until.then(settled, settled);
  while (makers.length) {
    await nextTask('user-visible');
    makers.shift()?.();
  }
}

/**
 * Returns a range of dates. A line may break after the dash, but not within a date, and neither a space nor the dash may begin a line.
 */
function range(format: Intl.DateTimeFormat, from: number, to: number): string {
  return format
    .formatRange(noon(from), noon(to))
    .replace(/[ \u2009]/g, '\u00a0')
    .replace(/\u2013\u00a0/g, '\u2013 ');
}

const zones = new Map<string, Intl.DateTimeFormat>();

/** Returns the local time of an instant in an IANA zone, both in milliseconds since 1970; NaN if the browser does not know the zone. */
export function localTime(instant: number, zone: string): number {
  try {
    const clock = zones.get(zone) ?? make(Intl.DateTimeFormat, 'sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' } as const);
    zones.set(zone, clock);
    // The Swedish locale writes dates in the format of ISO 8601.
    return Date.parse(`${clock.format(instant).replace(' ', 'T')}Z`);
  } catch {
    return Number.NaN;
  }
}
