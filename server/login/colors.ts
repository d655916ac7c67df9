/**
 * A tenant's colours made legible. Configured colours are free; what stands on them or is written in them must still
 * reach the contrast of WCAG 2.2 AA in light and dark.
 * @see https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio
 */

type Rgb = readonly [number, number, number];

/** The card's backgrounds, as in `style.css`. */
const LIGHT_CARD: Rgb = [255, 255, 255];
const DARK_CARD: Rgb = [22, 32, 30];
const INK: Rgb = [16, 26, 24];
const WHITE: Rgb = [255, 255, 255];
/** AA asks for 4.5; a little more leaves room for rounding. */
const LEGIBLE = 4.6;
/** From where on the area of a button is seen. Its label carries the meaning, so 3 is not asked for (SC 1.4.11). */
const VISIBLE_ON_LIGHT = 1.35;
const VISIBLE_ON_DARK = 1.9;

/** A colour, or two with the angle of the way from one to the other in degrees. */
export type Background = string | { readonly start: string; readonly end: string; readonly angle_deg?: number };

/**
 * Declarations of custom properties for `:root`, by scheme, from `#rgb` or `#rrggbb`; transparency (`#rgba`,
 * `#rrggbbaa`) is left out. Empty when nothing valid is configured. Only digits of colours come out: it is safe inside
 * a `<style>`.
 */
export function brandStyle(brand: { primary_color?: string | null; page_background?: Background | null }): string {
  const primary = parse(brand.primary_color);
  const both: string[] = [];
  const dark: string[] = [];
  if (primary) {
    both.push(...accent(primary, LIGHT_CARD, VISIBLE_ON_LIGHT));
    dark.push(...accent(primary, DARK_CARD, VISIBLE_ON_DARK));
  }
  both.push(...background(brand.page_background));
  if (both.length === 0) return '';
  const scheme = dark.length > 0 ? `@media (prefers-color-scheme:dark){:root{${dark.join(';')}}}` : '';
  return `:root{${both.join(';')}}${scheme}`;
}

/** What stands on a gradient is to be read on the colour that lies between its ends. */
function background(page: Background | null | undefined): string[] {
  if (typeof page !== 'object' || page === null) {
    const color = parse(page);
    return color ? [`--page:${print(color)}`, '--glow:none', `--page-ink:${print(on(color))}`] : [];
  }
  const [start, end] = [parse(page.start), parse(page.end)];
  if (!start || !end) return [];
  const middle = start.map((part, i) => (part + end[i]!) / 2) as unknown as Rgb;
  const glow = `linear-gradient(${Number(page.angle_deg ?? 180) || 0}deg,${print(start)},${print(end)})`;
  return [`--page:${print(middle)}`, `--glow:${glow}`, `--page-ink:${print(on(middle))}`];
}

/** The colour of buttons and of links on a card. */
function accent(primary: Rgb, card: Rgb, visible: number): string[] {
  const button = standOut(primary, card, visible);
  return [
    `--accent:${print(button)}`,
    `--on-accent:${print(on(button))}`,
    `--link:${print(standOut(primary, card, LEGIBLE))}`,
  ];
}

function parse(color: string | null | undefined): Rgb | undefined {
  const found = /^#(?:([0-9a-f]{3})[0-9a-f]?|([0-9a-f]{6})(?:[0-9a-f]{2})?)$/i.exec(color ?? '');
  const digits = found?.[1] ?? found?.[2];
  if (!digits) return undefined;
  const long = digits.length === 3 ? digits.replace(/./g, '$&$&') : digits;
  const value = Number.parseInt(long, 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
}

function print(color: Rgb): string {
  return `#${color.map((part) => Math.round(part).toString(16).padStart(2, '0')).join('')}`;
}

/** Ink or white, whichever stands out more. One of them always reaches 4.5. */
function on(background: Rgb): Rgb {
  return contrast(WHITE, background) >= LEGIBLE || contrast(WHITE, background) >= contrast(INK, background)
    ? WHITE
    : INK;
}

/** The colour itself, or moved towards black or white just far enough to reach a contrast. */
function standOut(color: Rgb, background: Rgb, ratio: number): Rgb {
  const goal: Rgb = luminance(background) > 0.5 ? [0, 0, 0] : WHITE;
  for (let step = 0; step < 20; step++) {
    const mixed = color.map((part, i) => part + ((goal[i]! - part) * step) / 20) as unknown as Rgb;
    if (contrast(mixed, background) >= ratio) return mixed;
  }
  return goal;
}

/** From 1 to 21. */
function contrast(a: Rgb, b: Rgb): number {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

function luminance(color: Rgb): number {
  const [r, g, b] = color.map((part) => {
    const value = part / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
