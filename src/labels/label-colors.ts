/** Degrees of hue between two neighbours that keep any number of them apart: the golden angle. */
const TURN = 137.508;

/**
 * A colour for a label, which depends on the value of its pixels alone, so that the same class looks the same in every
 * project: strong hues far apart for neighbouring values.
 *
 * @param value mask value from 1
 * @returns `#rrggbb`
 */
export function labelColor(value: number): string {
  const hue = (value * TURN) % 360;
  const lightness = 0.45 + 0.1 * (value % 3);
  const channel = (offset: number): string => {
    const k = (offset + hue / 30) % 12;
    const amount = lightness - 0.8 * Math.min(lightness, 1 - lightness) * Math.max(-1, Math.min(k - 3, 9 - k, 1));
    return Math.round(amount * 255)
      .toString(16)
      .padStart(2, '0');
  };
  return `#${channel(0)}${channel(8)}${channel(4)}`;
}
