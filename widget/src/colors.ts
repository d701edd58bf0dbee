/** Makes any accent readable: 4.5 : 1 at least (WCAG 2.2, 1.4.3). */

export type Rgb = number[];

/** Relative luminance by the plain power curve: its error is within the margin of `readable`. */
const luminance = (rgb: Rgb): number => [0.2126, 0.7152, 0.0722].reduce((sum, weight, at) => sum + weight * (rgb[at]! / 255) ** 2.2, 0.05);

export function contrast(one: Rgb, other: Rgb): number {
  const ratio = luminance(one) / luminance(other);
  return Math.max(ratio, 1 / ratio);
}

/** Move `rgb` towards black or white (`end`, 0 or 255) until it stands out from `ground`. */
export function readable(rgb: Rgb, ground: Rgb, end: number): Rgb {
  let mixed = rgb;
  for (let step = 1; contrast(mixed, ground) < 4.8 && step <= 20; step++) mixed = rgb.map((c) => Math.round(c + (end - c) * step / 20));
  return mixed;
}

/** Return the custom properties that follow from an accent, given as the browser computes it: "rgb(11, 110, 110)". */
export function palette(computed: string): Record<string, string> {
  const accent = computed.match(/[\d.]+/g)!.slice(0, 3).map(Number), css = (rgb: Rgb) => `rgb(${rgb.join(' ')})`;
  return {
    '--a': css(accent),
    '--on-a': contrast(accent, [255, 255, 255]) >= 4.5 ? '#fff' : '#10181c',
    '--a-light': css(readable(accent, [239, 243, 244], 0)),  // the bubbles' grounds in style.css, light and dark
    '--a-dark': css(readable(accent, [36, 45, 51], 255)),
  };
}
