/** Relative luminance of an sRGB colour, by WCAG 2. */
export function luminanceOf([red = 0, green = 0, blue = 0]: readonly number[]): number {
  const linear = (value: number): number =>
    value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4;
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
}
