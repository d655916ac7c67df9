/**
 * Attempts at one thing (an account, an address) that come at once. Each may be a failure, so no more of them run than
 * there is room for: of guesses that are sent together no more are looked at than one after another. The rest waits in
 * a line; right passwords pass, a few at a time. Orders what comes to this process.
 */
type Gate = {
  /** Who is at the gate or through it; the gate is forgotten when nobody is. */
  present: number;
  running: number;
  /** How many have ended: what was read before one of them did is out of date. */
  ended: number;
  waiting: (() => void)[];
};

const gates = new Map<string, Gate>();

/**
 * @param room how many attempts may run side by side, as far as is known by now; none are to come any more when it is 0
 * @returns undefined when there was no room left, without having run
 */
export async function inTurn<T>(
  name: string,
  room: () => Promise<number>,
  run: () => Promise<T>,
): Promise<{ readonly done: T } | undefined> {
  const gate = gates.get(name) ?? { present: 0, running: 0, ended: 0, waiting: [] };
  gates.set(name, gate);
  gate.present++;
  try {
    if (!(await enter(gate, room))) return undefined;
    try {
      return { done: await run() };
    } finally {
      gate.running--;
      gate.ended++;
    }
  } finally {
    gate.present--;
    if (gate.present === 0) gates.delete(name);
    // Whoever leaves, served or not, calls the next one: so each looks once, however long the line.
    else gate.waiting.shift()?.();
  }
}

async function enter(gate: Gate, room: () => Promise<number>): Promise<boolean> {
  for (;;) {
    const { ended } = gate;
    const free = await room();
    if (gate.ended !== ended) continue;
    if (free <= 0) return false;
    if (gate.running < free) {
      gate.running++;
      if (gate.running < free) gate.waiting.shift()?.();
      return true;
    }
    await new Promise<void>((wake) => gate.waiting.push(wake));
  }
}
