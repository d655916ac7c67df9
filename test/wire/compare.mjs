// Compares what a replay of recorded traffic scored with the levels this project has reached and must not fall below.

/**
 * @param {Record<string, number>} levels percent of the interactions that must pass, by area of the API
 * @param {Record<string, { scored: number, passed: number }>} scores what the replay counted, by area
 * @returns {{ area: string, passed: number, scored: number, percent: number, level: number | undefined, well: boolean }[]}
 *   every area of either, those with a level first; an area without a level is only told of
 */
export function compare(levels, scores) {
  const areas = new Set([...Object.keys(levels), ...Object.keys(scores)]);
  return [...areas].map((area) => {
    const { scored, passed } = scores[area] ?? { scored: 0, passed: 0 };
    const percent = scored === 0 ? 0 : (100 * passed) / scored;
    const level = levels[area];
    return { area, passed, scored, percent, level, well: level === undefined || percent >= level };
  });
}

/**
 * One line for each area.
 * @param {ReturnType<typeof compare>} results
 */
export function describe(results) {
  const width = Math.max(...results.map(({ area }) => area.length));
  return results.map(({ area, passed, scored, percent, level, well }) => {
    const mark = level === undefined ? '·' : well ? '✔' : '✖';
    const wanted = level === undefined ? 'no level yet' : `at least ${level} %`;
    const score = scored === 0 ? 'nothing was scored' : `${percent.toFixed(1)} % (${passed} of ${scored})`;
    return `${mark} ${area.padEnd(width)}  ${score}, ${wanted}`;
  });
}
