import type { Point } from '../../functions/photos/canvas.ts';
import { disc, randomNumbers, range, rect, type Scene, type Shape, shape } from './shapes.ts';

/** A plastered wall with a crack that branches. */
export function crackedWall(): Scene {
  const random = randomNumbers(21);
  const plaster = range(900).map((): Shape => {
    const light = 186 + random() * 24;
    return shape(disc(random(), random(), 0.01 + random() * 0.04), [light, light - 6, light - 20], 0.13);
  });
  const crack = (from: Point, to: Point, widthRatio: number): Shape[] => {
    const steps = 60;
    const bends = range(steps + 1).map((step): Point => {
      const t = step / steps;
      return [
        from[0] + (to[0] - from[0]) * t + (random() - 0.5) * 0.02,
        from[1] + (to[1] - from[1]) * t + (random() - 0.5) * 0.012,
      ];
    });
    const side = (sign: number): Point[] =>
      bends.map(
        ([x, y], step): Point => [
          x + sign * widthRatio * (0.3 + random()) * Math.sin((Math.PI * (step + 1)) / (steps + 2)),
          y,
        ],
      );
    return [
      shape([...side(-2.6), ...side(2.6).toReversed()], [150, 142, 126], 0.35),
      shape([...side(-1), ...side(1).toReversed()], [46, 40, 36]),
    ];
  };
  return {
    name: 'living-room-wall',
    shapes: [
      rect(0, 0, 1, 1, [204, 198, 182]),
      ...plaster,
      ...crack([0.3, -0.02], [0.58, 0.62], 0.0042),
      ...crack([0.58, 0.62], [0.5, 1.02], 0.003),
      ...crack([0.455, 0.36], [0.83, 0.5], 0.0022),
      ...crack([0.58, 0.62], [0.72, 0.86], 0.0018),
    ],
  };
}
