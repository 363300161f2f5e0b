import { PLAYER } from './graph.ts';

/** A regular shape around 0, its first corner at the top unless turned, as a path. */
function corners(count: number, radius: number, turn = 0): string {
  const points = Array.from({ length: count }, (_, index) => {
    const angle = -Math.PI / 2 + turn + (index * 2 * Math.PI) / count;
    return `${(radius * Math.cos(angle)).toFixed(2)},${(radius * Math.sin(angle)).toFixed(2)}`;
  });
  return `M${points.join('L')}Z`;
}

const CIRCLE = 'M0,-1A1,1 0 1 1 0,1A1,1 0 1 1 0,-1Z';
const CROSS = 'M-.35,-1H.35V-.35H1V.35H.35V1H-.35V.35H-1V-.35H-.35Z';

/** Each kind has a shape of its own, about as large as the others: of radius 1 or so. */
const SHAPES: Readonly<Record<string, string>> = {
  [PLAYER]: CIRCLE,
  device: corners(4, 1.2, Math.PI / 4),
  payment: corners(4, 1.25),
  email: corners(3, 1.3),
  phone: corners(3, 1.3, Math.PI),
  household: corners(5, 1.15),
  address: corners(6, 1.1),
};

export const shapeOf = (kind: string): string => SHAPES[kind] ?? CROSS;

/** Of clusters, the largest first; from there on they take turns. Names tell them apart as well. */
const HUES = ['iris', 'orange', 'teal', 'grape', 'cyan', 'lime', 'pink', 'yellow'] as const;

export const hueOf = (place: number): string => `var(--mantine-color-${HUES[place % HUES.length]}-6)`;

export const LONE_HUE = 'var(--mantine-color-gray-6)';
